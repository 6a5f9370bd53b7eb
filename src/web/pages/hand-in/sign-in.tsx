import { useMutation } from '@tanstack/react-query';
import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { LanguageSwitch } from '../../frame/language-switch.tsx';
import { useTexts } from '../../language/language.tsx';
import seal from '../../seal.svg';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import type { Seated } from './terminal.ts';
import { texts } from './texts.ts';
import '../login/login.css';

interface Entered {
  ticket: string;
  pin: string;
  exam?: string;
}

/** Ticket and PIN, once, before the rush. */
export function SignIn({ onSeated, expired }: { onSeated: (seated: Seated) => void; expired: boolean }) {
  const text = useTexts(texts);
  const enter = useMutation({
    mutationFn: (entered: Entered) =>
      call('candidateToken', '/hand-in/token', { method: 'POST', body: entered }),
    onSuccess: onSeated,
  });
  const twoExams = enter.error instanceof ApiProblem && enter.error.code === 'several-exams';
  const submit = ({ ticket, pin, exam }: Entered): void =>
    enter.mutate({ ticket: ticket.trim(), pin: pin.trim(), ...(exam && { exam: exam.trim() }) });
  return (
    <main className="login">
      <div className="login-card sheet">
        <div className="login-head">
          <img src={seal} alt="" />
          <div>
            <h1>{text.signInTitle}</h1>
            <div className="quiet">{text.subtitle}</div>
          </div>
          <LanguageSwitch />
        </div>
        {expired && <Alert type="info" title={text.expired} style={{ marginBottom: 16 }} />}
        <Form<Entered> layout="vertical" onFinish={submit} requiredMark={false} size="large">
          <Form.Item name="ticket" label={text.ticket} rules={[{ required: true, message: text.needTicket }]}>
            <Input autoFocus autoComplete="off" inputMode="numeric" className="mono" />
          </Form.Item>
          <Form.Item name="pin" label={text.pin} rules={[{ required: true, message: text.needPin }]}>
            <Input.Password autoComplete="off" className="mono" />
          </Form.Item>
          {twoExams && (
            <Form.Item name="exam" label={text.exam} help={text.examHint}>
              <Input autoComplete="off" />
            </Form.Item>
          )}
          {enter.isError && <ProblemAlert error={enter.error} />}
          <Button block type="primary" htmlType="submit" loading={enter.isPending} className="login-button">
            {text.enter}
          </Button>
        </Form>
        <p className="login-other">
          <Link to="/login">{text.staff}</Link>
        </p>
      </div>
    </main>
  );
}
