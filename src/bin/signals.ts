/**
 * A terminal sends Ctrl-C to every process of its group, and npm passes on to its child what it got itself: one press
 * arrives twice. Signals that follow this closely are one; milliseconds.
 */
const onePress = 1000;

/** Resolves with the first signal to end. A later one ends the process at once: somebody is impatient. */
export function untilTold(
  signals: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT'],
): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | null = null;
    const told = (signal: NodeJS.Signals): void => {
      if (first !== null && Date.now() - first > onePress) process.exit(130);
      first ??= Date.now();
      resolve(signal);
    };
    for (const signal of signals) process.on(signal, told);
  });
}
