import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadPaper, loadPapers, PaperError } from '../../rubrics/load-paper.ts';
import { paperSchema } from '../../rubrics/paper-schema.ts';
import { filesWith, folderOf, goodPaper, knownChecks } from './paper-folder.ts';

const load = (yaml: string) => loadPaper(folderOf(filesWith(yaml)), knownChecks);

describe('loading a paper', () => {
  const paper = load(goodPaper);
  const item = (id: string) => paper.items.find((one) => one.id === id);

  it('is what the schema of papers says', () => {
    expect(paperSchema.parse(paper)).toEqual(paper);
  });

  it('writes an item once per row, typed where $name stands alone', () => {
    expect(paper.items.map(({ id }) => id)).toEqual([
      'page-2.tea1',
      'page-2.tea2',
      'page-3.turn',
      'page-5.price',
      'page-5.base',
      'page-6.look',
      'page-9.six',
    ]);
    expect(item('page-2.tea2')).toMatchObject({
      text: 'tea2 的尺寸为 400×300',
      parameters: { slots: ['tea2'], width: 400, height: 300 },
    });
  });

  it("fills in the paper's facts, keeps a list a list, and reads $$ as a dollar", () => {
    expect(item('page-5.price')?.parameters.labels).toEqual(['客单价', '平均客单价']);
    expect(item('page-5.price')?.text).toBe('价格 $5');
  });

  it('lets a row win over a fact of the same name', () => {
    const shadowed = load(goodPaper.replace('banner-width: 1000', 'width: 9'));
    expect(shadowed.items[0]?.parameters.width).toBe(300);
  });

  it('ends a name in braces where letters follow', () => {
    const braced = load(goodPaper.replace('text: 底价', `text: \${banner-width}px`));
    expect(braced.items.find(({ id }) => id === 'page-5.base')?.text).toBe('1000px');
  });

  it("keeps the check's defaults with the version", () => {
    expect(item('page-2.tea1')?.parameters.near).toBe(1);
  });

  it('writes points in one spelling', () => {
    expect(item('page-5.price')?.points).toBe('10.5');
    expect(item('page-5.base')?.points).toBe('9.5');
  });

  it('hashes every material, sorted by path', () => {
    expect(paper.materials).toEqual([
      { path: 'sub/数据.txt', bytes: 3, sha256: createHash('sha256').update('一').digest('hex') },
      { path: 'tea1.jpg', bytes: 7, sha256: createHash('sha256').update('tea one').digest('hex') },
    ]);
  });

  it('reads the task with one kind of line end', () => {
    const folder = folderOf({ ...filesWith(goodPaper), 'task.md': '# 任务\r\n一\r\n' });
    expect(loadPaper(folder, knownChecks).taskText).toBe('# 任务\n一\n');
  });

  it('allows both halves of the service module', () => {
    const service = `id: PRE-9
title: 客服
module: service
minutes: 60
slots: {}
items:
  - { id: a, criterion: presale-1, text: 甲, points: 60, by: examiner }
  - { id: b, criterion: aftersale-9, text: 乙, points: 40, by: process }
`;
    expect(load(service).items).toHaveLength(2);
  });
});

describe('loading all papers', () => {
  it('takes every folder that holds a paper, by name', () => {
    const files = Object.entries(filesWith(goodPaper));
    const second = Object.entries(filesWith(goodPaper.replace('PAGE-9', 'PAGE-8')));
    const root = folderOf({
      ...Object.fromEntries(files.map(([path, content]) => [`B/${path}`, content])),
      ...Object.fromEntries(second.map(([path, content]) => [`A/${path}`, content])),
      'draw/draw.ts': '// draws',
    });
    expect(loadPapers(root, knownChecks).map(({ id }) => id)).toEqual(['PAGE-8', 'PAGE-9']);
  });

  it('tells the problems of all papers at once, and of two papers with one id', () => {
    const good = Object.entries(filesWith(goodPaper));
    const root = folderOf({
      ...Object.fromEntries(good.map(([path, content]) => [`a/${path}`, content])),
      ...Object.fromEntries(good.map(([path, content]) => [`b/${path}`, content])),
      'c/task.md': 'no paper.yaml here',
      'd/paper.yaml': 'id: [',
    });
    expect(() => loadPapers(root, knownChecks)).toThrow(PaperError);
    try {
      loadPapers(root, knownChecks);
    } catch (error) {
      if (!(error instanceof PaperError)) throw error;
      expect(error.problems.map(({ file }) => file.slice(root.length + 1))).toEqual(
        expect.arrayContaining(['b/paper.yaml', 'c/paper.yaml', 'd/paper.yaml']),
      );
      expect(error.message).toContain('the paper id PAGE-9 is also that of a');
    }
  });
});
