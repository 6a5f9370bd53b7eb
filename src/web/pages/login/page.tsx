import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { LanguageSwitch } from '../../frame/language-switch.tsx';
import { homeOf, type Role, useSignIn } from '../../frame/session.ts';
import { useTexts } from '../../language/language.tsx';
import seal from '../../seal.svg';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { FirstPassword } from './first-password.tsx';
import { texts } from './texts.ts';
import './login.css';

interface Entered {
  name: string;
  password: string;
}

/** Only a path of ours: an address from elsewhere must not decide where a sign-in leads. */
const placeFrom = (state: unknown): string | null => {
  const from = (state as { from?: unknown } | null)?.from;
  return typeof from === 'string' && from.startsWith('/') && !from.startsWith('//') ? from : null;
};

export function Component() {
  const text = useTexts(texts);
  const signIn = useSignIn();
  const navigate = useNavigate();
  const { state } = useLocation();
  const [first, setFirst] = useState<{ password: string; roles: readonly Role[] } | null>(null);
  const goOn = (roles: readonly Role[]): void => {
    void navigate(placeFrom(state) ?? homeOf(roles), { replace: true });
  };
  const submit = (entered: Entered): void =>
    signIn.mutate(entered, {
      onSuccess: ({ account: { roles, mustChangePassword } }) =>
        mustChangePassword ? setFirst({ password: entered.password, roles }) : goOn(roles),
    });
  return (
    <main className="login">
      <div className="login-card sheet">
        <div className="login-head">
          <img src={seal} alt="" />
          <div>
            <h1>{text.title}</h1>
            <div className="quiet">{text.subtitle}</div>
          </div>
          <LanguageSwitch />
        </div>
        {first ? (
          <FirstPassword present={first.password} done={() => goOn(first.roles)} />
        ) : (
          <Form<Entered> layout="vertical" onFinish={submit} requiredMark={false}>
            <Form.Item name="name" label={text.name} rules={[{ required: true, message: text.needName }]}>
              <Input autoFocus autoComplete="username" />
            </Form.Item>
            <Form.Item
              name="password"
              label={text.password}
              rules={[{ required: true, message: text.needPassword }]}
            >
              <Input.Password autoComplete="current-password" />
            </Form.Item>
            {signIn.isError && <ProblemAlert error={signIn.error} />}
            <Button
              block
              type="primary"
              htmlType="submit"
              loading={signIn.isPending}
              className="login-button"
            >
              {text.signIn}
            </Button>
          </Form>
        )}
        <p className="login-other">
          <Link to="/hand-in">{text.candidate}</Link>
        </p>
      </div>
    </main>
  );
}
