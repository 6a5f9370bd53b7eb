import { pageChecks } from '../../../../graders/checks/page/index.ts';
import { type Slot, slotSchema } from '../../../../rubrics/paper-schema.ts';
import { dreamweaverScript, type Files, factsOf, pictures } from '../../facts/pages/site.ts';
import { judge as judgeFacts, type Said } from '../common/bench.ts';

const image = (path: string): Slot => slotSchema.parse({ path, kind: 'image' });

export const slots: Readonly<Record<string, Slot>> = {
  index: slotSchema.parse({ path: 'index.html', kind: 'page' }),
  banner: image('images/banner.jpg'),
  tea1: image('images/tea1.jpg'),
  'btn-a': image('images/btn_a.jpg'),
  'btn-b': image('images/btn_b.jpg'),
};

export const images: Files = pictures(
  'images/banner.jpg',
  'images/tea1.jpg',
  'images/btn_a.jpg',
  'images/btn_b.jpg',
);

/** What a check says of a submission; a string is the page, with all pictures beside it. */
export async function judge(
  id: string,
  parameters: Record<string, unknown>,
  work: string | Files,
): Promise<Said> {
  const check = pageChecks.find((each) => each.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  const facts = await factsOf(typeof work === 'string' ? { 'index.html': work, ...images } : work);
  return judgeFacts(check, { slot: 'index', ...parameters }, { ...slots }, facts);
}

export const swapped = (hover: string): string =>
  `${dreamweaverScript}<a href="http://www.example.com/" onMouseOut="MM_swapImgRestore()" onMouseOver="MM_swapImage('Image2','','${hover}',1)"><img src="images/btn_a.jpg" name="Image2" id="Image2"></a>`;
