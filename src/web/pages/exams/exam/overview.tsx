import { useMutation, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import InputNumber from 'antd/es/input-number';
import Modal from 'antd/es/modal';
import { useState } from 'react';
import type { Answers } from '../../../api/answers-schema.ts';
import { call } from '../../../api/client.ts';
import { useTexts } from '../../../language/language.tsx';
import { ProblemAlert } from '../../../shared/problem-alert.tsx';
import { momentText } from '../../../shared/time.ts';
import { texts } from '../texts.ts';

type Exam = Answers['exam'];
type Session = Exam['sessions'][number];

/** As `<input type=datetime-local>` writes an instant: in the time of this machine, without a zone. */
function localText(instant: string): string {
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function MoveSession({ exam, session, onClose }: { exam: string; session: Session; onClose: () => void }) {
  const text = useTexts(texts);
  const client = useQueryClient();
  const [form] = Form.useForm<{ ends: string; grace: number }>();
  const move = useMutation({
    mutationFn: ({ ends, grace }: { ends: string; grace: number }) =>
      call('nothing', `/exams/${exam}/sessions/${session.id}`, {
        method: 'PUT',
        body: { endsAt: new Date(ends).toISOString(), graceSeconds: grace },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['exams', exam] });
      onClose();
    },
  });
  return (
    <Modal
      open
      title={`${text.moveTitle}：${session.name}`}
      okText={text.save}
      cancelText={text.cancel}
      confirmLoading={move.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ ends: localText(session.endsAt), grace: session.graceSeconds }}
        onFinish={(entered) => move.mutate(entered)}
      >
        <Form.Item name="ends" label={text.ends} rules={[{ required: true }]}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="grace" label={text.grace} rules={[{ required: true }]}>
          <InputNumber min={0} max={3600} />
        </Form.Item>
        {move.isError && <ProblemAlert error={move.error} />}
      </Form>
    </Modal>
  );
}

/** Sessions and pinned papers. */
export function Overview({ exam }: { exam: Exam }) {
  const text = useTexts(texts);
  const [moving, setMoving] = useState<Session | null>(null);
  return (
    <>
      <h2>{text.sessions}</h2>
      <div className="sheet table-sheet">
        <table className="table">
          <thead>
            <tr>
              <th>{text.session}</th>
              <th>{text.starts}</th>
              <th>{text.ends}</th>
              <th>{text.grace}</th>
              <th>
                <span className="visually-hidden">{text.move}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {exam.sessions.map((session) => (
              <tr key={session.id}>
                <td>{session.name}</td>
                <td>{momentText(session.startsAt)}</td>
                <td>{momentText(session.endsAt)}</td>
                <td>{session.graceSeconds}</td>
                <td className="number">
                  <Button size="small" onClick={() => setMoving(session)}>
                    {text.move}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2>{text.paper}</h2>
      <div className="sheet table-sheet">
        <table className="table">
          <tbody>
            {exam.papers.map(({ paper, title, version, number }) => (
              <tr key={paper}>
                <td>
                  <b>{paper}</b> {title}
                </td>
                <td>
                  {number !== null && text.versionNumber(number)}{' '}
                  <span className="mono quiet">{version.slice(0, 8)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {moving && <MoveSession exam={exam.id} session={moving} onClose={() => setMoving(null)} />}
    </>
  );
}
