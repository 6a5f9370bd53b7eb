import type { Seating } from '../exams/candidate-identity.ts';
import { Problem } from '../http/problem.ts';

const clock = (moment: Date): string =>
  new Intl.DateTimeFormat('zh-CN', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Asia/Shanghai',
  }).format(moment);

/** The moment after which no first request is taken: the end of the session plus its grace. */
export const lastMoment = ({ session }: Seating): Date =>
  new Date(session.endsAt.getTime() + session.graceSeconds * 1000);

/** @throws Problem 409 before the session starts or when the exam is not open */
export function requireStarted({ session, examState }: Seating, now: Date): void {
  if (examState !== 'open') throw new Problem(409, 'exam-not-open', '本场考试未开放。');
  if (now < session.startsAt)
    throw new Problem(409, 'not-started', `考试尚未开始，开始时间：${clock(session.startsAt)}。`);
}

/**
 * Whether a hand-in that began at this moment counts.
 * @param first arrival of the first request by the server's clock; how long the upload then takes does not matter
 * @throws Problem 409 too early, 422 too late
 */
export function requireInTime(seating: Seating, first: Date): void {
  requireStarted(seating, first);
  if (first <= lastMoment(seating)) return;
  const detail = `结束时间 ${clock(seating.session.endsAt)}，宽限 ${seating.session.graceSeconds} 秒，收到时间 ${clock(first)}。`;
  throw new Problem(422, 'too-late', '考试已结束，不再接收作品；请举手示意监考员。', { detail });
}
