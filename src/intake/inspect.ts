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

interface InspectParts {
  readonly blobs: BlobStore;
  /** What the paper of a version asks for. */
  readonly slotsOf: (versionId: string) => Promise<Readonly<Record<string, Slot>>>;
  readonly log: { error(fields: object, message: string): void };
}

/** A candidate waits for this answer: a package that takes longer to list is told about later, by its grading. */
const patienceMs = 5000;

const notInspected: PackageProblem = {
  path: '',
  code: 'not-inspected',
  message: '作品已完整收到，但未能当场检查其内容；如有疑问请举手示意监考员。',
};

/** Slots are bound by names alone; all that a fact needs beyond a name stays neutral. */
const asFacts = ({ files }: Listing, root: string): FileFact[] =>
  files
    .filter(({ container }) => !container)
    .map(({ path, bytes }) => ({
      path: root && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path,
      bytes,
      sha256: '',
      mime: null,
      extensionMatches: true,
      junk: junkOf(path),
      used: null,
    }));

function fillingOf(slots: Readonly<Record<string, Slot>>, listing: Listing): Filling {
  const table = resolveSlots(slots, asFacts(listing, commonRoot(listing.files)));
  const required = [...table.values()].filter(({ slot }) => slot.required);
  const missing = required.filter(({ state }) => state === 'absent').map(({ slot }) => slot.path);
  return { requiredTotal: required.length, requiredFilled: required.length - missing.length, missing };
}

const missingProblems = (filling: Filling, { complete }: Listing): PackageProblem[] =>
  complete
    ? filling.missing.map((path) => ({
        path,
        code: 'missing-file',
        message: `没有找到试题要求的文件“${path}”，请检查文件名后补交。`,
      }))
    : [];

async function look(
  { blobs, slotsOf }: InspectParts,
  files: readonly ReceivedFile[],
  versionId: string,
): Promise<Inspected> {
  const slots = await slotsOf(versionId);
  const placed = await Promise.all(
    files.map(async ({ path, sha256, bytes }) => {
      const location = await blobs.localPath(sha256);
      if (location === null) throw new Error(`the bytes of ${path} are not in the store`);
      return { path, bytes, location };
    }),
  );
  const listing = await listPackage(placed);
  const filling = fillingOf(slots, listing);
  return { problems: [...listing.problems, ...missingProblems(filling, listing)], filling };
}

/** The inspection of a service: bounded in time, and a failure of its own is told instead of thrown. */
export const createInspect =
  (parts: InspectParts): Inspect =>
  async (files, versionId) => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`not listed within ${patienceMs} ms`)), patienceMs);
    try {
      return await Promise.race([look(parts, files, versionId), late]);
    } catch (error) {
      parts.log.error({ err: error, versionId }, 'a package could not be inspected');
      // Never counted as complete: it must not replace an attempt that was seen to be.
      return { problems: [notInspected], filling: { requiredFilled: 0, requiredTotal: 1, missing: [] } };
    } finally {
      clearTimeout(timer);
    }
  };
