import Button from 'antd/es/button';
import { Link } from 'react-router';
import { useTexts } from '../language/language.tsx';
import { texts } from './texts.ts';

/** Shown in place of a page that threw; what it had saved stands. */
export function Crashed() {
  const text = useTexts(texts);
  return (
    <main className="waiting" role="alert">
      <div>
        <p>{text.crashed}</p>
        <Button type="primary" onClick={() => location.reload()}>
          {text.reload}
        </Button>
      </div>
    </main>
  );
}

export function NotFound() {
  const text = useTexts(texts);
  return (
    <main className="waiting">
      <div>
        <h1>{text.notFound}</h1>
        <p>
          <Link to="/">{text.back}</Link>
        </p>
      </div>
    </main>
  );
}
