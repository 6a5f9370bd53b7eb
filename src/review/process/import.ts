import type { Item } from '../../../rubrics/paper-schema.ts';
import { record } from '../../audit/audit.ts';
import { examOf } from '../../exams/exams.ts';
import { isAllowed } from '../allowed.ts';
import type { ReviewParts } from '../lines.ts';
import { type Marker, told, type Wanted } from '../marking.ts';
import { holdCandidate, type MarkRow, newestMarks } from '../queries.ts';
import type { ProcessImported } from '../schema.ts';
import { putOn } from './put.ts';
import { processItemsOf, type Seat, seatsOf } from './room.ts';
import { atLine, folded, type ProcessEntry, readProcessSheet, refusal } from './sheet.ts';

/** A mark of the list that found its candidate and its item. */
interface Placed {
  readonly line: number;
  readonly seat: Seat;
  readonly item: Item;
  readonly points: number;
  readonly comment: string | null;
}

/** Marks told one by one in the answer. */
const mostReplaced = 200;

/**
 * Takes over a list of process marks: all of it, or nothing when any line does not fit. Marks that stand there already
 * are not put again; a different one is followed, never lost.
 * @param dryRun says what would happen, and does nothing
 * @throws Problem 404, 422 with every faulty line
 */
export async function importProcess(
  parts: ReviewParts,
  marker: Marker,
  examId: string,
  bytes: Uint8Array,
  dryRun: boolean,
): Promise<ProcessImported> {
  await examOf(parts.database, examId);
  const placed = await place(parts, examId, readProcessSheet(bytes));
  const bySeat = Map.groupBy(placed, ({ seat }) => seat.candidateId);
  return parts.database.transaction(async (tx) => {
    const replaced: ProcessImported['replaced'] = [];
    const rows: MarkRow[] = [];
    let changed = 0;
    // Two imports at once hold candidates in the same order.
    for (const [candidateId, own] of [...bySeat].sort(([a], [b]) => (a < b ? -1 : 1))) {
      await holdCandidate(tx, candidateId);
      const marks = await newestMarks(tx, [candidateId]);
      const changes = own.filter((one) => !isSame(one, standing(marks, one)));
      replaced.push(...changes.flatMap((one) => replacedBy(one, standing(marks, one))));
      const [first] = changes;
      if (!first) continue;
      const seat = { candidateId, version: first.seat.version, marks };
      const wanted = changes.map((one) => [one.item, wantedOf(one, standing(marks, one))] as const);
      changed += wanted.length;
      if (!dryRun) rows.push(...(await putOn(tx, parts, marker, seat, wanted)));
    }
    if (!dryRun) {
      const detail = { marks: changed, replaced: replaced.length };
      const entry = { action: 'process.import' as const, subject: { exam: examId }, detail };
      await record(tx, marker.actor, ...told('process.put', rows), entry);
    }
    return {
      candidates: bySeat.size,
      marks: changed,
      unchanged: placed.length - changed,
      replaced: replaced.slice(0, mostReplaced),
      dryRun,
    };
  });
}

const standing = (marks: readonly MarkRow[], { item }: Placed): MarkRow | undefined =>
  marks.find(({ itemId }) => itemId === item.id);

const isSame = ({ points, comment }: Placed, mark: MarkRow | undefined): boolean =>
  mark?.points === points && (comment === null || mark.comment === comment);

const replacedBy = ({ seat, item, points }: Placed, mark: MarkRow | undefined) =>
  mark && mark.points !== points
    ? [{ ticket: seat.ticket, item: item.id, from: mark.points, to: points }]
    : [];

const wantedOf = ({ item, points, comment }: Placed, mark: MarkRow | undefined): Wanted => ({
  item: item.id,
  points,
  doubt: false,
  comment: comment ?? mark?.comment ?? '',
  seen: mark?.id ?? null,
});

/** Finds candidate, item and value of every line. @throws Problem 422 with each that does not fit */
async function place(
  { database, works }: ReviewParts,
  examId: string,
  entries: readonly ProcessEntry[],
): Promise<Placed[]> {
  const seats = new Map((await seatsOf(database.db, examId)).map((seat) => [seat.ticket, seat]));
  const items = new Map<string, Item[]>();
  for (const version of new Set([...seats.values()].map((seat) => seat.version)))
    items.set(version, processItemsOf(await works.paper(version)));
  const seen = new Map<string, number>();
  const found = entries.map((entry) => {
    const seat = seats.get(entry.ticket);
    if (!seat) return atLine(entry.line, `本次考试没有准考证号“${entry.ticket}”`);
    const own = items.get(seat.version) ?? [];
    const item = own.find(({ id, text }) => [folded(id), folded(text)].includes(folded(entry.item)));
    if (!item) return atLine(entry.line, `试题 ${seat.paper} 没有过程考核项“${entry.item}”${known(own)}`);
    const key = `${seat.ticket} ${item.id}`;
    const first = seen.get(key);
    if (first) return atLine(entry.line, `与第 ${first} 行重复：${seat.ticket} 的“${item.text}”`);
    seen.set(key, entry.line);
    return valued(entry, seat, item);
  });
  const faults = found.flatMap((one) => ('message' in one ? [one] : []));
  if (faults.length > 0) throw refusal(faults);
  return found.flatMap((one) => ('message' in one ? [] : [one]));
}

const known = (items: readonly Item[]): string =>
  items.length === 0 ? '' : `（有：${items.map(({ text }) => text).join('、')}）`;

function valued({ line, points: text, comment }: ProcessEntry, seat: Seat, item: Item) {
  const points = /^\d{1,6}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
  if (isAllowed(item, points, null)) return { line, seat, item, points, comment };
  return atLine(
    line,
    `“${item.text}”可给 0 到 ${item.points} 分，每次增减 ${item.step} 分；“${text}”不在其中`,
  );
}
