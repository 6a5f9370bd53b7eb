import { describe, expect, it } from 'vitest';
import { gather } from '../../src/intake/gather.ts';

describe('gathering', () => {
  it('gives what comes meanwhile in one call, each thing once and in order', async () => {
    const calls: number[][] = [];
    const gates: (() => void)[] = [];
    const take = gather<number>(async (items) => {
      calls.push([...items]);
      await new Promise<void>((resolve) => gates.push(resolve));
    });
    const first = take(1);
    await expect.poll(() => calls).toEqual([[1]]);
    const rest = [take(2), take(3), take(4)];
    gates[0]?.();
    await first;
    await expect.poll(() => calls).toEqual([[1], [2, 3, 4]]);
    gates[1]?.();
    await Promise.all(rest);
    const last = take(5);
    await expect.poll(() => calls.length).toBe(3);
    gates[2]?.();
    await last;
    expect(calls.flat()).toEqual([1, 2, 3, 4, 5]);
  });

  it('fails for those in the call that failed, and goes on', async () => {
    let calls = 0;
    const take = gather<number>(async () => {
      calls += 1;
      if (calls === 1) throw new Error('no queue');
    });
    await expect(take(1)).rejects.toThrow('no queue');
    await expect(take(2)).resolves.toBeUndefined();
  });
});
