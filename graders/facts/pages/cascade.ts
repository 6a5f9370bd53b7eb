import { parseInline, type StyleDeclaration, type StyleSheet } from './style.ts';
import { ancestors, type Element, type Tree } from './tree.ts';

/** The value of a property on an element, and the rule that gave it (null: its own `style` attribute). */
export interface Styled {
  readonly value: string;
  readonly rule: RuleRef | null;
}

export interface RuleRef {
  readonly sheet: StyleSheet;
  readonly selector: string;
  readonly declarations: readonly StyleDeclaration[];
  readonly start: number;
  readonly end: number;
}

/** A `:hover` rule with the elements it changes. */
export interface HoverRule extends RuleRef {
  /** The selector without its `:hover`. */
  readonly base: string;
  readonly elements: readonly Element[];
}

/** Only what the facts ask for is kept. */
const kept = new Set(
  (
    'display visibility position width height left top right bottom float grid-template-columns zoom ' +
    'background background-image background-position animation animation-name -webkit-animation ' +
    '-webkit-animation-name transform overflow margin-left'
  ).split(' '),
);

/** Selector × element tests of one page; beyond it the style sheets outgrow any exam page. */
const mostTests = 40_000_000;
/** These look at all siblings of every element, which is quadratic on a flat page. */
const siblingSelectors = /[~+]|:nth-|:only-|:has|:last|:empty|:contains/i;
const largePage = 5000;
/** Hover rules that are looked at for effects. */
const mostHovers = 1000;

/**
 * What the candidate's CSS says about each element: specificity, order and `!important`, without inheritance.
 * States (`:hover`) are kept apart; media queries for screens are taken as holding.
 */
export class Cascade {
  readonly hovers: readonly HoverRule[];
  /** True when the style sheets were too much to apply in full. */
  readonly incomplete: boolean;
  readonly #styles = new Map<Element, Map<string, Styled & { weight: number }>>();
  readonly #hidden = new Map<Element, boolean>();

  constructor(tree: Tree, sheets: readonly StyleSheet[]) {
    const hovers: HoverRule[] = [];
    let tests = 0;
    let order = 0;
    for (const sheet of sheets) {
      for (const rule of sheet.rules) {
        order += 1;
        tests += tree.elements.length;
        if (tests > mostTests) break;
        if (rule.selector.includes(':hover')) {
          if (hovers.length < mostHovers) hovers.push(hoverOf(tree, sheet, rule));
        } else this.#apply(tree, { sheet, ...rule }, order);
      }
    }
    this.hovers = hovers;
    this.incomplete = tests > mostTests;
    for (const element of tree.elements) this.#applyInline(element);
  }

  of(element: Element, property: string): Styled | null {
    return this.#styles.get(element)?.get(property) ?? null;
  }

  value(element: Element, property: string): string {
    return this.of(element, property)?.value.toLowerCase() ?? '';
  }

  /** Not shown: it or something around it is `display:none` or has the attribute `hidden`. */
  isHidden(element: Element): boolean {
    const chain: Element[] = [element, ...ancestors(element)];
    const known = chain.findIndex((each) => this.#hidden.has(each));
    const unknown = known === -1 ? chain : chain.slice(0, known);
    let hidden = known === -1 ? false : this.#hidden.get(chain[known] ?? element) === true;
    for (const each of unknown.reverse()) {
      hidden ||= this.value(each, 'display').startsWith('none') || each.attribs.hidden !== undefined;
      this.#hidden.set(each, hidden);
    }
    return hidden;
  }

  #apply(tree: Tree, rule: RuleRef, order: number): void {
    const declarations = rule.declarations.filter(({ property }) => kept.has(property));
    if (declarations.length === 0) return;
    const specificity = specificityOf(rule.selector);
    for (const element of select(tree, rule.selector)) {
      for (const { property, value, important } of declarations) {
        this.#set(element, property, {
          value,
          rule,
          weight: (important ? 1e12 : 0) + specificity * 1e6 + order,
        });
      }
    }
  }

  #applyInline(element: Element): void {
    const style = element.attribs.style;
    if (style === undefined || style.trim() === '') return;
    for (const { property, value, important } of parseInline(style)) {
      if (kept.has(property))
        this.#set(element, property, { value, rule: null, weight: important ? 2e12 : 1e11 });
    }
  }

  #set(element: Element, property: string, styled: Styled & { weight: number }): void {
    const styles = this.#styles.get(element) ?? new Map<string, Styled & { weight: number }>();
    const old = styles.get(property);
    if (old === undefined || styled.weight >= old.weight) styles.set(property, styled);
    this.#styles.set(element, styles);
  }
}

function hoverOf(tree: Tree, sheet: StyleSheet, rule: StyleSheet['rules'][number]): HoverRule {
  const base = rule.selector.replaceAll(':hover', '').replace(/(^|[\s>+~])(?=$|[\s>+~])/g, '$1*');
  return { sheet, ...rule, base, elements: select(tree, base) };
}

/** The elements a selector matches; none for what is no selector, as browsers drop such a rule. */
export function select(tree: Tree, selector: string): Element[] {
  const plain = selector.replace(/::?(link|visited|before|after|first-line|first-letter)\b/gi, '').trim();
  if (plain === '' || selector.length > 1000) return [];
  if (/:(active|focus|target|checked)/i.test(plain)) return [];
  if (tree.elements.length > largePage && siblingSelectors.test(plain)) return [];
  try {
    return tree
      .query(plain)
      .get()
      .filter((node): node is Element => 'attribs' in node);
  } catch (error) {
    // css-select and css-what throw plain errors for selectors they do not know.
    if (error instanceof Error) return [];
    throw error;
  }
}

/** Ids × 10,000 + classes, attributes and states × 100 + tags; enough for any selector people write. */
function specificityOf(selector: string): number {
  const ids = selector.match(/#[\w-]+/g)?.length ?? 0;
  const classes = selector.match(/\.[\w-]+|\[|:(?!:)/g)?.length ?? 0;
  const tags = selector.match(/(?:^|[\s>+~])[a-z]/gi)?.length ?? 0;
  return ids * 10_000 + classes * 100 + tags;
}
