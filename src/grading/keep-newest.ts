/**
 * Keeps the newest few of what never changes and costs something to load. Callers at the same time share one load;
 * a failure is forgotten, so that the next caller tries again.
 */
export function keepNewest<T>(limit: number): (key: string, load: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (key, load) => {
    const known = kept.get(key);
    if (known) return known;
    const loading = load();
    kept.set(key, loading);
    loading.catch(() => kept.get(key) === loading && kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
    return loading;
  };
}
