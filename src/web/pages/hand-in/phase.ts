interface Session {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly graceSeconds: number;
}

export type Phase = 'before' | 'running' | 'grace' | 'over';

/** Where a session stands at a moment of the server's clock, and the whole seconds until that changes. */
export function phaseAt(
  { startsAt, endsAt, graceSeconds }: Session,
  now: number,
): { phase: Phase; seconds: number } {
  const start = Date.parse(startsAt);
  const end = Date.parse(endsAt);
  const last = end + graceSeconds * 1000;
  const until = (moment: number): number => Math.max(0, Math.ceil((moment - now) / 1000));
  if (now < start) return { phase: 'before', seconds: until(start) };
  if (now < end) return { phase: 'running', seconds: until(end) };
  return now < last ? { phase: 'grace', seconds: until(last) } : { phase: 'over', seconds: 0 };
}
