/**
 * Markup that would take a tree builder minutes or gigabytes, found before it is built. The HTML algorithm is
 * quadratic in nesting and in attributes of one tag, and unclosed formatting tags are cloned into every later block.
 * This is an estimate over tags, not a parser: it may refuse what is monstrous, never what a person writes.
 */

/** Attributes of one tag; a browser page has seldom more than 20. */
const mostAttributes = 1000;
/** Sum over all start tags of the elements open at that moment: 6,000 nested divs, or a flat page of any size. */
const mostDepthWork = 20_000_000;
/** The same for formatting tags, each of which is a clone in memory. */
const mostClones = 1_000_000;

const formatting = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '));
/** Closed by the next of their kind or holding nothing, so that an open one says nothing about depth. */
const selfClosing = new Set(
  (
    'p li dt dd td th tr tbody thead tfoot colgroup option optgroup rt rp html head body ' +
    'area base basefont bgsound br col embed frame hr img input link meta param source track wbr'
  ).split(' '),
);
const rawText = new Set('script style textarea title xmp iframe noembed noframes noscript'.split(' '));
/** Inside these the parser reads other rules, and raw text is not raw. */
const otherRules = new Set('svg math select frameset template'.split(' '));

const tagName = /[a-zA-Z][^\s/>]*/y;

/** Why this markup must not be parsed, or null: `depth`, `attributes` or `clones`. Linear in the text. */
export function markupBomb(text: string): 'depth' | 'attributes' | 'clones' | null {
  const open = new OpenTags();
  let at = text.indexOf('<');
  while (at !== -1) {
    const tag = readTag(text, at);
    if (tag.attributes > mostAttributes) return 'attributes';
    at = tag.end;
    if (tag.name !== '') {
      open.see(tag.name, tag.closing);
      if (open.depthWork > mostDepthWork) return 'depth';
      if (open.clones > mostClones) return 'clones';
      if (!tag.closing && !open.strange && rawText.has(tag.name)) at = endOfRaw(text, at, tag.name);
    }
    at = text.indexOf('<', at);
  }
  return null;
}

class OpenTags {
  depthWork = 0;
  clones = 0;
  strange = false;
  readonly #count = new Map<string, number>();
  #depth = 0;
  #formatting = 0;

  see(name: string, closing: boolean): void {
    if (otherRules.has(name)) this.strange = true;
    if (!this.strange && selfClosing.has(name)) {
      if (!closing) this.#work();
      return;
    }
    const count = this.#count.get(name) ?? 0;
    if (closing && count === 0) return;
    const change = closing ? -1 : 1;
    this.#count.set(name, count + change);
    this.#depth += change;
    if (formatting.has(name)) this.#formatting += change;
    if (!closing) this.#work();
  }

  #work(): void {
    this.depthWork += this.#depth;
    // A handful of forgotten tags is what people write; only a pile of them multiplies.
    if (this.#formatting > 20) this.clones += this.#formatting;
  }
}

interface Tag {
  name: string;
  closing: boolean;
  attributes: number;
  end: number;
}

function readTag(text: string, at: number): Tag {
  if (text.startsWith('<!--', at)) return nothing(after(text, '-->', at + 2));
  const closing = text[at + 1] === '/';
  tagName.lastIndex = at + (closing ? 2 : 1);
  const name = tagName.exec(text)?.[0];
  if (name === undefined) return nothing(at + 1);
  const { attributes, end } = readAttributes(text, tagName.lastIndex);
  return { name: name.toLowerCase(), closing, attributes, end };
}

const nothing = (end: number): Tag => ({ name: '', closing: false, attributes: 0, end });

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}

const attribute = /[\s/]*(?:>|[^\s/>=]*(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>"'][^\s>]*)?)?)/y;

function readAttributes(text: string, from: number): { attributes: number; end: number } {
  let at = from;
  let attributes = 0;
  while (at < text.length) {
    attribute.lastIndex = at;
    const found = attribute.exec(text)?.[0] ?? '';
    at += Math.max(found.length, 1);
    if (found.endsWith('>') && !/[="']/.test(found)) return { attributes, end: at };
    attributes += 1;
    if (attributes > mostAttributes) return { attributes, end: text.length };
  }
  return { attributes, end: text.length };
}

function endOfRaw(text: string, from: number, name: string): number {
  const closing = new RegExp(`</${name}`, 'gi');
  closing.lastIndex = from;
  return closing.exec(text)?.index ?? text.length;
}
