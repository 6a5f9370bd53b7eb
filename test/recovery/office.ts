import { setTimeout as wait } from 'node:timers/promises';
import type { Submission } from '../../src/grading/schema.ts';
import { type Place, sha256 } from './terminals.ts';

/** What an administrator's program asks the service. */
export class Office {
  readonly #place: Place;
  readonly #token: string;

  constructor(place: Place, token: string) {
    this.#place = place;
    this.#token = token;
  }

  async get(path: string): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#token}` };
    const answer = await fetch(`${this.#place.address}/api/v1${path}`, { headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  /** All submissions, or those in a state, over as many pages as there are. */
  async submissions(state?: Submission['state']): Promise<Submission[]> {
    const all: Submission[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = new URLSearchParams({ limit: '200', ...(state && { state }), ...(cursor && { cursor }) });
      const page = (await (await this.get(`/submissions?${query}`)).json()) as {
        items: Submission[];
        next: string | null;
      };
      all.push(...page.items);
      cursor = page.next;
    }
    return all;
  }

  /** Waits until no submission is on its way any more. */
  async allEnded(): Promise<Submission[]> {
    for (;;) {
      const all = await this.submissions();
      if (all.every(({ state }) => state === 'graded' || state === 'attention')) return all;
      await wait(200);
    }
  }

  /** Downloads every file of an attempt. @returns path → SHA-256 of the bytes that came */
  async filesOf(attempt: string): Promise<Record<string, string>> {
    const { files } = (await (await this.get(`/submissions/${attempt}`)).json()) as {
      files: { position: number; path: string }[];
    };
    const hashes = await Promise.all(
      files.map(async ({ position, path }) => {
        const answer = await this.get(`/submissions/${attempt}/files/${position}`);
        return [path, sha256(await answer.bytes())] as const;
      }),
    );
    return Object.fromEntries(hashes);
  }
}
