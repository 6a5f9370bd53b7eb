import { readFile } from 'node:fs/promises';
import { decodeText } from '../../text/decode.ts';
import type { Collected, Collector, SourceFile } from '../collector.ts';
import type { PageFact, ProblemFact } from '../schema.ts';
import { markupBomb } from './bomb.ts';
import { effectsOf } from './effects/effects.ts';
import { descriptionOf, keywordsOf, titleOf } from './head.ts';
import { elementCounts, layoutOf } from './layout.ts';
import { libraryOf, mostBytes, tooLarge } from './library.ts';
import { type Library, modelOf, type PageModel } from './page.ts';
import { referencesOf } from './references.ts';
import { sourceOf } from './source.ts';
import { tablesOf, widthsOf } from './tables.ts';
import { textOf } from './tree.ts';

/** References and tables of one page that are listed; more is generated, not written. */
const mostListed = 5000;

/** Measures web pages: one parse each, with the style sheets and scripts beside them. */
export const pageCollector: Collector<PageFact> = {
  name: 'pages',
  version: 1,
  libraries: ['cheerio', 'css-tree'],
  scope: 'submission',
  accepts: (file) =>
    file.junk === null && (/\.(html?|shtml|xhtml)(\.txt)?$/i.test(file.path) || isSniffed(file)),
  collect: collectPages,
};

/** A page by its content whatever its name; Dreamweaver's templates and library items are no pages. */
function isSniffed({ path, mime }: SourceFile): boolean {
  return (
    (mime === 'text/html' || mime === 'application/xhtml+xml') &&
    !/\.(dwt|lbi|css|js|xml|eml|mht(ml)?)$/i.test(path)
  );
}

async function collectPages(
  files: readonly SourceFile[],
  all: readonly SourceFile[],
): Promise<Collected<PageFact>> {
  const { library, problems } = await libraryOf(all);
  const facts: PageFact[] = [];
  for (const file of files) {
    if (file.bytes > mostBytes) {
      problems.push(tooLarge(file));
      continue;
    }
    const read = readPage(file, await readFile(file.location), library);
    problems.push(...read.problems);
    if (read.fact !== null) facts.push(read.fact);
  }
  return { facts, problems };
}

interface Read {
  fact: PageFact | null;
  problems: ProblemFact[];
}

/** Reads one page. A page that cannot be read is a problem with its reason, never an exception. */
function readPage(file: SourceFile, bytes: Uint8Array, library: Library): Read {
  const problem = (code: string, message: string): ProblemFact => ({ path: file.path, code, message });
  if (file.bytes === 0)
    return { fact: null, problems: [problem('page-empty', '网页文件是空的（0 字节）。')] };
  try {
    const decoded = decodeText(bytes, { kind: 'html' });
    const bomb = markupBomb(decoded.text);
    if (bomb !== null) {
      const what = {
        depth: '标签嵌套过深',
        attributes: '一个标签的属性过多',
        clones: '未关闭的格式标签过多',
      }[bomb];
      return { fact: null, problems: [problem('page-bomb', `${what}，未解析此网页，请人工查看。`)] };
    }
    const page = modelOf(sourceOf(file.path, decoded.text), library);
    const { declared, encoding, garbled } = decoded;
    const fact = factOf(file, page, { declared, actual: encoding, garbled });
    return {
      fact,
      problems: doubtsOf(page, fact, decoded.replacement ?? 0).map(([code, text]) => problem(code, text)),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      fact: null,
      problems: [problem('unsupported-page', `未能解析此网页（${reason}），请人工查看。`)],
    };
  }
}

function factOf(file: SourceFile, page: PageModel, encoding: PageFact['encoding']): PageFact {
  const { tree } = page;
  const head = { title: titleOf(tree), keywords: keywordsOf(tree), description: descriptionOf(tree) };
  const references = referencesOf(page);
  const tables = tablesOf(page);
  const root = page.tree.query.root()[0];
  return {
    path: file.path,
    sha256: file.sha256,
    encoding,
    title: head.title?.text ?? null,
    keywords: head.keywords?.list ?? [],
    description: head.description?.text ?? null,
    head,
    layout: layoutOf(page, tables),
    elements: elementCounts(page, references),
    tables: tables.slice(0, mostListed),
    widths: widthsOf(page).slice(0, mostListed),
    references: references.slice(0, mostListed),
    effects: effectsOf(page),
    text: root === undefined ? '' : textOf(root),
  };
}

/** What keeps a search in this page from being complete. */
function doubtsOf(page: PageModel, fact: PageFact, replacement: number): [code: string, message: string][] {
  const doubts: [string, string][] = [];
  if (replacement > 0) {
    doubts.push(['unsupported-encoding', `有 ${replacement} 个字符无法解码，网页内容不完整，请人工查看。`]);
  }
  if (page.cascade.incomplete) doubts.push(['style-bomb', '样式表过大，只应用了一部分，请人工查看。']);
  if (fact.references.length >= mostListed || fact.tables.length >= mostListed) {
    doubts.push(['page-truncated', `引用或表格超过 ${mostListed} 个，只列出一部分，请人工查看。`]);
  }
  return doubts;
}
