import Alert from 'antd/es/alert';
import type { Answers } from '../../api/answers-schema.ts';
import { useTexts } from '../../language/language.tsx';
import { texts } from './texts.ts';

type Problems = Answers['handedIn']['problems'];

/** What is wrong with a package, in the service's own words. Never a word about marks. */
export function PackageProblems({
  problems,
  missing = [],
}: {
  problems: Problems;
  missing?: readonly string[];
}) {
  const text = useTexts(texts);
  const told = new Set(problems.map(({ path }) => path));
  const untold = missing.filter((path) => !told.has(path));
  const count = problems.length + untold.length;
  if (count === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={text.problemsTitle(count)}
      description={
        <ul className="problem-lines">
          {untold.length > 0 && <li>{text.missing(untold.join('、'))}</li>}
          {problems.map(({ path, code, message }) => (
            <li key={`${path} ${code}`}>{message}</li>
          ))}
        </ul>
      }
    />
  );
}
