/** A wait that was given up. */
export class DeadlineError extends Error {
  override name = 'DeadlineError';
}

/**
 * Waits for `promise`, at most `ms` milliseconds. The promise itself is not stopped; what it does later, even
 * failing, is ignored. @throws DeadlineError with `message`
 */
export async function within<T>(promise: Promise<T>, ms: number, message: string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DeadlineError(`${message} within ${ms} ms`)), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
