import { useMutation, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import type { Answers } from '../../../api/answers-schema.ts';
import { call } from '../../../api/client.ts';
import { useTexts } from '../../../language/language.tsx';
import { ProblemAlert } from '../../../shared/problem-alert.tsx';
import { texts } from '../texts.ts';

type State = Answers['exam']['state'];

/** Opens an exam to its candidates, or closes it. */
export function StateButton({ exam, state }: { exam: string; state: State }) {
  const text = useTexts(texts);
  const client = useQueryClient();
  const next: State = state === 'open' ? 'closed' : 'open';
  const change = useMutation({
    mutationFn: () => call('nothing', `/exams/${exam}/state`, { method: 'PUT', body: { state: next } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['exams'] }),
  });
  const words = { draft: text.open, open: text.close, closed: text.reopen };
  return (
    <>
      <Popconfirm title={state === 'open' ? text.closeSure : text.openSure} onConfirm={() => change.mutate()}>
        <Button type={state === 'draft' ? 'primary' : 'default'} loading={change.isPending}>
          {words[state]}
        </Button>
      </Popconfirm>
      {change.isError && <ProblemAlert error={change.error} />}
    </>
  );
}
