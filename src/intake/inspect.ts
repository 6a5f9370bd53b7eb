import type { FileFact } from '../../graders/facts/schema.ts';
import { resolveSlots } from '../../graders/slots.ts';
import { junkOf } from '../../graders/unpack/junk.ts';
import { type Listing, listPackage } from '../../graders/unpack/listing.ts';
import { commonRoot } from '../../graders/unpack/root.ts';
import type { Slot } from '../../rubrics/paper-schema.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { Filling, PackageProblem } from './manifest.ts';
import type { ReceivedFile } from './receive-files.ts';

export interface Inspected {
  readonly problems: PackageProblem[];
  readonly filling: Filling;
}

/** Looks at a package without judging it: what cannot be opened, what is missing. Never throws. */
export type Inspect = (files: readonly ReceivedFile[], versionId: string) => Promise<Inspected>;

type Slots = Readonly<Record<string, Slot>>;

interface InspectParts {
  readonly blobs: BlobStore;
  /** What the paper of a version asks for. Asked once a version: published ones never change. */
  readonly slotsOf: (versionId: string) => Promise<Slots>;
  readonly log: { error(fields: object, message: string): void };
  /** Milliseconds until a look is given up; 5000 unless given. */
  readonly patienceMs?: number;
}

/** A candidate waits for this answer: a package that takes longer to list is told about later, by its grading. */
const usualPatienceMs = 5000;

/** Problems are a help at the terminal, not a report: an archive with ten thousand bad names says it often enough. */
const mostProblems = 100;

const notInspected = (path: string, message: string): PackageProblem => ({
  path,
  code: 'not-inspected',
  message,
});

const lookFailed = notInspected(
  '',
  '作品已完整收到，但未能当场检查其内容；请自行确认文件齐全，如有疑问请举手示意监考员。',
);

const staysClosed = (path: string): PackageProblem =>
  notInspected(
    path,
    `“${path}”：已完整收到，但压缩包的内容不能当场检查；请自行确认其中文件齐全、能正常打开（zip 格式可当场检查）。`,
  );

/** Slots are bound by names alone; all that a fact needs beyond a name stays neutral. */
const asFacts = ({ files }: Listing, root: string): FileFact[] =>
  files
    .filter(({ container }) => !container)
    .map(({ path, bytes }) => ({
      path: root && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path,
      bytes,
      sha256: path,
      mime: null,
      extensionMatches: true,
      junk: junkOf(path),
      used: null,
    }));

function fillingOf(slots: Slots, listing: Listing): Filling {
  const table = resolveSlots(slots, asFacts(listing, commonRoot(listing.files)));
  const required = [...table.values()].filter(({ slot }) => slot.required);
  const missing = required.filter(({ state }) => state === 'absent').map(({ slot }) => slot.path);
  return { requiredTotal: required.length, requiredFilled: required.length - missing.length, missing };
}

const missingFile = (path: string): PackageProblem => ({
  path,
  code: 'missing-file',
  message: `没有找到试题要求的文件“${path}”，请检查文件名后补交。`,
});

/** What is not found may be inside a closed archive: then it is not called missing. */
function problemsOf({ problems, closed }: Listing, missing: readonly string[]): PackageProblem[] {
  const told = new Set(problems.map(({ path }) => path));
  const unseen = closed.filter((path) => !told.has(path)).map(staysClosed);
  const absent = closed.length === 0 ? missing.map(missingFile) : [];
  return [...absent, ...unseen, ...problems].slice(0, mostProblems);
}

async function look(
  blobs: BlobStore,
  slots: Promise<Slots>,
  files: readonly ReceivedFile[],
): Promise<Inspected> {
  const placed = await Promise.all(
    files.map(async ({ path, sha256, bytes }) => {
      const location = await blobs.localPath(sha256);
      if (location === null) throw new Error(`the bytes of ${path} are not in the store`);
      return { path, bytes, location };
    }),
  );
  const listing = await listPackage(placed);
  const filling = fillingOf(await slots, listing);
  return { problems: problemsOf(listing, filling.missing), filling };
}

/** Asks once for each version; a failure is not remembered. */
function rememberSlots(slotsOf: InspectParts['slotsOf']): InspectParts['slotsOf'] {
  const known = new Map<string, Promise<Slots>>();
  return (versionId) => {
    const slots = known.get(versionId) ?? slotsOf(versionId);
    known.set(versionId, slots);
    slots.catch(() => known.delete(versionId));
    return slots;
  };
}

/** The inspection of a service: bounded in time, and a failure of its own is told instead of thrown. */
export function createInspect(parts: InspectParts): Inspect {
  const slotsOf = rememberSlots(parts.slotsOf);
  const patienceMs = parts.patienceMs ?? usualPatienceMs;
  return async (files, versionId) => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`not listed within ${patienceMs} ms`)), patienceMs);
    try {
      return await Promise.race([look(parts.blobs, slotsOf(versionId), files), late]);
    } catch (error) {
      parts.log.error({ err: error, versionId }, 'a package could not be inspected');
      // Never counted as complete: it must not replace an attempt that was seen to be.
      return { problems: [lookFailed], filling: { requiredFilled: 0, requiredTotal: 1, missing: [] } };
    } finally {
      clearTimeout(timer);
    }
  };
}
