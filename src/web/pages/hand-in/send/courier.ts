import type { Answers } from '../../../api/answers-schema.ts';
import { ApiProblem, isPassing } from '../../../api/problem.ts';
import { sumOf } from '../pick/picked.ts';
import type { Outgoing } from './outbox.ts';
import type { Progress, Transport } from './progress.ts';
import { sendSmall } from './small.ts';

/** A hand-in on its way; `cut`: waiting to try again. */
export type OnTheWay =
  | { readonly at: 'running'; readonly progress: Progress }
  | { readonly at: 'cut'; readonly retryAt: number };

/** How a delivery ended. `expired`: the token is no longer taken, nothing is lost. */
export type Delivered =
  | { readonly at: 'received'; readonly answer: Answers['handedIn'] }
  | { readonly at: 'refused'; readonly error: unknown }
  | { readonly at: 'expired' }
  | { readonly at: 'stopped' };

/** Up to this sum one request is quickest; beyond it every cut cable would start all over. */
const smallBytes = 20 * 2 ** 20;

/** Waits after the first, second, … cut; milliseconds. The last is repeated. */
const waits = [1000, 2000, 5000, 10_000];

function waitAfter(error: unknown, tries: number): number {
  const asked = error instanceof ApiProblem ? (error.retryAfter ?? 0) * 1000 : 0;
  return Math.max(asked, waits[Math.min(tries, waits.length - 1)] ?? 0);
}

async function sendOnce(outgoing: Outgoing, transport: Transport): Promise<Answers['handedIn']> {
  if (sumOf(outgoing.files) < smallBytes) return sendSmall(outgoing, transport);
  const { sendLarge } = await import('./large.ts');
  return sendLarge(outgoing, transport);
}

/** Sends one hand-in, with one key, as often as the cable is cut. */
export class Courier {
  readonly #outgoing: Outgoing;
  readonly #token: string;
  readonly #show: (state: OnTheWay) => void;
  readonly #control = new AbortController();
  #wake: (() => void) | null = null;

  constructor(outgoing: Outgoing, token: string, show: (state: OnTheWay) => void) {
    this.#outgoing = outgoing;
    this.#token = token;
    this.#show = show;
  }

  /** Tries until there is a receipt, a refusal, or somebody stops it. Never throws. */
  async deliver(): Promise<Delivered> {
    for (let tries = 0; ; tries += 1) {
      const ended = await this.#try();
      if (this.#control.signal.aborted) return { at: 'stopped' };
      if (ended.at !== 'cut') return ended;
      await this.#rest(waitAfter(ended.error, tries));
      if (this.#control.signal.aborted) return { at: 'stopped' };
    }
  }

  retryNow(): void {
    this.#wake?.();
  }

  stop(): void {
    this.#control.abort();
    this.#wake?.();
  }

  async #try(): Promise<Delivered | { at: 'cut'; error: unknown }> {
    const { signal } = this.#control;
    const onProgress = (progress: Progress): void => {
      if (!signal.aborted) this.#show({ at: 'running', progress });
    };
    onProgress({ phase: 'sending', done: 0, total: sumOf(this.#outgoing.files) });
    try {
      const answer = await sendOnce(this.#outgoing, { token: this.#token, signal, onProgress });
      return { at: 'received', answer };
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return { at: 'expired' };
      return isPassing(error) ? { at: 'cut', error } : { at: 'refused', error };
    }
  }

  async #rest(ms: number): Promise<void> {
    this.#show({ at: 'cut', retryAt: Date.now() + ms });
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, ms);
    });
  }
}
