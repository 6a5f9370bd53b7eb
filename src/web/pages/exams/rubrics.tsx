import { useMutation, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { call } from '../../api/client.ts';
import { useTexts } from '../../language/language.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { momentText } from '../../shared/time.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { texts } from './texts.ts';
import { useVersions, versionsKey } from './versions.ts';

/** Every version of every paper: who made it, why, and whether it may be pinned. */
export function Rubrics() {
  const text = useTexts(texts);
  const client = useQueryClient();
  const versions = useVersions();
  const publish = useMutation({
    mutationFn: (id: string) => call('published', `/rubrics/${id}/publish`, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries({ queryKey: versionsKey }),
  });
  if (versions.isError) return <ProblemAlert error={versions.error} retry={() => versions.refetch()} />;
  if (!versions.data) return <Waiting />;
  return (
    <div className="sheet table-sheet">
      {publish.isError && <ProblemAlert error={publish.error} />}
      <table className="table">
        <thead>
          <tr>
            <th>{text.paper}</th>
            <th>{text.version}</th>
            <th>{text.author}</th>
            <th>{text.reason}</th>
            <th>{text.state}</th>
          </tr>
        </thead>
        <tbody>
          {versions.data.map(({ id, paper, title, number, state, author, reason, createdAt }) => (
            <tr key={id}>
              <td>
                <b>{paper}</b> {title}
              </td>
              <td>
                {number !== null && text.versionNumber(number)}{' '}
                <span className="mono quiet">{id.slice(0, 8)}</span>
              </td>
              <td>
                {author} <span className="quiet">{momentText(createdAt)}</span>
              </td>
              <td>{reason}</td>
              <td>
                {state === 'published' ? (
                  <span className="state state-published">{text.published}</span>
                ) : (
                  <Popconfirm title={text.publishSure} onConfirm={() => publish.mutate(id)}>
                    <Button size="small">{text.publish}</Button>
                  </Popconfirm>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
