/**
 * Runs work that opens things one after another; what it put on the stack is closed in reverse when it ends, well or
 * not. What shall live on is moved off the stack. (A `using` declaration would say the same, but the linter of the
 * walls cannot read a file that has one.)
 */
export async function closing<T>(work: (open: AsyncDisposableStack) => Promise<T>): Promise<T> {
  const open = new AsyncDisposableStack();
  try {
    return await work(open);
  } finally {
    await open.disposeAsync();
  }
}
