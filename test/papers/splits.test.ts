import { describe, expect, it } from 'vitest';
import type { DecidedBy } from '../../rubrics/breakdown.ts';
import { formatPoints, parsePoints, sumOf } from '../../rubrics/points.ts';
import { paperIds, readSheet } from './sources.ts';

/** Points of each criterion as the exam office splits them. */
const splits: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'PRE-1': {
    'presale-1': 10,
    'presale-2': 10,
    'presale-3': 20,
    'presale-5': 8,
    'presale-6': 17,
    'presale-7': 25,
    'presale-8': 10,
  },
  'AFT-1': {
    'aftersale-1': 12,
    'aftersale-2': 12,
    'aftersale-3': 16,
    'aftersale-4': 8,
    'aftersale-5': 12,
    'aftersale-6': 8,
    'aftersale-7': 10,
    'aftersale-8': 12,
    'aftersale-9': 10,
  },
  'PAGE-1': {
    'page-1': 10,
    'page-2': 15,
    'page-3': 12,
    'page-4': 10,
    'page-5': 12,
    'page-6': 10,
    'page-7': 11,
    'page-8': 10,
    'page-9': 10,
  },
  'PAGE-2': {
    'page-1': 6,
    'page-2': 10,
    'page-4': 8,
    'page-5': 9,
    'page-6': 22,
    'page-7': 12,
    'page-8': 23,
    'page-9': 10,
  },
  'SHOP-1': {
    'shop-1': 15,
    'shop-2': 15,
    'shop-3': 12,
    'shop-4': 22,
    'shop-5': 14,
    'shop-6': 12,
    'shop-10': 10,
  },
  'SHOP-2': { 'shop-7': 35, 'shop-8': 40, 'shop-9': 15, 'shop-10': 10 },
  'OPS-1': { 'ops-1': 10, 'ops-5': 32, 'ops-6': 30, 'ops-7': 18, 'ops-9': 10 },
  'OPS-2': { 'ops-3': 15, 'ops-4': 25, 'ops-8': 50, 'ops-9': 10 },
  'MKT-1': { 'mkt-1': 10, 'mkt-2': 12, 'mkt-3': 16, 'mkt-4': 20, 'mkt-6': 32, 'mkt-7': 10 },
  'MKT-2': { 'mkt-1': 6, 'mkt-4': 26, 'mkt-5': 28, 'mkt-6': 30, 'mkt-7': 10 },
};

it('there are ten papers, two for each module', () => {
  expect(paperIds).toEqual(Object.keys(splits).sort());
  const modules = paperIds.map((id) => readSheet(id).paper.module).sort();
  expect(modules).toEqual(['mkt', 'mkt', 'ops', 'ops', 'page', 'page', 'service', 'service', 'shop', 'shop']);
});

describe.each(paperIds)('%s', (id) => {
  const { paper, items, task } = readSheet(id);

  it('splits its 100 points over the criteria as agreed', () => {
    const points = Map.groupBy(items, ({ criterion }) => criterion);
    const sums = [...points].map(([criterion, list]) => [
      criterion,
      Number(formatPoints(sumOf(list.map((item) => parsePoints(String(item.points)))))),
    ]);
    expect(Object.fromEntries(sums)).toEqual(splits[id]);
    expect(sumOf(items.map((item) => parsePoints(String(item.points)))).equals(100)).toBe(true);
  });

  it('gives every item to whoever can decide it', () => {
    const judged: readonly DecidedBy[] = ['auto', 'suggest'];
    const wrong = items.filter(({ by, check }) => judged.includes(by) !== (check !== undefined));
    expect(wrong.map((item) => item.id)).toEqual([]);
  });

  it('leaves 6S to the invigilator, once', () => {
    const process = items.filter(({ by }) => by === 'process');
    expect(process.map((item) => item.id)).toEqual([`${process[0]?.criterion}.6s`]);
  });

  it('names in the task every file that it asks for', () => {
    for (const slot of Object.values(paper.slots)) {
      expect(task).toContain(slot.path.split('/').at(-1));
      for (const folder of slot.path.split('/').slice(0, -1)) expect(task).toContain(folder);
    }
  });
});
