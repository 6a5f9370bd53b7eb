import outlines from './glyphs.json' with { type: 'json' };

/** Units to the em of the outlines. */
const em = 200;

interface Look {
  /** Left end of the line and its baseline, pixels. */
  readonly x: number;
  readonly y: number;
  /** Height of a Chinese character, pixels. */
  readonly size: number;
  readonly fill: string;
  /** 0 to 1; below 1 the picture shines through, as through a watermark. */
  readonly opacity?: number;
  /** Colour of an outline around the letters. */
  readonly edge?: string;
}

const glyphs: Readonly<Record<string, { width: number; path: string }>> = outlines.glyphs;

function glyphOf(character: string): { width: number; path: string } {
  const glyph = glyphs[character];
  if (glyph === undefined) throw new Error(`glyphs.json has no outline of ${JSON.stringify(character)}`);
  return glyph;
}

const advanceOf = (character: string): number => (character === ' ' ? em / 3 : glyphOf(character).width);

/** Width of a line of text at that size, pixels. */
export const lineWidth = (text: string, size: number): number =>
  [...text].reduce((sum, character) => sum + advanceOf(character), 0) * (size / em);

/**
 * A line of text as SVG outlines, so that no font of the machine is needed and the same pixels come out everywhere.
 * @throws Error for a character without an outline
 */
export function lettering(text: string, { x, y, size, fill, opacity = 1, edge }: Look): string {
  const scale = size / em;
  let pen = 0;
  const paths = [...text].map((character) => {
    const at = pen;
    pen += advanceOf(character);
    return character === ' ' ? '' : `<path transform="translate(${at} 0)" d="${glyphOf(character).path}"/>`;
  });
  const stroke = edge === undefined ? '' : ` stroke="${edge}" stroke-width="14" paint-order="stroke"`;
  return `<g transform="translate(${x} ${y}) scale(${scale})" fill="${fill}" opacity="${opacity}"${stroke}>${paths.join('')}</g>`;
}

/** An SVG of that size around drawn parts. */
export const svg = (width: number, height: number, ...parts: readonly string[]): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>`,
  );
