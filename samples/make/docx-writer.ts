import { makeZip, type ZipMember } from './zip-writer.ts';

/** A cell that reaches over others: 0-based place and reach in a table's `merges`. */
export interface DocxMerge {
  row: number;
  column: number;
  rows?: number;
  columns?: number;
}

/** One block of a Word document written by {@link makeDocx}. Line breaks in texts become `w:br`. */
export type DocxBlock =
  | { heading: string; level: number; numbered?: boolean }
  | { paragraph: string; bold?: boolean; inserted?: boolean }
  | { table: string[][]; merges?: DocxMerge[]; shadedHead?: boolean }
  /** Written twice, as Word does: DrawingML with a VML fallback. */
  | { textBox: string[] }
  | { deleted: string }
  | { hidden: string }
  | { white: string; shading?: string }
  | { picture: Uint8Array; name?: string }
  /** A fraction of the formula editor behind a text. */
  | { formula: { before: string; over: string; under: string; after: string } }
  | { header: string }
  | { footnote: string }
  | { comment: string }
  | { embedded: string }
  | { raw: string };

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

const texts = (text: string): string =>
  text
    .split('\n')
    .map((line) => `<w:t xml:space="preserve">${escaped(line)}</w:t>`)
    .join('<w:br/>');

const run = (text: string, properties = ''): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}${texts(text)}</w:r>`;

const paragraph = (content: string, properties = ''): string =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;

const revision = 'w:id="1" w:author="考生" w:date="2026-06-01T10:00:00Z"';

function tableXml({
  table,
  merges = [],
  shadedHead = false,
}: Extract<DocxBlock, { table: unknown }>): string {
  const rows = table.map((cells, row) => {
    const written = cells.flatMap((text, column) =>
      cellXml(text, { row, column, merges, shaded: shadedHead && row === 0 }),
    );
    return `<w:tr>${written.join('')}</w:tr>`;
  });
  return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>${rows.join('')}</w:tbl>`;
}

function cellXml(
  text: string,
  at: { row: number; column: number; merges: readonly DocxMerge[]; shaded: boolean },
): string[] {
  const { row, column, merges, shaded } = at;
  const merge = merges.find(
    (each) =>
      row >= each.row &&
      row < each.row + (each.rows ?? 1) &&
      column >= each.column &&
      column < each.column + (each.columns ?? 1),
  );
  if (merge !== undefined && column > merge.column) return [];
  const properties = [
    merge?.columns === undefined ? '' : `<w:gridSpan w:val="${merge.columns}"/>`,
    merge?.rows === undefined ? '' : row === merge.row ? '<w:vMerge w:val="restart"/>' : '<w:vMerge/>',
    shaded ? '<w:shd w:val="clear" w:fill="1F4E79"/>' : '',
  ].join('');
  const shown = merge !== undefined && row > merge.row ? '' : text;
  const colour = shaded ? '<w:color w:val="FFFFFF"/>' : '';
  const content = shown.split('\n').map((line) => paragraph(run(line, colour)));
  return [`<w:tc><w:tcPr>${properties}</w:tcPr>${content.join('')}</w:tc>`];
}

function textBoxXml(lines: readonly string[]): string {
  const content = `<w:txbxContent>${lines.map((line) => paragraph(run(line))).join('')}</w:txbxContent>`;
  const drawing =
    '<w:drawing><wp:inline><wp:extent cx="1800000" cy="900000"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">' +
    `<wps:wsp><wps:spPr/><wps:txbx>${content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>`;
  const vml = `<w:pict><v:shape><v:textbox>${content}</v:textbox></v:shape></w:pict>`;
  return paragraph(
    `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${drawing}</mc:Choice><mc:Fallback>${vml}</mc:Fallback></mc:AlternateContent></w:r>`,
  );
}

const mathRun = (text: string): string => `<m:r><m:t>${escaped(text)}</m:t></m:r>`;

/** Parts of the package beside the body, filled while the body is written. */
class Package {
  readonly members: ZipMember[] = [];
  readonly relations: string[] = [];
  headers = '';
  footnotes = '';
  comments = '';

  relate(type: string, target: string): string {
    const id = `rId${this.relations.length + 1}`;
    this.relations.push(
      `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`,
    );
    return id;
  }

  picture(bytes: Uint8Array, name: string): string {
    const id = this.relate('image', `media/${name}`);
    this.members.push({ name: `word/media/${name}`, data: bytes, method: 'store' });
    return paragraph(
      `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
    );
  }
}

function headingXml({ heading, level, numbered = false }: Extract<DocxBlock, { heading: unknown }>): string {
  const list = numbered ? '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' : '';
  return paragraph(run(heading), `<w:pStyle w:val="${level}"/>${list}`);
}

function proseXml(block: DocxBlock): string | null {
  if ('heading' in block) return headingXml(block);
  if ('paragraph' in block) {
    const text = run(block.paragraph, block.bold === true ? '<w:b/>' : '');
    return paragraph(block.inserted === true ? `<w:ins ${revision}>${text}</w:ins>` : text);
  }
  if ('deleted' in block) {
    const gone = `<w:r><w:delText xml:space="preserve">${escaped(block.deleted)}</w:delText></w:r>`;
    return paragraph(`<w:del ${revision}>${gone}</w:del>`);
  }
  if ('hidden' in block) return paragraph(run(block.hidden, '<w:vanish/>'));
  if ('white' in block) {
    const shading = block.shading === undefined ? '' : `<w:shd w:val="clear" w:fill="${block.shading}"/>`;
    return paragraph(run(block.white, `<w:color w:val="FFFFFF"/>${shading}`));
  }
  return 'raw' in block ? block.raw : null;
}

function drawnXml(block: DocxBlock, into: Package): string | null {
  if ('table' in block) return tableXml(block);
  if ('textBox' in block) return textBoxXml(block.textBox);
  if ('picture' in block)
    return into.picture(block.picture, block.name ?? `image${into.members.length + 1}.png`);
  if ('formula' in block) {
    const { before, over, under, after } = block.formula;
    const fraction = `<m:f><m:num>${mathRun(over)}</m:num><m:den>${mathRun(under)}</m:den></m:f>`;
    return paragraph(`${run(before)}<m:oMath>${fraction}${mathRun(after)}</m:oMath>`);
  }
  if ('embedded' in block) {
    return paragraph(
      `<w:r><w:object><o:OLEObject Type="Embed" ProgID="${escaped(block.embedded)}"/></w:object></w:r>`,
    );
  }
  return null;
}

function blockXml(block: DocxBlock, into: Package): string {
  const written = proseXml(block) ?? drawnXml(block, into);
  if (written !== null) return written;
  if ('header' in block) into.headers += paragraph(run(block.header));
  if ('footnote' in block) into.footnotes += paragraph(run(block.footnote));
  if ('comment' in block) into.comments += paragraph(run(block.comment));
  return '';
}

const namespaces = [
  ['w', 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'],
  ['r', 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'],
  ['wp', 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'],
  ['a', 'http://schemas.openxmlformats.org/drawingml/2006/main'],
  ['pic', 'http://schemas.openxmlformats.org/drawingml/2006/picture'],
  ['mc', 'http://schemas.openxmlformats.org/markup-compatibility/2006'],
  ['wps', 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape'],
  ['v', 'urn:schemas-microsoft-com:vml'],
  ['o', 'urn:schemas-microsoft-com:office:office'],
  ['m', 'http://schemas.openxmlformats.org/officeDocument/2006/math'],
]
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ');

const part = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:${root} ${namespaces}>${content}</w:${root}>`;

const styles = Array.from(
  { length: 9 },
  (_, index) =>
    `<w:style w:type="paragraph" w:styleId="${index + 1}"><w:name w:val="heading ${index + 1}"/><w:pPr><w:outlineLvl w:val="${index}"/></w:pPr></w:style>`,
).join('');

const override = (name: string, type: string): string =>
  `<Override PartName="/word/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${type}+xml"/>`;

const contentTypes =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
  '<Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>' +
  override('document', 'document.main') +
  override('styles', 'styles') +
  override('header1', 'header') +
  override('footnotes', 'footnotes') +
  override('comments', 'comments') +
  '</Types>';

const relationships = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;

/** A Word document with the parts that real ones have, as Word writes them: the same bytes for the same blocks. */
export function makeDocx(blocks: readonly DocxBlock[]): Buffer {
  const into = new Package();
  into.relate('styles', 'styles.xml');
  const body = blocks.map((block) => blockXml(block, into)).join('');
  const members: ZipMember[] = [
    { name: '[Content_Types].xml', data: contentTypes },
    {
      name: '_rels/.rels',
      data: relationships(
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>',
      ),
    },
    { name: 'word/document.xml', data: part('document', `<w:body>${body}<w:sectPr/></w:body>`) },
    { name: 'word/styles.xml', data: part('styles', styles) },
  ];
  if (into.headers !== '') {
    into.relate('header', 'header1.xml');
    members.push({ name: 'word/header1.xml', data: part('hdr', into.headers) });
  }
  if (into.footnotes !== '') {
    into.relate('footnotes', 'footnotes.xml');
    members.push({
      name: 'word/footnotes.xml',
      data: part('footnotes', `<w:footnote w:id="1">${into.footnotes}</w:footnote>`),
    });
  }
  if (into.comments !== '') {
    into.relate('comments', 'comments.xml');
    members.push({
      name: 'word/comments.xml',
      data: part('comments', `<w:comment w:id="1">${into.comments}</w:comment>`),
    });
  }
  members.push({ name: 'word/_rels/document.xml.rels', data: relationships(into.relations.join('')) });
  return makeZip([...members, ...into.members]);
}
