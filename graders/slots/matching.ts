/** Which files could fill which slots: slot ▶ files, both in a fixed order. */
export type Edges = ReadonlyMap<string, readonly string[]>;

/** A slot's outcome: its only possible file, or all files that could be meant. */
export type Settled = { readonly only: string } | { readonly possible: readonly string[] };

/** Components with more edges than this are a heap of look-alikes that nobody tells apart but a human. */
const edgeCap = 400;

/** A largest one-to-one assignment by augmenting paths (Kuhn's algorithm); deterministic for ordered edges. */
function largest(edges: Edges, without: { slot?: string; file?: string } = {}): Map<string, string> {
  const holder = new Map<string, string>();
  const augment = (slot: string, tried: Set<string>): boolean => {
    for (const file of edges.get(slot) ?? []) {
      if (file === without.file || tried.has(file)) continue;
      tried.add(file);
      const other = holder.get(file);
      if (other === undefined || augment(other, tried)) {
        holder.set(file, slot);
        return true;
      }
    }
    return false;
  };
  for (const slot of edges.keys()) if (slot !== without.slot) augment(slot, new Set());
  return new Map([...holder].map(([file, slot]) => [slot, file]));
}

/** Slots that share a file, directly or through others, are decided together; others cannot disturb each other. */
function components(edges: Edges): Edges[] {
  const left = new Map(edges);
  const parts: Edges[] = [];
  for (const first of edges.keys()) {
    if (!left.has(first)) continue;
    const part = new Map<string, readonly string[]>();
    const queue = [first];
    for (let slot = queue.pop(); slot !== undefined; slot = queue.pop()) {
      const files = left.get(slot);
      if (files === undefined) continue;
      left.delete(slot);
      part.set(slot, files);
      queue.push(
        ...[...left].filter(([, others]) => others.some((file) => files.includes(file))).map(([s]) => s),
      );
    }
    parts.push(new Map([...edges].filter(([slot]) => part.has(slot))));
  }
  return parts;
}

function settleComponent(
  edges: Edges,
  sameBytes: (files: readonly string[]) => boolean,
): Map<string, Settled> {
  const settled = new Map<string, Settled>();
  const count = [...edges.values()].reduce((sum, files) => sum + files.length, 0);
  if (count > edgeCap && edges.size > 1) {
    for (const [slot, possible] of edges) settled.set(slot, { possible });
    return settled;
  }
  const assignment = largest(edges);
  for (const [slot, files] of edges) {
    const possible = files.filter((file) => largest(edges, { slot, file }).size + 1 === assignment.size);
    const always = largest(edges, { slot }).size < assignment.size;
    const file = assignment.get(slot);
    const decided = always && file !== undefined && (possible.length === 1 || sameBytes(possible));
    settled.set(slot, decided ? { only: file } : { possible });
  }
  return withoutDecided(settled);
}

/** A file that one slot surely gets is no longer possible for another. */
function withoutDecided(settled: ReadonlyMap<string, Settled>): Map<string, Settled> {
  const taken = new Set([...settled.values()].flatMap((one) => ('only' in one ? [one.only] : [])));
  return new Map(
    [...settled].map(([slot, one]) => [
      slot,
      'only' in one ? one : { possible: one.possible.filter((file) => !taken.has(file)) },
    ]),
  );
}

/**
 * Decides equally good fits one to one: a slot gets a file only when every largest assignment gives it that very
 * file (or one with the same bytes); where assignments differ, all possible files are named.
 */
export function settle(edges: Edges, sameBytes: (files: readonly string[]) => boolean): Map<string, Settled> {
  const settled = new Map<string, Settled>();
  for (const component of components(edges)) {
    for (const [slot, outcome] of settleComponent(component, sameBytes)) settled.set(slot, outcome);
  }
  return settled;
}
