import { z } from 'zod';
import {
  type ExamRecord,
  examRecordSchema,
  type RubricRecord,
  recordFolders,
  rubricRecordSchema,
} from '../exams/records.ts';
import type { FoundManifest, ManifestStore } from '../storage/manifest-store.ts';
import { type Manifest, manifestSchema } from './manifest.ts';

/** Something that cannot be brought back, or not whole. */
export interface Trouble {
  /** The file, or the thing and its id. */
  readonly where: string;
  readonly problem: string;
}

export interface WrittenAttempt {
  readonly manifest: Manifest;
  /** Of the manifest's bytes. */
  readonly sha256: string;
}

/** All that was written down beside the bytes. */
export interface WrittenDown {
  readonly rubrics: ReadonlyMap<string, RubricRecord>;
  readonly exams: ReadonlyMap<string, ExamRecord>;
  /** By number, so that each candidate's come in the order in which they came. */
  readonly attempts: readonly WrittenAttempt[];
  /** Files that cannot be read: what they say is lost, the rest is not. */
  readonly troubles: readonly Trouble[];
}

type Readable = Extract<FoundManifest, { value: unknown }>;

/** Of several records of one thing the newest is true; revisions are ids that sort by time. */
function keepNewest<T extends { revision: string }>(records: Map<string, T>, id: string, record: T): void {
  const known = records.get(id);
  if (!known || known.revision < record.revision) records.set(id, record);
}

/** Reads every record and manifest of the store. */
export async function readWrittenDown(manifests: ManifestStore): Promise<WrittenDown> {
  const rubrics = new Map<string, RubricRecord>();
  const exams = new Map<string, ExamRecord>();
  const attempts: WrittenAttempt[] = [];
  const troubles: Trouble[] = [];
  const take = ({ examId, value, sha256 }: Readable): void => {
    if (examId === recordFolders.rubrics) {
      const record = rubricRecordSchema.parse(value);
      keepNewest(rubrics, record.id, record);
    } else if (examId === recordFolders.exams) {
      const record = examRecordSchema.parse(value);
      keepNewest(exams, record.exam.id, record);
    } else attempts.push({ manifest: manifestSchema.parse(value), sha256 });
  };
  for await (const one of manifests.list()) {
    const problem = 'problem' in one ? one.problem : faultOf(() => take(one));
    if (problem !== null) troubles.push({ where: one.location, problem });
  }
  attempts.sort((a, b) => a.manifest.attempt.number - b.manifest.attempt.number);
  return { rubrics, exams, attempts, troubles };
}

/** What a schema says against a file; everything else is no fault of the file. */
function faultOf(take: () => void): string | null {
  try {
    take();
    return null;
  } catch (error) {
    if (error instanceof z.ZodError) return `is not what it should be: ${z.prettifyError(error)}`;
    throw error;
  }
}
