import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import { ApiProblem, OfflineError } from '../api/problem.ts';
import { defineTexts, useTexts } from '../language/language.tsx';

const texts = defineTexts(
  {
    offline: '连接不上服务器。请检查网线，稍后会自动重试。',
    strange: '出现意外错误，请刷新页面后重试。',
    retry: '重试',
    number: (id: string) => `请求编号 ${id}`,
    more: (count: number) => `还有 ${count} 处`,
  },
  {
    offline: 'The server does not answer. Check the cable; we keep trying.',
    strange: 'Something unexpected happened. Reload the page and try again.',
    retry: 'Try again',
    number: (id: string) => `Request ${id}`,
    more: (count: number) => `and ${count} more`,
  },
);

/** Beyond this many lines nobody reads on: fixing the first ones usually fixes the rest. */
const mostLines = 50;

/** Any error of the service, in its own words: what is wrong, where, what to do. */
export function ProblemAlert({
  error,
  retry,
  onClose,
}: {
  error: unknown;
  retry?: () => unknown;
  onClose?: () => void;
}) {
  const text = useTexts(texts);
  const problem = error instanceof ApiProblem ? error : null;
  const title = problem?.message ?? (error instanceof OfflineError ? text.offline : text.strange);
  const lines = problem?.errors ?? [];
  const number = problem && problem.status >= 500 ? problem.requestId : null;
  return (
    <Alert
      type={error instanceof OfflineError ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={title}
      {...(onClose && { closable: { onClose } })}
      {...(retry && {
        action: (
          <Button size="small" onClick={retry}>
            {text.retry}
          </Button>
        ),
      })}
      description={
        (problem?.detail || lines.length > 0 || number) && (
          <>
            {problem?.detail && <div>{problem.detail}</div>}
            {lines.length > 0 && (
              <ul className="problem-lines">
                {lines.slice(0, mostLines).map((line) => (
                  <li key={`${line.where} ${line.message}`}>
                    <b>{line.where}</b> {line.message}
                  </li>
                ))}
                {lines.length > mostLines && <li>{text.more(lines.length - mostLines)}</li>}
              </ul>
            )}
            {number && <div className="quiet">{text.number(number)}</div>}
          </>
        )
      }
    />
  );
}
