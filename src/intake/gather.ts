/**
 * Makes one call out of many that come while one is under way: in the rush at the end of a session what would be
 * hundreds of trips to a queue becomes a handful. A call that comes alone goes at once.
 * @param work takes what was gathered, one call at a time; a failure is that of all who are in it
 */
export function gather<T>(work: (gathered: T[]) => Promise<void>): (one: T) => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let waiting: { items: T[]; done: Promise<void> } | null = null;
  return (one) => {
    if (waiting === null) {
      const items: T[] = [];
      const begin = (): Promise<void> => {
        waiting = null;
        return work(items);
      };
      const done = running.then(begin, begin);
      waiting = { items, done };
      running = done;
    }
    waiting.items.push(one);
    return waiting.done;
  };
}
