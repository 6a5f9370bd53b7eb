import { type Breakdown, breakdownSchema } from '../../rubrics/breakdown.ts';
import type { Paper } from '../../rubrics/paper-schema.ts';
import type { Database } from '../database/database.ts';
import { materialsOf, paperOf } from '../exams/rubric-versions.ts';
import { keepNewest } from '../grading/keep-newest.ts';
import { handedIn } from '../intake/handed-in.ts';
import type { JudgedWork } from './judged.ts';
import { recordedBreakdown } from './queries.ts';

export interface Stored {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What never changes of a graded submission: kept while somebody works on it. */
export interface Work extends JudgedWork {
  readonly attemptId: string;
  readonly resultId: string;
  /** As handed in, in the order of arrival. */
  readonly handedIn: readonly Stored[];
}

/** Papers and graded submissions, each read from the database once while it is in use. */
export interface Works {
  paper(versionId: string): Promise<Paper>;
  materials(versionId: string): Promise<Stored[]>;
  of(line: { attemptId: string; resultId: string; version: string }): Promise<Work>;
}

/** An exam has a handful of papers; a marking room some dozen examiners with a submission each. */
const keptPapers = 50;
const keptWorks = 64;

export function createWorks(database: Database): Works {
  const papers = keepNewest<Paper>(keptPapers);
  const materials = keepNewest<Stored[]>(keptPapers);
  const works = keepNewest<Work>(keptWorks);

  async function load(line: { attemptId: string; resultId: string; version: string }): Promise<Work> {
    const [paper, recorded, work] = await Promise.all([
      papers(line.version, () => paperOf(database, line.version)),
      breakdownOf(database, line.resultId),
      handedIn(database, line.attemptId),
    ]);
    if (!work) throw new Error(`attempt ${line.attemptId} has a result and is not complete`);
    return {
      attemptId: line.attemptId,
      resultId: line.resultId,
      paper,
      recorded,
      files: work.files.map(({ sha256 }) => sha256),
      handedIn: work.files,
    };
  }
  return {
    paper: (versionId) => papers(versionId, () => paperOf(database, versionId)),
    materials: (versionId) => materials(versionId, () => materialsOf(database, versionId)),
    of: (line) => works(line.resultId, () => load(line)),
  };
}

async function breakdownOf({ db }: Database, resultId: string): Promise<Breakdown> {
  return breakdownSchema.parse(await recordedBreakdown(db, resultId));
}
