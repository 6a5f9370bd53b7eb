import * as xlsx from '@e965/xlsx';
import { readZipEntries, type ZipEntries, ZipReadError } from '../../../unpack/zip-entries.ts';
import { codeOf } from '../docx/docx.ts';
import { embeddedPictures } from '../docx/pictures.ts';
import { type Content, type DocumentProblem, Unreadable } from '../read.ts';
import { xmlBomb } from '../xml.ts';

/** Cells of one workbook, all sheets; a task's data has hundreds. What has more is no exam work. */
const mostCells = 200_000;
/** An old .xls is read whole; nothing in it is packed. */
const mostBinaryBytes = 32 * 1024 ** 2;

const options = {
  type: 'buffer',
  sheetStubs: true,
  cellNF: true,
  cellText: true,
  cellFormula: true,
  cellHTML: false,
  cellStyles: true,
  bookVBA: false,
} as const;

export interface Opened {
  book: xlsx.WorkBook;
  images: Content['images'];
  problems: DocumentProblem[];
}

/** What the parser needs of an .xlsx; pictures, charts, comments and macros stay closed. */
const needed =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:workbook\.xml|sharedStrings\.xml|styles\.xml|theme\/[^/]+\.xml|metadata\.xml|worksheets\/[^/]+\.xml|chartsheets\/[^/]+\.xml|_rels\/[^/]+\.rels))$/;

/**
 * Opens an OOXML workbook. Its parts go through the capped reader and are handed to the parser unpacked: what the
 * parser's own unzipping would do with a bomb does not matter.
 */
export async function openXlsx(bytes: Uint8Array): Promise<Opened> {
  const zip = await readZipEntries(bytes);
  try {
    return await openPackage(zip);
  } finally {
    await zip.close();
  }
}

async function openPackage(zip: ZipEntries): Promise<Opened> {
  const problems: DocumentProblem[] = zip.fault === null ? [] : [codeOf(zip.fault)];
  const container = xlsx.CFB.utils.cfb_new();
  let cells = 0;
  for (const name of zip.names.filter((each) => needed.test(each.replace(/^\//, '')))) {
    const part = await zip.read(name).catch((error: unknown) => {
      if (!(error instanceof ZipReadError)) throw error;
      throw new Unreadable(codeOf(error.fault), error.message);
    });
    const text = part.toString('latin1');
    if (xmlBomb(text)) throw new Unreadable('bomb-document', `${name} is too large`);
    if (name.includes('worksheets/')) cells += countCells(text);
    if (cells > mostCells) throw new Unreadable('bomb-document', `more than ${mostCells} cells`);
    xlsx.CFB.utils.cfb_add(container, `/${name}`, part, { unsafe: true });
  }
  const { images, damaged } = await embeddedPictures(zip, 'xl/');
  if (damaged) problems.push('truncated-document');
  const whole = xlsx.CFB.write(container, { fileType: 'zip', type: 'buffer' }) as Buffer;
  return { book: parse(whole), images, problems };
}

function countCells(text: string): number {
  let count = 0;
  for (let at = text.indexOf('<c'); at >= 0; at = text.indexOf('<c', at + 2)) count += 1;
  return count;
}

/** Opens a workbook of Excel 97 to 2003, or of WPS (.et). */
export function openXls(bytes: Uint8Array): Opened {
  if (bytes.length > mostBinaryBytes) throw new Unreadable('bomb-document', 'workbook is too large');
  return { book: parse(Buffer.from(bytes)), images: [], problems: [] };
}

function parse(bytes: Buffer): xlsx.WorkBook {
  try {
    return xlsx.read(bytes, options);
  } catch (error) {
    // The parser throws whatever it stumbles on; that a password is asked is all it tells apart.
    const why = String(error);
    throw new Unreadable(/password|encrypt/i.test(why) ? 'encrypted-document' : 'truncated-document', why);
  }
}
