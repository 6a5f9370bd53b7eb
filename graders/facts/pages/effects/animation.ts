import type { Span } from '../../schema.ts';
import type { PageModel } from '../page.ts';
import { spanAt } from '../source.ts';
import type { Element } from '../tree.ts';

/** The animation that runs on an element by itself: its keyframes' name and what they change. */
export function animationOf(
  page: PageModel,
  element: Element,
): { name: string; changes: ReadonlySet<string>; span: Span | null } | null {
  for (const property of ['animation', 'animation-name', '-webkit-animation', '-webkit-animation-name']) {
    const styled = page.cascade.of(element, property);
    if (styled === null) continue;
    const words = styled.value.toLowerCase().split(/[\s,]+/);
    for (const sheet of page.sheets) {
      const name = words.find((word) => sheet.keyframes.has(word));
      const changes = name === undefined ? undefined : sheet.keyframes.get(name);
      if (name === undefined || changes === undefined) continue;
      const { rule } = styled;
      return { name, changes, span: rule === null ? null : spanAt(rule.sheet.source, rule.start, rule.end) };
    }
  }
  return null;
}
