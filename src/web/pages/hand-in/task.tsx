import { useMutation, useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import type { Answers } from '../../api/answers-schema.ts';
import { call } from '../../api/client.ts';
import { saveFile } from '../../api/save.ts';
import { useTexts } from '../../language/language.tsx';
import { TaskText } from '../../shared/markdown.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { sizeText } from '../../shared/size.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { texts } from './texts.ts';

type Material = Answers['task']['materials'][number];

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const addressOf = (path: string): string =>
  `/hand-in/materials/${path.split('/').map(encodeURIComponent).join('/')}`;

function Materials({ materials, token }: { materials: readonly Material[]; token: string }) {
  const text = useTexts(texts);
  const save = useMutation({
    mutationFn: async (wanted: readonly Material[]) => {
      for (const { path } of wanted) await saveFile(addressOf(path), nameOf(path), { token });
    },
  });
  return (
    <section className="materials" aria-label={text.materials}>
      <header>
        <h2>{text.materials}</h2>
        <Button size="small" loading={save.isPending} onClick={() => save.mutate(materials)}>
          {text.allMaterials}
        </Button>
      </header>
      {save.isError && <ProblemAlert error={save.error} />}
      <ul>
        {materials.map((material) => (
          <li key={material.path}>
            <button type="button" title={text.download} onClick={() => save.mutate([material])}>
              {material.path}
            </button>
            <span className="quiet">{sizeText(material.bytes)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The task as the candidate reads it, and the 素材 to download; both from the start of the session on. */
export function Task({ token, ticket, started }: { token: string; ticket: string; started: boolean }) {
  const text = useTexts(texts);
  const task = useQuery({
    queryKey: ['hand-in', ticket, 'task'],
    queryFn: ({ signal }) => call('task', '/hand-in/task', { token, signal }),
    enabled: started,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!started) return <p className="waiting">{text.notStarted}</p>;
  if (task.isError) return <ProblemAlert error={task.error} retry={() => task.refetch()} />;
  if (!task.data) return <Waiting />;
  return (
    <>
      <Materials materials={task.data.materials} token={token} />
      <TaskText markdown={task.data.text} />
    </>
  );
}
