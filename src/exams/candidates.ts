import { randomInt } from 'node:crypto';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { type Module, moduleSchema } from '../../rubrics/paper-schema.ts';
import { hashSecret } from '../access/password.ts';
import { type AuditActor, record, theService } from '../audit/audit.ts';
import type { Database } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { candidate, examSession } from '../database/schema/exams.ts';
import { Problem } from '../http/problem.ts';
import type { CandidateLine } from './candidate-table.ts';
import { type ExamParts, examOf, lockExam } from './exams.ts';
import { recordExam } from './records.ts';

/** The five modules as lists name them: by id, by the standard's name, or short. */
const moduleNames: Record<Module, readonly string[]> = {
  service: ['service', '客服', '售前(后)客户服务与管理', '售前客户服务与管理', '售后客户服务与管理'],
  page: ['page', '网页美化', '网站页面的编辑美化'],
  shop: ['shop', '网店美工', '网店美工设计'],
  ops: ['ops', '平台运营'],
  mkt: ['mkt', '网络推广', '网络营销推广'],
};

const moduleOf = (text: string): Module | undefined =>
  moduleSchema.options.find((id) => moduleNames[id].includes(text));

/** What an exam has for candidates to sit. */
export interface Offered {
  /** Names of sessions. */
  readonly sessions: Pick<ReadonlySet<string>, 'has' | 'keys'>;
  /** Modules by id of the pinned papers. */
  readonly modules: ReadonlyMap<string, string>;
}

function misfit(line: CandidateLine, { sessions, modules }: Offered): string | null {
  if (!sessions.has(line.session))
    return `没有场次“${line.session}”（现有：${[...sessions.keys()].join('、') || '无'}）`;
  const pinned = modules.get(line.paper);
  if (!pinned) return `本次考试没有试题“${line.paper}”（现有：${[...modules.keys()].join('、') || '无'}）`;
  const wanted = moduleOf(line.module);
  if (!wanted) return `没有模块“${line.module}”`;
  return wanted === pinned ? null : `试题 ${line.paper} 不属于模块“${line.module}”`;
}

/** @throws Problem 422 with every line that names a session, paper or module that the exam does not have */
export function refuseMisfits(lines: readonly CandidateLine[], offered: Offered): void {
  const errors = lines.flatMap((line) => {
    const message = misfit(line, offered);
    return message ? [{ where: `第 ${line.line} 行`, message }] : [];
  });
  if (errors.length === 0) return;
  const title = `考生名单有 ${errors.length} 处错误，未导入任何考生。`;
  throw new Problem(422, 'candidate-list', title, { errors });
}

/** `size` numbers from `start` on, in random order: a 卷号 must tell nothing of the list. */
function shuffled(size: number, start: number): number[] {
  const numbers = Array.from({ length: size }, (_, index) => start + index);
  for (let index = size - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    [numbers[index], numbers[other]] = [numbers[other] ?? 0, numbers[index] ?? 0];
  }
  return numbers;
}

/**
 * Adds the candidates of a list to an exam: all of them or, when any line does not fit, none.
 * PINs are kept as argon2id hashes; blind numbers are drawn at random.
 * @throws Problem 404 no such exam, 409 a ticket is taken, 422 with every line that names an unknown session or paper
 */
export async function importCandidates(
  { database, manifests }: ExamParts,
  examId: string,
  lines: readonly CandidateLine[],
  actor: AuditActor = theService,
): Promise<number> {
  const { sessions, papers } = await examOf(database, examId);
  const sessionIds = new Map(sessions.map(({ name, id }) => [name, id]));
  const modules = new Map(papers.map(({ paper, module }) => [paper, module]));
  refuseMisfits(lines, { sessions: sessionIds, modules });
  // Hashing takes long and needs no lock: before the transaction.
  const hashes = await Promise.all(lines.map(({ pin }) => hashSecret(pin)));
  return database.transaction(async (tx) => {
    await lockExam(tx, examId);
    // As one array: a list in the query would end at 65,535 parameters.
    const tickets = sql.param(lines.map(({ ticket }) => ticket));
    const taken = await tx
      .select({ ticket: candidate.ticket })
      .from(candidate)
      .where(and(eq(candidate.examId, examId), sql`${candidate.ticket} = any(${tickets}::text[])`));
    if (taken.length > 0) {
      const detail = taken.map(({ ticket }) => ticket).join('、');
      throw new Problem(409, 'ticket-taken', '名单中有已导入的准考证号，未导入任何考生。', { detail });
    }
    const present = await tx.$count(candidate, eq(candidate.examId, examId));
    const blind = shuffled(lines.length, present + 1);
    const rows = lines.map((line, index) => ({
      id: newId('cand'),
      examId,
      sessionId: sessionIds.get(line.session) ?? '',
      ticket: line.ticket,
      name: line.name,
      module: modules.get(line.paper) ?? '',
      paperId: line.paper,
      room: line.room,
      seat: line.seat,
      pinHash: hashes[index] ?? '',
      blindNumber: blind[index] ?? 0,
    }));
    for (let start = 0; start < rows.length; start += 500)
      await tx.insert(candidate).values(rows.slice(start, start + 500));
    await recordExam(tx, manifests, examId);
    const detail = { candidates: rows.length };
    await record(tx, actor, { action: 'exam.candidates', subject: { exam: examId }, detail });
    return rows.length;
  });
}

/** Candidates of an exam in the order of their tickets. */
export async function listCandidates({ db }: Database, examId: string, after: string | null, limit: number) {
  return db
    .select({
      id: candidate.id,
      ticket: candidate.ticket,
      name: candidate.name,
      module: candidate.module,
      paper: candidate.paperId,
      session: examSession.name,
      room: candidate.room,
      seat: candidate.seat,
    })
    .from(candidate)
    .innerJoin(examSession, eq(examSession.id, candidate.sessionId))
    .where(and(eq(candidate.examId, examId), after === null ? undefined : gt(candidate.ticket, after)))
    .orderBy(asc(candidate.ticket))
    .limit(limit);
}
