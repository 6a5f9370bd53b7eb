import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FactName } from './check.ts';
import { answersFrom } from './facts/answers/bind.ts';
import type { Collector, SourceFile } from './facts/collector.ts';
import { documentCollector } from './facts/documents/collector.ts';
import { fileFacts } from './facts/files/files.ts';
import { mimeOf } from './facts/files/mime.ts';
import { imageCollector } from './facts/images/collector.ts';
import { pageCollector } from './facts/pages/collector.ts';
import { usageOf } from './facts/pages/usage.ts';
import type { Facts, ProblemFact } from './facts/schema.ts';
import { junkOf } from './unpack/junk.ts';
import { type Source, type UnpackLimits, unpack } from './unpack/unpack.ts';

/** Facts in the order every list of them has: `files` first, since the others refer to it. */
export const factNames: readonly FactName[] = ['files', 'images', 'pages', 'documents', 'answers'];

export interface CollectOptions {
  /** Which facts are wanted; all unless given. `files` always come, they cost nothing more. */
  readonly wanted?: ReadonlySet<FactName>;
  /** The task as candidates read it: numbers copied from it are no answers. */
  readonly taskText?: string;
  readonly limits?: Partial<UnpackLimits>;
}

/** Runs one collector over its files; a collector that breaks leaves a problem behind, not an exception. */
async function run<T>(
  collector: Collector<T>,
  files: readonly SourceFile[],
): Promise<{ facts: T[]; problems: ProblemFact[] }> {
  const accepted = files.filter((file) => !file.junk && file.bytes > 0 && collector.accepts(file));
  const groups =
    collector.scope === 'file' ? accepted.map((file) => [file]) : accepted.length > 0 ? [accepted] : [];
  const facts: T[] = [];
  const problems: ProblemFact[] = [];
  // One after another: the children that grade are the ones that run side by side.
  for (const group of groups) {
    try {
      const collected = await collector.collect(group, files);
      facts.push(...collected.facts);
      problems.push(...collected.problems);
    } catch (error) {
      const path = group.map((file) => file.path).join('、');
      problems.push({
        path,
        code: `unsupported-${collector.name}`,
        message: `评卷程序未能读取此文件（${String(error)}），请人工查看。`,
      });
    }
  }
  return { facts, problems };
}

/** People pack the folder around their work: paths are told from the work itself. */
const belowRoot = (path: string, root: string): string =>
  root !== '' && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;

const nothing = { facts: [], problems: [] };

/**
 * Measures a submission: everything is read here, once, and nothing is judged.
 *
 * @param source a folder or an archive as the candidate handed it in, or its files by name
 * @returns facts whose lists are sorted by path, so the same bytes give the same facts byte for byte
 */
export async function collectFacts(source: Source, options: CollectOptions = {}): Promise<Facts> {
  const workFolder = await mkdtemp(join(tmpdir(), 'kaoping-unpack-'));
  try {
    const unpacked = await unpack(source, workFolder, options.limits);
    const sources = await Promise.all(
      // An opened archive is the envelope; what was in it stands beside it in the list.
      unpacked.files
        .filter(({ container }) => !container)
        .map(async ({ path: full, location, bytes, sha256 }): Promise<SourceFile> => {
          const path = belowRoot(full, unpacked.root);
          return { path, location, bytes, sha256, mime: await mimeOf(location, path), junk: junkOf(path) };
        }),
    );
    sources.sort((a, b) => (a.path < b.path ? -1 : 1));
    return await measure(sources, unpacked.problems, options);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function measure(
  sources: readonly SourceFile[],
  packageProblems: readonly ProblemFact[],
  { wanted = new Set(factNames), taskText = '' }: CollectOptions,
): Promise<Facts> {
  const images = wanted.has('images') ? await run(imageCollector, sources) : nothing;
  const pages = wanted.has('pages') || wanted.has('files') ? await run(pageCollector, sources) : nothing;
  const documents =
    wanted.has('documents') || wanted.has('answers') ? await run(documentCollector, sources) : nothing;
  return {
    files: fileFacts(sources, usageOf(pages.facts, sources)),
    images: images.facts,
    pages: pages.facts,
    documents: documents.facts.map((read) => read.fact),
    answers: documents.facts.flatMap((read) => answersFrom(read, taskText)),
    problems: [...packageProblems, ...images.problems, ...pages.problems, ...documents.problems],
  };
}
