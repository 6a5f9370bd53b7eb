import { useMutation, useQueryClient } from '@tanstack/react-query';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import InputNumber from 'antd/es/input-number';
import Modal from 'antd/es/modal';
import Select from 'antd/es/select';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import { useTexts } from '../../language/language.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { texts } from './texts.ts';
import { useVersions } from './versions.ts';

interface Entered {
  name: string;
  session: string;
  starts: string;
  minutes: number;
  grace: number;
  versions: string[];
}

/** An exam with its first session and the versions it pins. */
export function NewExam({ onClose }: { onClose: () => void }) {
  const text = useTexts(texts);
  const navigate = useNavigate();
  const client = useQueryClient();
  const [form] = Form.useForm<Entered>();
  const versions = useVersions();
  const create = useMutation({
    mutationFn: ({ name, session, starts, minutes, grace, versions: pinned }: Entered) => {
      const startsAt = new Date(starts);
      const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
      const sessions = [
        {
          name: session,
          startsAt: startsAt.toISOString(),
          endsAt: endsAt.toISOString(),
          graceSeconds: grace,
        },
      ];
      return call('made', '/exams', { method: 'POST', body: { name, sessions, versions: pinned } });
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['exams'] });
      await navigate(`/exams/${id}`);
    },
  });
  const published = versions.data?.filter(({ state }) => state === 'published') ?? [];
  return (
    <Modal
      open
      title={text.newExam}
      okText={text.create}
      cancelText={text.cancel}
      confirmLoading={create.isPending}
      onOk={form.submit}
      onCancel={onClose}
      width={640}
    >
      <Form<Entered>
        form={form}
        layout="vertical"
        className="new-exam"
        requiredMark={false}
        initialValues={{ session: '第一场', minutes: 60, grace: 60 }}
        onFinish={(entered) => create.mutate(entered)}
      >
        <Form.Item
          className="wide"
          name="name"
          label={text.examName}
          rules={[{ required: true, message: text.needName }]}
        >
          <Input autoFocus />
        </Form.Item>
        <Form.Item name="session" label={text.sessionName} rules={[{ required: true }]}>
          <Input />
        </Form.Item>
        <Form.Item name="starts" label={text.starts} rules={[{ required: true }]}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="minutes" label={text.minutes} rules={[{ required: true }]}>
          <InputNumber min={1} max={600} />
        </Form.Item>
        <Form.Item name="grace" label={text.grace} rules={[{ required: true }]}>
          <InputNumber min={0} max={3600} />
        </Form.Item>
        <Form.Item
          className="wide"
          name="versions"
          label={text.papers}
          rules={[{ required: true, message: text.needPaper }]}
        >
          <Select
            mode="multiple"
            options={published.map(({ id, paper, title, number }) => ({
              value: id,
              label: `${paper} ${title}（${text.versionNumber(number ?? 0)}）`,
            }))}
          />
        </Form.Item>
        {create.isError && <ProblemAlert error={create.error} />}
      </Form>
    </Modal>
  );
}
