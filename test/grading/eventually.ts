import { vi } from 'vitest';

/** Waits until an expectation holds; how long it took is no part of any test. */
export const eventually = <T>(expectation: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(expectation, { timeout: 45_000, interval: 20 });
