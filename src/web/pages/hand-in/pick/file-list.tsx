import Button from 'antd/es/button';
import { useTexts } from '../../../language/language.tsx';
import { sizeText } from '../../../shared/size.ts';
import type { Status } from '../status.ts';
import { texts } from '../texts.ts';
import { type Picked, problemsOf } from './picked.ts';

interface Props {
  readonly picked: readonly Picked[];
  readonly limits: Status['limits'];
  readonly onRemove: (path: string) => void;
}

/** What is going to be handed in, with sizes and whatever looks wrong already. */
export function FileList({ picked, limits, onRemove }: Props) {
  const text = useTexts(texts);
  const problems = problemsOf(picked, limits);
  return (
    <ul className="files">
      {picked.map(({ path, file }) => {
        const problem = problems.get(path);
        return (
          <li key={path} className={problem ? 'files-problem' : ''}>
            <span className="files-path">{path}</span>
            <span className="files-size">{sizeText(file.size)}</span>
            <Button
              type="text"
              size="small"
              aria-label={`${text.remove} ${path}`}
              onClick={() => onRemove(path)}
            >
              ✕
            </Button>
            {problem && (
              <span className="files-why">
                {problem === 'tooLarge' ? text.tooLarge(sizeText(limits.fileBytes)) : text[problem]}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
