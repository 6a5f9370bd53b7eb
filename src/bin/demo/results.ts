import { setTimeout as wait } from 'node:timers/promises';
import type { Breakdown } from '../../../rubrics/breakdown.ts';
import { progress, progressDone } from '../output.ts';
import { shorten, table } from '../table.ts';
import { UserError } from '../user-error.ts';
import type { DemoCandidate } from './exam.ts';

interface Detail {
  state: string;
  breakdown: Breakdown | null;
}

/** The samples are small; more than this means that something is stuck. */
const patienceMs = 300_000;

/** Signs in as the administrator and waits until every hand-in has its result. */
export async function waitForResults(
  address: string,
  password: string,
  attempts: readonly string[],
): Promise<Detail[]> {
  const signIn = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'admin', password }),
  });
  if (!signIn.ok) throw new UserError(`signing in failed: ${await signIn.text()}`);
  const { token } = (await signIn.json()) as { token: string };
  const detailOf = async (attempt: string): Promise<Detail> => {
    const answer = await fetch(`${address}/api/v1/submissions/${attempt}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new UserError(`reading ${attempt} failed: ${await answer.text()}`);
    return (await answer.json()) as Detail;
  };
  const end = Date.now() + patienceMs;
  for (;;) {
    const details = await Promise.all(attempts.map(detailOf));
    const done = details.filter(({ breakdown }) => breakdown !== null).length;
    progress(`graded ${done} of ${attempts.length}`);
    if (done === attempts.length) {
      progressDone();
      return details;
    }
    if (Date.now() > end)
      throw new UserError(
        `only ${done} of ${attempts.length} hand-ins were graded in ${patienceMs / 1000} s`,
      );
    await wait(300);
  }
}

/** Columns of a reason: enough to know what went wrong, few enough for a line. */
const reasonColumns = 60;

/** The three items that cost the most: points lost, item, reason. */
function heaviest({ criteria }: Breakdown): string[][] {
  return criteria
    .flatMap(({ items }) => items)
    .flatMap((item) => (item.proposed === null ? [] : [{ item, lost: item.possible - item.proposed }]))
    .filter(({ lost }) => lost > 0)
    .sort((a, b) => b.lost - a.lost)
    .slice(0, 3)
    .map(({ item, lost }) => [
      `−${Number(lost.toFixed(2))}`,
      item.id,
      shorten(item.reason?.text ?? '', reasonColumns),
    ]);
}

const heading = [
  '准考证号',
  '试题',
  '样例',
  '已定',
  '建议',
  '待定',
  '失分',
  '评分点',
  '原因（失分最多的三项）',
];

/** Per hand-in: ticket, paper, settled / suggested / pending points and, a line each, the three heaviest reasons. */
export function report(candidates: readonly DemoCandidate[], details: readonly Detail[]): string {
  const rows = candidates.flatMap(({ ticket, paper, sample }, index) => {
    const { state = '', breakdown = null } = details[index] ?? {};
    if (!breakdown) return [[ticket, paper, sample, state]];
    const { settled, suggested, pending } = breakdown.total;
    const open = Number((pending.examiner + pending.process + pending.unknown).toFixed(2));
    const [first = [], ...others] = heaviest(breakdown);
    return [
      [ticket, paper, sample, String(settled), String(suggested), String(open), ...first],
      ...others.map((reason) => ['', '', '', '', '', '', ...reason]),
    ];
  });
  return table([heading, ...rows], [3, 4, 5, 6]);
}
