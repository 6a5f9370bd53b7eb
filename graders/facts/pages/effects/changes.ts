import type { Range } from '../program.ts';

/** A property that a script sets, and which way: 1 grows, -1 shrinks, 0 unknown. */
export interface Change {
  readonly property: string;
  readonly sign: -1 | 0 | 1;
  /** Index of the token that names the property. */
  readonly at: number;
  readonly range: Range;
}

const properties = new Set(
  (
    'left top right bottom marginLeft marginTop marginRight scrollLeft scrollTop transform webkitTransform translate ' +
    'src display opacity visibility zIndex className backgroundImage background backgroundPosition innerHTML cssText ' +
    'width height zoom filter pixelLeft pixelTop posLeft posTop filters margin-left margin-top z-index ' +
    'background-image background-position'
  ).split(' '),
);

/** jQuery and DOM methods that show one thing instead of another. */
const showing = new Set(
  (
    'fadeIn fadeOut fadeTo fadeToggle show hide toggle slideUp slideDown slideToggle addClass removeClass toggleClass ' +
    'appendTo prependTo append prepend insertBefore insertAfter appendChild'
  ).split(' '),
);

const setters = new Set(['css', 'animate', 'attr', 'prop', 'setAttribute', 'setProperty']);
const scrollers = new Set(['scrollTo', 'scrollBy']);

/** Everything a stretch of script sets that could be seen. */
export function changesIn(range: Range): Change[] {
  const changes: Change[] = [];
  for (let at = range.from; at < range.to; at += 1) changes.push(...changesAt(range, at));
  return changes;
}

function changesAt(range: Range, at: number): Change[] {
  const { tokens } = range.piece;
  const token = tokens[at];
  if (token === undefined || (token.type !== 'name' && token.type !== 'string')) return [];
  const isMember = token.type === 'name' && tokens[at - 1]?.text === '.';
  const isIndex = token.type === 'string' && tokens[at - 1]?.text === '[' && tokens[at + 1]?.text === ']';
  if (properties.has(token.text) && (isMember || isIndex)) {
    const sign = assignment(range, isIndex ? at + 2 : at + 1);
    if (sign !== null) return [{ property: camel(token.text), sign, at, range }];
  }
  if (!isMember || tokens[at + 1]?.text !== '(') return [];
  if (setters.has(token.text)) return setBy(range, at);
  if (showing.has(token.text)) return [{ property: 'display', sign: 0, at, range }];
  return scrollers.has(token.text) ? [{ property: 'scrollTop', sign: 0, at, range }] : [];
}

const camel = (name: string): string =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The way of an assignment that begins at `at`; null when none does. */
function assignment(range: Range, at: number): Change['sign'] | null {
  const { tokens } = range.piece;
  const [first, second] = [tokens[at]?.text ?? '', tokens[at + 1]?.text ?? ''];
  if (first === '+' && (second === '+' || second === '=')) return 1;
  if (first === '-' && (second === '-' || second === '=')) return -1;
  if (first !== '=' || second === '=') return null;
  return signOfSum(range, at + 1);
}

/** `x.offsetLeft - 2 + 'px'` shrinks. A plus before a unit adds nothing. */
function signOfSum(range: Range, from: number): Change['sign'] {
  const { tokens, partner } = range.piece;
  let sign: Change['sign'] = 0;
  for (let at = from; at < range.to && !/^[;})]$/.test(tokens[at]?.text ?? ';'); at += 1) {
    const text = tokens[at]?.type === 'mark' ? tokens[at]?.text : '';
    if (text === '-' && at > from) return -1;
    if (text === '+' && at > from && tokens[at + 1]?.type !== 'string') sign = 1;
    if (text === '(' || text === '[') at = Math.max(partner[at] ?? at, at);
  }
  return sign;
}

/** `.css('left', x)`, `.animate({marginLeft: '-=10'})`, `.attr('src', x)`. */
function setBy(range: Range, at: number): Change[] {
  const { tokens, partner } = range.piece;
  const close = partner[at + 1] ?? -1;
  const end = close === -1 ? range.to : Math.min(close, range.to);
  const changes: Change[] = [];
  for (let inner = at + 2; inner < end; inner += 1) {
    const token = tokens[inner];
    const next = tokens[inner + 1]?.text ?? '';
    if (token === undefined || !properties.has(token.text) || (next !== ',' && next !== ':')) continue;
    changes.push({
      property: camel(token.text),
      sign: signOfValue(tokens[inner + 2]?.text ?? ''),
      at: inner,
      range,
    });
  }
  return changes;
}

function signOfValue(value: string): Change['sign'] {
  if (value.startsWith('-')) return -1;
  return value.startsWith('+') ? 1 : 0;
}

/** Which way things move on the screen when a property changes so; null when it cannot be told. */
export function directionOf({ property, sign }: Change): string | null {
  if (sign === 0) return null;
  const scrolls = property === 'scrollLeft' || property === 'scrollTop';
  const forward = scrolls || property === 'right' || property === 'marginRight' ? sign : -sign;
  if (/left|right/i.test(property)) return forward > 0 ? 'left' : 'right';
  if (/top|bottom/i.test(property)) return forward > 0 ? 'up' : 'down';
  return null;
}
