import { fold } from '../../text/normalize.ts';

/** How a link as written compares with the asked one. */
export type LinkMatch = 'same' | 'no-scheme' | 'other';

/**
 * `https` for `http`, a trailing slash and the host's case change nothing (C28); without `http://` a browser looks
 * for a file of that name, so the link does not work.
 */
export function matchLink(written: string, asked: string): LinkMatch {
  const [left, right] = [plain(written), plain(asked)];
  if (left.address !== right.address) return 'other';
  return right.isRemote && !left.isRemote ? 'no-scheme' : 'same';
}

function plain(href: string): { address: string; isRemote: boolean } {
  const text = href.trim().normalize('NFKC').replace(/\s+/g, '');
  const isRemote = /^(https?:\/\/|\/\/)/i.test(text);
  const address = text.replace(/^(https?:)?\/\//i, '');
  const slash = address.search(/[/?#]/);
  const host = slash === -1 ? address : address.slice(0, slash);
  const rest = slash === -1 ? '' : address.slice(slash);
  return { address: `${host.toLowerCase()}${rest}`.replace(/\/+$/, ''), isRemote };
}

/** True when the text of a link, quoted with its tags, holds the asked words. */
export function hasText(source: string, text: string): boolean {
  return fold(source.replace(/<[^>]*>/g, '')).includes(fold(text));
}
