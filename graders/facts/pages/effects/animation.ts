import type { Span } from '../../schema.ts';
import type { PageModel } from '../page.ts';
import { spanAt } from '../source.ts';
import type { Element } from '../tree.ts';

interface Animation {
  readonly name: string;
  readonly changes: ReadonlySet<string>;
}

/** What each `animation` value means on a page: many elements share one. */
const known = new WeakMap<PageModel, Map<string, Animation | null>>();

/** The animation that runs on an element by itself: its keyframes' name, what they change, and the rule. */
export function animationOf(page: PageModel, element: Element): (Animation & { span: Span | null }) | null {
  for (const property of ['animation', 'animation-name', '-webkit-animation', '-webkit-animation-name']) {
    const styled = page.cascade.of(element, property);
    const animation = styled === null ? null : named(page, styled.value);
    if (styled === null || animation === null) continue;
    const { rule } = styled;
    return { ...animation, span: rule === null ? null : spanAt(rule.sheet.source, rule.start, rule.end) };
  }
  return null;
}

function named(page: PageModel, value: string): Animation | null {
  const values = known.get(page) ?? new Map<string, Animation | null>();
  known.set(page, values);
  const before = values.get(value);
  if (before !== undefined) return before;
  const animation = search(page, value.toLowerCase().split(/[\s,]+/));
  values.set(value, animation);
  return animation;
}

function search(page: PageModel, words: readonly string[]): Animation | null {
  for (const sheet of page.sheets) {
    const name = words.find((word) => sheet.keyframes.has(word));
    const changes = name === undefined ? undefined : sheet.keyframes.get(name);
    if (name !== undefined && changes !== undefined) return { name, changes };
  }
  return null;
}
