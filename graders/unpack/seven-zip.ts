import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { through } from './byte-source.ts';
import { entryPath } from './entry-path.ts';
import { LimitReached, Meter } from './limits.ts';
import type { Opening } from './opening.ts';
import { type ProblemCode, problem } from './problems.ts';
import { Engine } from './seven-zip-engine.ts';
import { type Listing, type Member, readListing } from './seven-zip-list.ts';
import type { ArchiveKind } from './signature.ts';
import { measureFile } from './store.ts';

/** Unpacks RAR 4 and 5, 7z, tar and tar.gz: what is listed is checked against the limits, what is written is counted. */
export async function unpackWithSevenZip(
  location: string,
  kind: Exclude<ArchiveKind, 'zip'>,
  opening: Opening,
): Promise<void> {
  if (kind !== 'tar.gz') return unpackListed(location, opening);
  // The tar in between is written, counted as one file, and removed again.
  const content = through(() => createReadStream(location), createGunzip());
  const tar = await opening.store.keep(content, new Meter(opening.budget, (await stat(location)).size));
  if (tar.broken) opening.problems.push(problem('truncated-archive', opening.archive));
  await unpackListed(tar.location, opening);
  await rm(tar.location);
}

/** 7-Zip prints about 20 lines a member; folders do not count as entries, so a list of a million of them ends here. */
const linesPerMember = 60;

interface Written {
  member: Member;
  path: string;
  location: string | null;
}

async function unpackListed(location: string, opening: Opening): Promise<void> {
  const meter = new Meter(opening.budget, (await stat(location)).size);
  const wanted = new Map<string, Written>();
  const engine = await Engine.open(location, {
    tick: () => opening.budget.tick(),
    listed(lines) {
      opening.budget.tick();
      if (lines > opening.budget.limits.entries * linesPerMember) throw new LimitReached('count');
    },
    spend: (bytes) => meter.spend(bytes),
    place(path) {
      meter.startFile();
      const written = wanted.get(path);
      if (written === undefined || written.location !== null) return null;
      written.location = opening.store.next();
      return written.location;
    },
  });
  let ended = false;
  try {
    const listing = readListing(engine.run('l').lines);
    const left = choose(listing, wanted, opening);
    meter.expect([...wanted.values()].map(({ member }) => member.bytes ?? 0));
    const { lines } = wanted.size > 0 ? engine.run('x', left) : { lines: [] };
    const starved = lines.some((line) => /allocate|not enough memory/i.test(line));
    if (starved) opening.problems.push(problem('unsupported-memory', opening.archive));
    ended = !starved;
  } finally {
    engine.close();
    await keepWritten(wanted, ended, opening);
  }
}

const faultCodes = {
  volume: 'unsupported-volume',
  encrypted: 'encrypted-archive',
  broken: 'truncated-archive',
} as const;

/** Fills `wanted` and gives the paths to leave out. */
function choose(listing: Listing, wanted: Map<string, Written>, opening: Opening): string[] {
  const { problems, budget, archive } = opening;
  const files = listing.members.filter(({ folder }) => !folder);
  const allLocked = files.length > 0 && files.every(({ encrypted }) => encrypted);
  const fault = allLocked ? 'encrypted' : listing.fault;
  if (fault !== null) problems.push(problem(faultCodes[fault], archive));
  const left: string[] = [];
  for (const member of files) {
    budget.enter();
    const named = entryPath(member.path, budget.limits.nameBytes);
    const refused = 'refused' in named ? named.refused : refusal(member, budget.limits.entryBytes);
    if (refused === null && 'path' in named) {
      wanted.set(member.path, { member, path: named.path, location: null });
      continue;
    }
    left.push(member.path);
    if (refused !== null && !allLocked) {
      problems.push(problem(refused, opening.place('path' in named ? named.path : member.path)));
    }
  }
  return left;
}

function refusal(member: Member, entryBytes: number): ProblemCode | null {
  if (member.link) return 'link-file';
  if (member.encrypted) return 'encrypted-file';
  return (member.bytes ?? 0) > entryBytes ? 'bomb-file' : null;
}

/** What was written stands, also when a limit ended the run; then what was not reached needs no word of its own. */
async function keepWritten(wanted: Map<string, Written>, ended: boolean, opening: Opening): Promise<void> {
  for (const { member, path, location } of wanted.values()) {
    if (location === null && !ended) continue;
    const stored = location === null ? null : { location, ...(await measureFile(location)) };
    if (stored === null || (member.bytes !== null && stored.bytes !== member.bytes)) {
      opening.problems.push(problem('truncated-file', opening.place(path)));
    }
    if (stored !== null) await opening.add(path, stored, member.modified);
  }
}
