import type { Answers } from '../../../api/answers-schema.ts';
import { call } from '../../../api/client.ts';
import { ApiProblem, isPassing } from '../../../api/problem.ts';
import { type PendingMark, strikeOut, writeDown, writtenDown } from './pending.ts';

type Marked = Answers['marked'];
type Mark = Marked['marks'][number];

/** Two humans, or one in two windows: what was given here, and what stands. */
export interface Conflict {
  readonly mine: PendingMark;
  readonly current: Mark | null;
}

export interface Refusal {
  readonly mine: PendingMark;
  readonly error: unknown;
}

export interface QueueState {
  readonly pending: readonly PendingMark[];
  readonly conflicts: readonly Conflict[];
  readonly refusals: readonly Refusal[];
  /** offline: waiting for the network; signed-out: waiting for somebody to sign in again. */
  readonly line: 'clear' | 'offline' | 'signed-out';
}

/** Between two tries while nothing answers; milliseconds. */
const patience = 3000;

const isSame = (a: PendingMark, b: PendingMark): boolean => a.candidate === b.candidate && a.item === b.item;

/** The answer to an earlier sending got lost: what stands is what was given here. */
const isOwn = ({ points, doubt, comment }: PendingMark, current: Mark | null): current is Mark =>
  current?.mine === true &&
  current.points === points &&
  current.doubt === doubt &&
  current.comment === comment;

/**
 * The marks of one account on their way, one after the other. Each is written down before it is sent and struck out
 * when the service has it; a cut cable only delays it. The service refuses what was given without seeing the newest
 * mark, and both are then put side by side.
 */
export class MarkQueue {
  readonly #account: string;
  readonly #onMarked: (candidate: string, marked: Marked | null) => void;
  readonly #listeners = new Set<() => void>();
  #state: QueueState;
  #running = false;
  #wake: (() => void) | null = null;

  /** @param onMarked told of each saved mark; null when only asking again can tell what stands */
  constructor(account: string, onMarked: (candidate: string, marked: Marked | null) => void) {
    this.#account = account;
    this.#onMarked = onMarked;
    this.#state = { pending: writtenDown(account), conflicts: [], refusals: [], line: 'clear' };
    void this.#run();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly state = (): QueueState => this.#state;

  /** Gives a mark. One of the same item that waits is replaced: nobody has seen it. */
  put(mark: Omit<PendingMark, 'account'>): void {
    const given = { ...mark, account: this.#account };
    writeDown(given);
    const others = this.#state.pending.filter((one) => !isSame(one, given));
    this.#set({ pending: [...others, given] });
    this.#wake?.();
    void this.#run();
  }

  /** Settles a conflict: mine is given again, now on top of the mark that was seen; or what stands is kept. */
  settle({ mine, current }: Conflict, choice: 'mine' | 'theirs'): void {
    this.#set({ conflicts: this.#state.conflicts.filter((one) => one.mine !== mine) });
    if (choice === 'mine') this.put({ ...mine, seen: current?.id ?? null });
    else this.#onMarked(mine.candidate, null);
  }

  /** Marks that the service refused while several were accepted at once. */
  disagree(conflicts: readonly Conflict[]): void {
    this.#set({ conflicts: [...this.#state.conflicts, ...conflicts] });
  }

  dismiss(refusal: Refusal): void {
    this.#set({ refusals: this.#state.refusals.filter((one) => one !== refusal) });
  }

  /** Tries now: the network is back, somebody signed in. */
  readonly wake = (): void => {
    this.#wake?.();
    void this.#run();
  };

  #set(change: Partial<QueueState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let [mark] = this.#state.pending; mark; [mark] = this.#state.pending) await this.#deliver(mark);
    this.#running = false;
  }

  async #deliver(mark: PendingMark): Promise<void> {
    try {
      const { candidate, item, points, doubt, comment, seen } = mark;
      const marked = await call(
        'marked',
        `/review/submissions/${candidate}/items/${encodeURIComponent(item)}`,
        {
          method: 'PUT',
          body: { points, doubt, comment, seen },
        },
      );
      this.#set({ line: 'clear' });
      // First what was saved, then what waited: in between, the item would look as if nobody had marked it.
      this.#onMarked(candidate, marked);
      this.#leave(mark, marked.marks.find((one) => one.item === item)?.id ?? null);
    } catch (error) {
      await this.#failed(mark, error);
    }
  }

  async #failed(mark: PendingMark, error: unknown): Promise<void> {
    const signedOut = error instanceof ApiProblem && error.status === 401;
    if (signedOut || isPassing(error)) {
      this.#set({ line: signedOut ? 'signed-out' : 'offline' });
      return this.#rest();
    }
    if (!(error instanceof ApiProblem && error.code === 'changed-meanwhile')) {
      this.#leave(mark, null);
      return this.#set({ refusals: [...this.#state.refusals, { mine: mark, error }] });
    }
    const current = (error.body as Pick<Answers['changedMeanwhile'], 'current'>).current;
    this.#leave(mark, current?.id ?? null);
    if (isOwn(mark, current)) return this.#onMarked(mark.candidate, null);
    this.#set({ conflicts: [...this.#state.conflicts, { mine: mark, current }] });
  }

  /** Takes a mark off the line. A newer one of the same item, given meanwhile, was given on top of it. */
  #leave(mark: PendingMark, saved: string | null): void {
    const newer = this.#state.pending.find((one) => one !== mark && isSame(one, mark));
    const rest = this.#state.pending.filter((one) => !isSame(one, mark));
    if (!newer) {
      strikeOut(mark);
      this.#set({ pending: rest });
      return;
    }
    const moved = { ...newer, seen: saved ?? newer.seen };
    writeDown(moved);
    this.#set({ pending: [...rest, moved] });
  }

  async #rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, patience);
    });
    this.#wake = null;
  }
}
