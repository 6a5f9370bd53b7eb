import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm';
import { type AuditActor, record, theService } from '../audit/audit.ts';
import type { Database, Queries } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { type ExamState, exam, examPaper, examSession } from '../database/schema/exams.ts';
import { rubricVersion } from '../database/schema/rubrics.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { ManifestStore } from '../storage/manifest-store.ts';
import { recordExam } from './records.ts';

/** What changes of exams need: each is written down beside the hand-ins too. */
export interface ExamParts {
  readonly database: Database;
  readonly manifests: ManifestStore;
}

export interface NewSession {
  name: string;
  startsAt: Date;
  endsAt: Date;
  graceSeconds: number;
}

export interface NewExam {
  name: string;
  createdBy: string;
  sessions: NewSession[];
  /** Rubric versions to pin, one per paper; each must be published. */
  versions: string[];
}

/** Versions by id, published ones of different papers only. @throws Problem 422 naming those that are not */
async function publishedVersions(database: Database, ids: readonly string[]) {
  const rows = await database.db
    .select({ id: rubricVersion.id, paperId: rubricVersion.paperId, state: rubricVersion.state })
    .from(rubricVersion)
    .where(inArray(rubricVersion.id, [...ids]));
  const known = new Map(rows.map((row) => [row.id, row]));
  const paperOf = (id: string): string => known.get(id)?.paperId ?? id;
  const errors = ids.flatMap((id, index) => {
    const state = known.get(id)?.state;
    if (state !== 'published') return [{ where: id, message: state ? '尚未发布' : '没有此版本' }];
    const first = ids.findIndex((other) => paperOf(other) === paperOf(id));
    return first === index ? [] : [{ where: paperOf(id), message: '同一试题只能固定一个版本' }];
  });
  if (errors.length > 0) throw new Problem(422, 'unusable-version', '有试题版本不能用于考试。', { errors });
  return rows;
}

/** @throws Problem 422 naming sessions that end before they begin, or that are called the same */
function refuseSessions(sessions: readonly NewSession[]): void {
  const errors = sessions.flatMap(({ name, startsAt, endsAt }, index) => {
    if (endsAt <= startsAt) return [{ where: name, message: '结束时间不晚于开始时间' }];
    const first = sessions.findIndex((other) => other.name === name);
    return first === index ? [] : [{ where: name, message: '场次名称重复' }];
  });
  if (errors.length > 0) throw new Problem(422, 'unusable-session', '有场次的设置不正确。', { errors });
}

/**
 * Makes an exam with its sessions, and pins one published version per paper. It starts as a draft: nobody can sign in yet.
 * @throws Problem 422 when a version or a session cannot be used
 */
export async function createExam(
  { database, manifests }: ExamParts,
  wanted: NewExam,
  actor: AuditActor = theService,
): Promise<{ id: string }> {
  refuseSessions(wanted.sessions);
  const versions = await publishedVersions(database, wanted.versions);
  const id = newId('exam');
  await database.transaction(async (tx) => {
    await tx.insert(exam).values({ id, name: wanted.name, createdBy: wanted.createdBy });
    await tx
      .insert(examSession)
      .values(wanted.sessions.map((session) => ({ id: newId('sess'), examId: id, ...session })));
    await tx
      .insert(examPaper)
      .values(versions.map(({ id: versionId, paperId }) => ({ examId: id, paperId, versionId })));
    await recordExam(tx, manifests, id);
    const { name, versions: pinned } = wanted;
    await record(tx, actor, {
      action: 'exam.create',
      subject: { exam: id },
      detail: { name, versions: pinned },
    });
  });
  return { id };
}

/** Exams, newest first. */
export async function listExams({ db }: Database, after: string | null, limit: number) {
  return db
    .select()
    .from(exam)
    .where(after === null ? undefined : lt(exam.id, after))
    .orderBy(desc(exam.id))
    .limit(limit);
}

/** One exam with sessions and pinned papers. @throws Problem 404 */
export async function examOf({ db }: Database, id: string) {
  const [found] = await db.select().from(exam).where(eq(exam.id, id));
  if (!found) throw notFound('此考试');
  const sessions = await db
    .select()
    .from(examSession)
    .where(eq(examSession.examId, id))
    .orderBy(asc(examSession.startsAt));
  const papers = await db
    .select({
      paper: examPaper.paperId,
      version: examPaper.versionId,
      number: rubricVersion.number,
      title: rubricVersion.title,
      module: rubricVersion.module,
    })
    .from(examPaper)
    .innerJoin(rubricVersion, eq(rubricVersion.id, examPaper.versionId))
    .where(eq(examPaper.examId, id))
    .orderBy(asc(examPaper.paperId));
  return { ...found, sessions, papers };
}

/**
 * Holds an exam until the transaction ends. Whoever changes anything of it does so one after the other, or the record
 * that is written down last would lack what another had just changed.
 * @throws Problem 404
 */
export async function lockExam(tx: Queries, id: string): Promise<void> {
  const [found] = await tx.select({ id: exam.id }).from(exam).where(eq(exam.id, id)).for('update');
  if (!found) throw notFound('此考试');
}

const stateNames: Record<ExamState, string> = { draft: '草稿', open: '开放', closed: '已关闭' };

/** Which state may follow which: an exam that closed may be opened again for a late hand-in, none becomes a draft again. */
const followers: Record<ExamState, readonly ExamState[]> = {
  draft: ['open'],
  open: ['closed'],
  closed: ['open'],
};

/** Opens or closes an exam. @throws Problem 404, 409 when the state cannot follow */
export async function setExamState(
  { database, manifests }: ExamParts,
  id: string,
  state: ExamState,
  actor: AuditActor = theService,
): Promise<void> {
  const allowed = (Object.keys(followers) as ExamState[]).filter((from) => followers[from].includes(state));
  const changed = await database.transaction(async (tx) => {
    const rows = await tx
      .update(exam)
      .set({ state })
      .where(and(eq(exam.id, id), inArray(exam.state, allowed)))
      .returning({ id: exam.id });
    if (rows.length === 0) return false;
    await recordExam(tx, manifests, id);
    await record(tx, actor, { action: 'exam.state', subject: { exam: id }, detail: { state } });
    return true;
  });
  if (changed) return;
  const found = await examOf(database, id);
  if (found.state !== state)
    throw new Problem(
      409,
      'exam-state',
      `考试目前为“${stateNames[found.state]}”，不能改为“${stateNames[state]}”。`,
    );
}

/** Lengthens (or shortens) a session, e.g. after a power cut. @throws Problem 404, 422 */
export async function moveSession(
  { database, manifests }: ExamParts,
  examId: string,
  sessionId: string,
  times: { endsAt: Date; graceSeconds: number },
  actor: AuditActor = theService,
): Promise<void> {
  await database.transaction(async (tx) => {
    await lockExam(tx, examId);
    const [found] = await tx
      .select({ startsAt: examSession.startsAt })
      .from(examSession)
      .where(and(eq(examSession.id, sessionId), eq(examSession.examId, examId)));
    if (!found) throw notFound('此场次');
    if (times.endsAt <= found.startsAt) throw new Problem(422, 'session-times', '结束时间不晚于开始时间。');
    await tx.update(examSession).set(times).where(eq(examSession.id, sessionId));
    await recordExam(tx, manifests, examId);
    const detail = { endsAt: times.endsAt.toISOString(), graceSeconds: times.graceSeconds };
    await record(tx, actor, {
      action: 'exam.session',
      subject: { exam: examId, session: sessionId },
      detail,
    });
  });
}
