import { entryPath, isFolderName } from './entry-path.ts';
import { LimitReached, Meter } from './limits.ts';
import { isDocumentPackage } from './office.ts';
import type { Opening } from './opening.ts';
import { problem } from './problems.ts';
import type { Stored } from './store.ts';
import { openZip, type ZipDirectory, type ZipFault } from './zip-directory.ts';
import type { ZipEntry } from './zip-entry.ts';
import { decodeNames } from './zip-names.ts';

/** Unpacks a zip. False when it is a document (docx, odt …) that must stay closed. */
export async function unpackZip(location: string, opening: Opening): Promise<boolean> {
  const { budget } = opening;
  const zip = await openZip(location, budget.entriesLeft);
  try {
    const names = decodeNames(zip.entries.map(rawNameOf), opening.references);
    if (isDocumentPackage(opening.archive, names)) return false;
    reportFault(zip.fault, opening);
    const meter = new Meter(budget, zip.packedBytes);
    const wanted = readable(zip.entries, names, opening);
    meter.expect(wanted.map(({ entry }) => entry.bytes));
    for (const { entry, path } of wanted) await keepEntry(zip, entry, { path, meter, opening });
    if (zip.more) throw new LimitReached('count');
    return true;
  } finally {
    await zip.close();
  }
}

function rawNameOf(entry: ZipEntry) {
  return { bytes: entry.rawName, unicode: entry.unicodeName, utf8: entry.utf8, unix: entry.unix };
}

const faultCodes = {
  volume: 'unsupported-volume',
  encrypted: 'encrypted-archive',
  broken: 'truncated-archive',
} as const;

function reportFault(fault: ZipFault | null, opening: Opening): void {
  if (fault !== null) opening.problems.push(problem(faultCodes[fault], opening.archive));
}

interface Wanted {
  entry: ZipEntry;
  path: string;
}

/** The entries that can be written; the others are reported. An archive that is locked as a whole is one problem. */
function readable(entries: readonly ZipEntry[], names: readonly string[], opening: Opening): Wanted[] {
  const files = entries
    .map((entry, index) => ({ entry, name: names[index] ?? '' }))
    .filter(({ name, entry }) => !isFolderName(name) || entry.bytes > 0);
  const allLocked = files.length > 0 && files.every(({ entry }) => entry.encrypted);
  if (allLocked) opening.problems.push(problem('encrypted-archive', opening.archive));
  const wanted: Wanted[] = [];
  for (const { entry, name } of files) {
    opening.budget.enter();
    const named = entryPath(name, opening.budget.limits.nameBytes);
    const refused = 'refused' in named ? named.refused : refusal(entry, opening);
    if (refused === null && 'path' in named) wanted.push({ entry, path: named.path });
    else if (refused !== null && !(allLocked && refused === 'encrypted-file')) {
      opening.problems.push(problem(refused, opening.place('path' in named ? named.path : name)));
    }
  }
  return wanted;
}

function refusal(entry: ZipEntry, opening: Opening) {
  if (entry.link) return 'link-file';
  if (entry.encrypted) return 'encrypted-file';
  if (entry.method !== 0 && entry.method !== 8) return 'unsupported-method';
  if (entry.bytes > opening.budget.limits.entryBytes) return 'bomb-file';
  return null;
}

async function keepEntry(
  zip: ZipDirectory,
  entry: ZipEntry,
  to: { path: string; meter: Meter; opening: Opening },
): Promise<void> {
  const stored = await to.opening.store.keep(zip.content(entry), to.meter, entry.bytes);
  if (isDamaged(stored, entry))
    to.opening.problems.push(problem('truncated-file', to.opening.place(to.path)));
  await to.opening.add(to.path, stored, entry.modified);
}

/** Cut off, or not what the list promised. Half a file is kept: it shows a human what was there. */
function isDamaged(stored: Stored, entry: ZipEntry): boolean {
  return stored.broken || stored.bytes !== entry.bytes || stored.crc32 !== entry.crc32;
}
