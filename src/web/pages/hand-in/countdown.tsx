import { useEffect, useState } from 'react';
import { useTexts } from '../../language/language.tsx';
import { clockText } from '../../shared/time.ts';
import { phaseAt } from './phase.ts';
import type { Status } from './status.ts';
import { texts } from './texts.ts';

const pad = (value: number): string => String(value).padStart(2, '0');

function clockOf(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const rest = `${pad(Math.floor((seconds % 3600) / 60))}:${pad(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** The present phase by the server's clock, renewed each second. */
export function usePhase(session: Status['session'], offsetMs: number) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return phaseAt(session, now + offsetMs);
}

/** From here on the clock is shown as urgent. */
const urgentSeconds = 300;

export function Countdown({ session, offsetMs }: { session: Status['session']; offsetMs: number }) {
  const text = useTexts(texts);
  const { phase, seconds } = usePhase(session, offsetMs);
  const urgent = phase === 'grace' || (phase === 'running' && seconds <= urgentSeconds);
  return (
    <section className={`countdown ${urgent ? 'countdown-urgent' : ''}`} aria-label={text.timeLeft}>
      <div>
        <div className="countdown-label">{text[`phase-${phase}`]}</div>
        <div className="countdown-times">
          {session.name}　{clockText(session.startsAt)} – {clockText(session.endsAt)}
        </div>
      </div>
      <div className="countdown-clock" role="timer">
        {phase === 'over' ? '—' : clockOf(seconds)}
      </div>
    </section>
  );
}
