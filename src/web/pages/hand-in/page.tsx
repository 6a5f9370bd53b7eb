import { useCallback, useState } from 'react';
import { Desk } from './desk.tsx';
import { SignIn } from './sign-in.tsx';
import { useTerminal } from './terminal.ts';
import './hand-in.css';

/** The page of an exam terminal. */
export function Component() {
  const { seated, sit, leave } = useTerminal();
  const [expired, setExpired] = useState(false);
  const onExpired = useCallback(() => {
    setExpired(true);
    leave();
  }, [leave]);
  if (!seated) return <SignIn onSeated={sit} expired={expired} />;
  // Another candidate is another screen: nothing of the one before may stay.
  return <Desk key={seated.candidate.ticket} seated={seated} onLeave={leave} onExpired={onExpired} />;
}
