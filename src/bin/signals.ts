/** Resolves with the first SIGTERM or SIGINT. A second one ends the process at once: somebody is impatient. */
export function untilTold(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const told = (signal: NodeJS.Signals): void => {
      for (const each of ['SIGTERM', 'SIGINT'] as const) process.once(each, () => process.exit(130));
      resolve(signal);
    };
    process.once('SIGTERM', told);
    process.once('SIGINT', told);
  });
}
