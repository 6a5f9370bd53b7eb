import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { z } from 'zod';
import type { KnownCheck } from '../../rubrics/paper-schema.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A temporary folder with these files; removed after the tests of the file. */
export function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rubrics-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Declares a check as the graders do, with the parameter type inferred. */
function known<S extends z.ZodType>(
  id: string,
  parameters: S,
  reads: { [K in 'slots' | 'items' | 'materials' | 'refuse']?: (parameters: z.output<S>) => string[] },
): KnownCheck {
  // Safe: the loader parses parameters with this very schema before it calls any of these.
  return { id, version: 1, parameters, slots: () => [], ...reads } as unknown as KnownCheck;
}

const checks = [
  known(
    'image-size',
    z.strictObject({
      slots: z.array(z.string()).min(1),
      width: z.number().int(),
      height: z.number().int(),
      near: z.number().default(1),
    }),
    { slots: ({ slots }) => slots },
  ),
  known(
    'number',
    z.strictObject({
      labels: z.array(z.string()).min(1),
      value: z.string(),
      input: z.string().optional(),
      overlap: z.boolean().optional(),
    }),
    {
      items: ({ input }) => (input === undefined ? [] : [input]),
      refuse: ({ overlap }) => (overlap ? ['known values 0.96 and 0.97 overlap, give an `order`'] : []),
    },
  ),
  known('same-as', z.strictObject({ slot: z.string(), material: z.string() }), {
    slots: ({ slot }) => [slot],
    materials: ({ material }) => [material],
  }),
  known('growing', z.strictObject({ value: z.string().transform((text) => `${text}0`) }), {}),
  known('clever', z.strictObject({ value: z.string().transform((text) => BigInt(text)) }), {}),
];

/** The checks that the papers of these tests may use. */
export const knownChecks: ReadonlyMap<string, KnownCheck> = new Map(checks.map((check) => [check.id, check]));

/** A small paper that loads; the tests of refusals change a line of it. */
export const goodPaper = `id: PAGE-9
title: 测试
module: page
minutes: 60
slots:
  tea1: { path: images/tea1.jpg, kind: image, material: tea1.jpg }
  tea2: { path: images/tea2.jpg, kind: image }
  report:
    path: 报告.docx
    kind: document
    also:
      - 报告.doc
facts:
  banner-width: 1000
  words: [客单价, 平均客单价]
causes:
  turn:tea1: page-3.turn
modifiers:
  - effect: halve
    items:
      - page-2.tea2
    when:
      item: page-3.turn
      outcome: [fail]
items:
  - id: page-2.$name
    criterion: page-2
    text: $name 的尺寸为 $width×$height
    points: 10
    by: auto
    check: image-size
    with:
      slots: [$name]
      width: $width
      height: $height
    each:
      - { name: tea1, width: 300, height: 400 }
      - { name: tea2, width: 400, height: 300 }
  - id: page-3.turn
    criterion: page-3
    text: tea1 转正
    points: 20
    by: suggest
    check: same-as
    with:
      slot: tea1
      material: tea1.jpg
  - id: page-5.price
    criterion: page-5
    text: 价格 $$5
    points: '10.50'
    by: auto
    check: number
    with:
      labels: $words
      value: "0.97"
      input: page-5.base
  - id: page-5.base
    criterion: page-5
    text: 底价
    points: 9.5
    by: auto
    check: number
    with: { labels: [底价], value: "1" }
  - id: page-6.look
    criterion: page-6
    text: 美观
    points: 38
    by: examiner
    hint: 看整体
  - id: page-9.six
    criterion: page-9
    text: 6S
    points: 2
    by: process
`;

/** The files of a paper's folder around its YAML. */
export const filesWith = (paper: string): Record<string, string | Buffer> => ({
  'paper.yaml': paper,
  'task.md': '# 任务\n制作首页。\n',
  'materials/tea1.jpg': Buffer.from('tea one'),
  'materials/sub/数据.txt': '一',
});
