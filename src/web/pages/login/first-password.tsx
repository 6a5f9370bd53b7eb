import { useMutation } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import { call } from '../../api/client.ts';
import { useTexts } from '../../language/language.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { texts } from './texts.ts';

interface Entered {
  next: string;
  again: string;
}

/** Replaces a password that somebody else has seen. */
export function FirstPassword({ present, done }: { present: string; done: () => void }) {
  const text = useTexts(texts);
  const change = useMutation({
    mutationFn: ({ next }: Entered) =>
      call('nothing', '/session/password', { method: 'PUT', body: { present, next } }),
    onSuccess: done,
  });
  return (
    <Form<Entered> layout="vertical" onFinish={(entered) => change.mutate(entered)} requiredMark={false}>
      <p>{text.mustChange}</p>
      <Form.Item name="next" label={text.next} rules={[{ required: true, min: 10, message: text.tooShort }]}>
        <Input.Password autoFocus autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={text.again}
        dependencies={['next']}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_rule, value) => {
              if (value !== getFieldValue('next')) throw new Error(text.differ);
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {change.isError && <ProblemAlert error={change.error} />}
      <Button block type="primary" htmlType="submit" loading={change.isPending} className="login-button">
        {text.change}
      </Button>
      <Button block type="text" onClick={done}>
        {text.later}
      </Button>
    </Form>
  );
}
