import { childOf, elementsOf, type XmlElement, type XmlNode } from '../xml.ts';

/** What a style says about its paragraphs or runs, inherited from the styles it is based on. */
export interface Style {
  /** 1 to 9; null for body text. */
  readonly level: number | null;
  readonly bold: boolean;
  readonly hidden: boolean;
  readonly white: boolean;
  /** Something is painted behind the text. */
  readonly shaded: boolean;
}

const plain: Style = { level: null, bold: false, hidden: false, white: false, shaded: false };

/** Word allows styles to be based on each other ten deep; a file may claim any number. */
const deepest = 32;

export type Styles = (id: string | undefined) => Style;

/** `w:b`, `w:vanish` …: on when it stands there, unless it says no. */
export function isOn(properties: XmlElement | null, name: string): boolean | null {
  const toggle = childOf(properties, name);
  if (toggle === null) return null;
  return !/^(?:0|false|off|none)$/.test(toggle.attribs['w:val'] ?? '1');
}

/** White or as good as white, by value or by the theme's background. Null when no colour is given. */
export function isWhite(properties: XmlElement | null): boolean | null {
  const colour = childOf(properties, 'w:color');
  if (colour === null) return null;
  const { 'w:val': value = '', 'w:themeColor': theme = '', 'w:themeShade': shade } = colour.attribs;
  if (theme === 'background1' || theme === 'light1') return shade === undefined;
  const [, red = '0', green = '0', blue = '0'] = /^([\dA-F]{2})([\dA-F]{2})([\dA-F]{2})$/i.exec(value) ?? [];
  return [red, green, blue].every((channel) => Number.parseInt(channel, 16) >= 0xf8);
}

/** Painted behind: shading or highlighting in any colour but white. */
export function isShaded(properties: XmlElement | null): boolean | null {
  const highlight = childOf(properties, 'w:highlight')?.attribs['w:val'];
  if (highlight !== undefined && highlight !== 'none' && highlight !== 'white') return true;
  const shading = childOf(properties, 'w:shd');
  if (shading === null) return null;
  const { 'w:fill': fill = 'auto', 'w:val': pattern = 'clear', 'w:themeFill': theme } = shading.attribs;
  return (pattern !== 'clear' && pattern !== 'nil') || theme !== undefined || !/^(?:auto|F{6})$/i.test(fill);
}

/** Built-in names are English in every language version; WPS and old files also write them in Chinese. */
function levelOf(name: string, paragraph: XmlElement | null): number | null {
  const outline = Number(childOf(paragraph, 'w:outlineLvl')?.attribs['w:val'] ?? '9');
  if (outline >= 0 && outline < 9) return outline + 1;
  const numbered = /^(?:heading|标题)\s*([1-9])$/i.exec(name);
  if (numbered !== null) return Number(numbered[1]);
  return /^(?:title|标题)$/i.test(name) ? 1 : null;
}

/** Reads `word/styles.xml`. A style based on itself, through others, ends where it began. */
export function readStyles(part: { children: readonly XmlNode[] } | null): Styles {
  const elements = new Map<string, XmlElement>();
  for (const root of part === null ? [] : elementsOf(part)) {
    for (const element of elementsOf(root)) {
      const id = element.attribs['w:styleId'];
      if (element.name === 'w:style' && id !== undefined) elements.set(id, element);
    }
  }
  const known = new Map<string, Style>();
  const resolve = (id: string, depth: number): Style => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const element = elements.get(id);
    if (element === undefined || depth > deepest) return plain;
    known.set(id, plain);
    const basedOn = childOf(element, 'w:basedOn')?.attribs['w:val'];
    const base = basedOn === undefined ? plain : resolve(basedOn, depth + 1);
    const paragraph = childOf(element, 'w:pPr');
    const run = childOf(element, 'w:rPr');
    const style: Style = {
      level: levelOf(childOf(element, 'w:name')?.attribs['w:val'] ?? '', paragraph) ?? base.level,
      bold: isOn(run, 'w:b') ?? base.bold,
      hidden: isOn(run, 'w:vanish') ?? base.hidden,
      white: isWhite(run) ?? base.white,
      shaded: isShaded(run) ?? isShaded(paragraph) ?? base.shaded,
    };
    known.set(id, style);
    return style;
  };
  return (id) => (id === undefined ? plain : resolve(id, 0));
}
