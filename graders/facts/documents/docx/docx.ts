import { readZipEntries, type ZipEntries, ZipReadError } from '../../../unpack/zip-entries.ts';
import type { DocumentFact } from '../../schema.ts';
import { type Content, type DocumentProblem, type Grid, Unreadable } from '../read.ts';
import {
  childOf,
  descendantsOf,
  elementsOf,
  parseXml,
  textOf,
  type XmlElement,
  type XmlNode,
} from '../xml.ts';
import { newStory, readStory, type Story } from './body.ts';
import { embeddedPictures } from './pictures.ts';
import { readStyles, type Styles } from './styles.ts';

type Part = { children: readonly XmlNode[] };

/** Parts beside the body that hold text of the candidate. Comments are no answers and are left out. */
const asides: readonly (readonly [pattern: RegExp, prefix: string])[] = [
  [/^word\/header\d*\.xml$/, '页眉 '],
  [/^word\/footer\d*\.xml$/, '页脚 '],
  [/^word\/footnotes\.xml$/, '脚注 '],
  [/^word\/endnotes\.xml$/, '尾注 '],
];
const diagram = /^word\/diagrams\/data\d*\.xml$/;

/**
 * Reads a Word document from its OOXML: body, tables, text boxes (each once), SmartArt, headers and notes, formulas.
 * Tracked deletions, hidden text and white text are kept apart.
 * @throws Unreadable when it has no readable body
 */
export async function readDocx(bytes: Uint8Array): Promise<Content> {
  const zip = await readZipEntries(bytes);
  try {
    return await readPackage(zip);
  } finally {
    await zip.close();
  }
}

async function readPackage(zip: ZipEntries): Promise<Content> {
  const problems = new Set<DocumentProblem>();
  if (zip.fault !== null) problems.add(codeOf(zip.fault));
  const bodyName = await bodyPart(zip);
  const body = await requiredPart(zip, bodyName);
  const part = async (name: string): Promise<Part | null> => {
    if (!zip.has(name)) return null;
    return await requiredPart(zip, name).catch((error: unknown) => {
      if (!(error instanceof Unreadable)) throw error;
      problems.add(error.code);
      return null;
    });
  };
  const styles = readStyles(await part('word/styles.xml'));
  const story = newStory();
  readBody(body, story, styles);
  for (const name of zip.names.filter((each) => diagram.test(each)).sort()) {
    readDiagram(await part(name), story);
  }
  for (const [pattern, prefix] of asides) {
    for (const name of zip.names.filter((each) => pattern.test(each)).sort()) {
      for (const root of elementsOf((await part(name)) ?? { children: [] })) {
        readStory(root, story, { styles, prefix });
      }
    }
  }
  const { images, damaged } = await embeddedPictures(zip, 'word/');
  if (damaged) problems.add('truncated-document');
  if (story.embedded) problems.add('unsupported-object');
  const { blocks, aside, hidden, deleted } = story;
  const tables = blocks.filter((block) => block.kind === 'grid').map(tableFact);
  return { kind: 'docx', blocks, aside, tables, images, hidden, deleted, problems: [...problems] };
}

export const codeOf = (fault: ZipReadError['fault']): DocumentProblem =>
  fault === 'missing' ? 'truncated-document' : `${fault}-document`;

async function requiredPart(zip: ZipEntries, name: string): Promise<Part> {
  try {
    return parseXml(await zip.read(name));
  } catch (error) {
    if (error instanceof ZipReadError) throw new Unreadable(codeOf(error.fault), error.message);
    throw error;
  }
}

/** `word/document.xml`, or what the package says: some writers call it otherwise. */
async function bodyPart(zip: ZipEntries): Promise<string> {
  if (zip.has('word/document.xml') || !zip.has('_rels/.rels')) return 'word/document.xml';
  for (const relation of descendantsOf(await requiredPart(zip, '_rels/.rels'))) {
    const { Type: type = '', Target: target = '' } = relation.attribs;
    if (type.endsWith('/officeDocument')) return target.replace(/^\//, '');
  }
  return 'word/document.xml';
}

function readBody(part: Part, story: Story, styles: Styles): void {
  let found = false;
  for (const root of elementsOf(part)) {
    const body = childOf(root, 'w:body');
    if (body === null) continue;
    found = true;
    readStory(body, story, { styles, painted: hasPaintedPage(root) });
  }
  if (!found) throw new Unreadable('truncated-document', 'no w:body');
}

const hasPaintedPage = (root: XmlElement): boolean =>
  !/^(?:auto|F{6})?$/i.test(childOf(root, 'w:background')?.attribs['w:color'] ?? '');

/** SmartArt keeps the text of its shapes in a part of its own. */
function readDiagram(part: Part | null, story: Story): void {
  let count = 0;
  for (const element of descendantsOf(part ?? { children: [] })) {
    if (element.name !== 'a:p') continue;
    let text = '';
    for (const each of descendantsOf(element)) if (each.name === 'a:t') text += textOf(each);
    if (text.trim() === '') continue;
    count += 1;
    const line = {
      kind: 'line',
      text,
      where: `图示 第 ${count} 段`,
      heading: null,
      isHeading: false,
    } as const;
    const block = { ...line, level: null, bold: false };
    story.blocks.push(block);
    story.aside.add(block);
  }
}

/** Rows as they stand, covered cells of a merge as ''. */
export function tableFact({ name, rows }: Grid): DocumentFact['tables'][number] {
  return {
    name,
    rows: rows.map((row) => {
      const texts: string[] = [];
      for (const cell of row) {
        while (texts.length < cell.column && texts.length < 256) texts.push('');
        texts.push(cell.text);
      }
      return texts;
    }),
  };
}
