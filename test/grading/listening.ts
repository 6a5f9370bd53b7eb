import type { Progress } from '../../src/grading/events.ts';
import { eventually } from './eventually.ts';

/** A browser's side of a stream of server-sent events. */
export interface Listening {
  /** Progress that was heard so far, in order. */
  readonly heard: Progress[];
  /** How often it was told to read the list anew. */
  readonly reloads: () => number;
  /** States of one attempt, in the order they were told. */
  statesOf(attemptId: string): string[];
  /** Resolves when the service has ended the stream. */
  readonly ended: Promise<void>;
}

/** Reads a stream until it ends; resolves once the first event, `reload`, has come. */
export async function listenTo(answer: Response): Promise<Listening> {
  const heard: Progress[] = [];
  let reloads = 0;
  const take = (block: string): void => {
    const event = /^event: (.*)$/m.exec(block)?.[1];
    const data = /^data: (.*)$/m.exec(block)?.[1] ?? 'null';
    if (event === 'reload') reloads += 1;
    if (event === 'progress') heard.push(JSON.parse(data));
  };
  const ended = (async () => {
    if (!answer.body) throw new Error('the answer has no body');
    let text = '';
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) take(block);
    }
  })();
  const listening = {
    heard,
    reloads: () => reloads,
    statesOf: (attemptId: string) =>
      heard.filter((progress) => progress.attemptId === attemptId).map(({ state }) => state),
    ended,
  };
  await eventually(() => {
    if (reloads === 0) throw new Error('nothing came yet');
  });
  return listening;
}
