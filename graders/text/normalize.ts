/** Comparing what people typed: full-width or not, upper or lower case, with or without blanks. */

/** Blanks and what is shown as nothing (zero-width, soft hyphen, direction marks); NFKC makes U+0020 of the wide ones. */
const blanks = /[\s\p{Default_Ignorable_Code_Point}]+/gu;

/** NFKC, case folded, all blanks dropped (no-break, ideographic, zero-width included): the form in which texts are compared. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(blanks, '').normalize('NFKC');
}

/** True when two texts are the same to a reader who ignores width, case and blanks. */
export function sameText(a: string, b: string): boolean {
  return fold(a) === fold(b);
}

/**
 * Order of names as people count: detail_2 before detail_10. Width and case do not matter;
 * names that fold to the same are ordered by their characters, so the order is total and stable.
 */
export function compareNatural(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = comparePart(left[index] ?? '', right[index] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length || compareCharacters(a, b);
}

function parts(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[0-9]+|[^0-9]+/g) ?? []
  );
}

function comparePart(a: string, b: string): number {
  if (!/^[0-9]/.test(a) || !/^[0-9]/.test(b)) return compareCharacters(a, b);
  const left = a.replace(/^0+(?=.)/, '');
  const right = b.replace(/^0+(?=.)/, '');
  return left.length - right.length || compareCharacters(left, right);
}

function compareCharacters(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
