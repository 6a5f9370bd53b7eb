import { describe, expect, it } from 'vitest';
import { catalogue, criterionOf, moduleNames, partNames } from '../../rubrics/catalogue.ts';

describe('the catalogue of criteria', () => {
  it('holds the 52 of the standard, 8 + 9 + 9 + 10 + 9 + 7', () => {
    const counts = [...partNames.keys()].map((part) => catalogue.filter((one) => one.part === part).length);
    expect([...partNames.keys()]).toEqual(['presale', 'aftersale', 'page', 'shop', 'ops', 'mkt']);
    expect(counts).toEqual([8, 9, 9, 10, 9, 7]);
    expect(catalogue).toHaveLength(52);
  });

  it('numbers each part from 1, and an id is part and number', () => {
    for (const { id, part, number } of catalogue) expect(id).toBe(`${part}-${number}`);
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(52);
  });

  it('keeps both halves of 客服 in one of the five modules', () => {
    expect([...moduleNames.keys()]).toEqual(['service', 'page', 'shop', 'ops', 'mkt']);
    expect(criterionOf('presale-8')?.module).toBe('service');
    expect(criterionOf('aftersale-9')?.module).toBe('service');
    expect(criterionOf('mkt-7')?.module).toBe('mkt');
  });

  it('marks the last criterion of each part as 职业素养', () => {
    expect(catalogue.filter(({ professional }) => professional).map(({ id }) => id)).toEqual([
      'presale-8',
      'aftersale-9',
      'page-9',
      'shop-10',
      'ops-9',
      'mkt-7',
    ]);
    for (const { text, professional } of catalogue) expect(text.includes('6S')).toBe(professional);
  });

  it('carries the words of the standard, a misprint included and noted', () => {
    expect(criterionOf('page-5')?.text).toBe('网页基本属性以及 Keyword、description 等设置正确');
    expect(criterionOf('ops-8')?.text).toContain('店铺的陈本、利润计算正确');
    expect(catalogue.filter(({ note }) => note !== null).map(({ id }) => id)).toEqual(['ops-8']);
  });

  it('knows no other criterion', () => {
    expect(criterionOf('page-10')).toBeUndefined();
  });
});
