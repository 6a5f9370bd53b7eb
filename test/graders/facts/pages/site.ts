import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SourceFile } from '../../../../graders/facts/collector.ts';
import { fileFacts } from '../../../../graders/facts/files/files.ts';
import { mimeOf } from '../../../../graders/facts/files/mime.ts';
import { pageCollector } from '../../../../graders/facts/pages/collector.ts';
import { usageOf } from '../../../../graders/facts/pages/usage.ts';
import type { EffectFact, EffectName, Facts, PageFact } from '../../../../graders/facts/schema.ts';
import { junkOf } from '../../../../graders/unpack/junk.ts';
import { temporaryFolder } from '../../../support/folder.ts';

/** Files of a submission by path; a text is written as UTF-8. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes the files to a folder of their own and measures them as a grading run does. */
export async function factsOf(files: Files): Promise<Facts> {
  const folder = await temporaryFolder();
  const sources = await Promise.all(
    Object.entries(files).map(([path, content]) => write(folder, path, content)),
  );
  sources.sort((a, b) => (a.path < b.path ? -1 : 1));
  const pages = sources.filter((file) => file.bytes > 0 && pageCollector.accepts(file));
  const collected = await pageCollector.collect(pages, sources);
  return {
    files: fileFacts(sources, usageOf(collected.facts, sources)),
    images: [],
    pages: [...collected.facts],
    documents: [],
    answers: [],
    problems: [...collected.problems],
  };
}

async function write(folder: string, path: string, content: string | Uint8Array): Promise<SourceFile> {
  const location = join(folder, path);
  await mkdir(dirname(location), { recursive: true });
  await writeFile(location, content);
  const bytes = Buffer.from(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    path,
    location,
    bytes: bytes.length,
    sha256,
    mime: await mimeOf(location, path),
    junk: junkOf(path),
  };
}

/** The facts of `index.html`, or of the only page. */
export async function pageOf(files: Files | string): Promise<PageFact> {
  const facts = await factsOf(typeof files === 'string' ? { 'index.html': files } : files);
  const page = facts.pages.find(({ path }) => path === 'index.html') ?? facts.pages[0];
  if (page === undefined) throw new Error(`no page: ${JSON.stringify(facts.problems)}`);
  return page;
}

/** Pictures that are no pictures: pages only compare their bytes. */
export const pictures = (...names: string[]): Files =>
  Object.fromEntries(names.map((name) => [name, `picture ${name}`]));

export async function effectOf(name: EffectName, page: string, others: Files = {}): Promise<EffectFact> {
  const measured = await pageOf({ 'index.html': page, ...others });
  return measured.effects[name];
}

/** What Dreamweaver writes into the head for its swapping pictures, shortened. */
export const dreamweaverScript = `<script type="text/javascript">
function MM_preloadImages() { var d=document; if(d.images){ if(!d.MM_p) d.MM_p=new Array(); } }
function MM_swapImgRestore() { var i,x,a=document.MM_sr; for(i=0;a&&i<a.length&&(x=a[i])&&x.oSrc;i++) x.src=x.oSrc; }
function MM_findObj(n, d) { var p,i,x; if(!d) d=document; if(!(x=d[n])&&d.all) x=d.all[n]; return x; }
function MM_swapImage() {
  var i,j=0,x,a=MM_swapImage.arguments; document.MM_sr=new Array; for(i=0;i<(a.length-2);i+=3)
   if ((x=MM_findObj(a[i]))!=null){document.MM_sr[j++]=x; if(!x.oSrc) x.oSrc=x.src; x.src=a[i+2];}
}
</script>`;
