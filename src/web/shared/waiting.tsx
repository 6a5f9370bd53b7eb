import { texts } from '../frame/texts.ts';
import { useTexts } from '../language/language.tsx';

export function Waiting() {
  const text = useTexts(texts);
  return (
    <div className="waiting" role="status">
      {text.waiting}
    </div>
  );
}
