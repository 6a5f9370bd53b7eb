/** A mark that was given and is not confirmed by the service yet. */
export interface PendingMark {
  readonly account: string;
  readonly candidate: string;
  readonly item: string;
  /** The item's words, for messages when its submission is no longer on the screen. */
  readonly text: string;
  readonly points: number | null;
  readonly doubt: boolean;
  readonly comment: string;
  /** Id of the newest mark that the marker saw; null when there was none. */
  readonly seen: string | null;
}

const prefix = 'kaoping.mark/';
const nameOf = ({ account, candidate, item }: Pick<PendingMark, 'account' | 'candidate' | 'item'>): string =>
  `${prefix}${account}/${candidate}/${item}`;

/** Writes a mark down on this machine before it is sent: a cut cable or a closed window loses nothing. */
export const writeDown = (mark: PendingMark): void =>
  localStorage.setItem(nameOf(mark), JSON.stringify(mark));

export const strikeOut = (mark: PendingMark): void => localStorage.removeItem(nameOf(mark));

/** What an account left unsent on this machine, from whatever window. */
export function writtenDown(account: string): PendingMark[] {
  const names = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '');
  return names
    .filter((name) => name.startsWith(`${prefix}${account}/`))
    .map((name) => JSON.parse(localStorage.getItem(name) ?? '') as PendingMark);
}
