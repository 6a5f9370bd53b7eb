/** What each round of both sides took, in the order of the rounds. */
export interface Sides {
  readonly ours: number[];
  readonly baseline: number[];
}

/**
 * Measures two sides in turn: ours, baseline, ours, baseline … One round before the counted ones warms both up:
 * code is compiled, connections are open, children run.
 *
 * @param ours measures one round; round 0 is the one that does not count
 * @param between tidies up after a pair, unmeasured
 */
export async function alternate(
  rounds: number,
  sides: Record<keyof Sides, (round: number) => Promise<number>>,
  between: (round: number) => Promise<void> = async () => undefined,
): Promise<Sides> {
  const measured: Sides = { ours: [], baseline: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const ours = await sides.ours(round);
    const baseline = await sides.baseline(round);
    if (round > 0) {
      measured.ours.push(ours);
      measured.baseline.push(baseline);
    }
    await between(round);
  }
  return measured;
}
