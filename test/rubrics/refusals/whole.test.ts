import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { leaveOut } from '../../support/left-out.ts';
import { filesWith, folderOf, goodPaper } from '../paper-folder.ts';
import { lineOf, problemsOf, told } from './refusing.ts';

// macOS finds a file under either spelling of its name, so there is nothing to refuse.
const oneSpelling = process.platform !== 'darwin';
if (!oneSpelling) leaveOut('materials named in decomposed Unicode', 'this system finds both spellings');

describe('a paper that does not load', () => {
  it('is not the one that all these are made from', () => {
    expect(told(filesWith(goodPaper))).toEqual([]);
  });

  it('says all that is wrong at once, in the order of the lines, and nothing twice', () => {
    const paper = goodPaper
      .replace('path: 报告.docx', 'path: ../报告.docx')
      .replace('width: $width', 'width: $wide')
      .replace('by: suggest', 'by: guess')
      .replace('criterion: page-6', 'criterion: page-66')
      .replace('check: number', 'check: numbr');
    expect(told(filesWith(paper)).map((line) => line.split(':')[1])).toEqual([
      String(lineOf(paper, 'path: ../')),
      String(lineOf(paper, 'width: $wide')),
      String(lineOf(paper, 'width: $wide')),
      String(lineOf(paper, 'width: $wide')),
      String(lineOf(paper, 'by: guess')),
      String(lineOf(paper, 'check: numbr')),
      String(lineOf(paper, 'criterion: page-66')),
    ]);
  });

  it('does not call a reference unknown because the item it names is malformed', () => {
    const paper = goodPaper.replace('by: suggest', 'by: guess');
    expect(told(filesWith(paper))).toHaveLength(1);
  });

  it.each([
    ['points that are refused do not also miss the sum', 'points: 9.5', 'points: 9.505'],
    ['a circle is told where it closes first', 'value: "1" }', 'value: "1", input: page-5.price }'],
  ])('has one fault told once: %s', (_name, from, to) => {
    expect(told(filesWith(goodPaper.replace(from, () => to)))).toHaveLength(1);
  });

  it('without a paper.yaml', () => {
    expect(told({ 'task.md': '任务' })).toEqual(['paper.yaml:1: there is no paper.yaml']);
  });

  it('in another encoding than UTF-8', () => {
    const gbk = Buffer.concat([Buffer.from('title: '), Buffer.from([0xb2, 0xe2, 0xca, 0xd4])]);
    expect(told({ ...filesWith(goodPaper), 'paper.yaml': gbk })).toEqual([
      'paper.yaml:1: not valid UTF-8: save it as UTF-8',
    ]);
  });

  it('without its task, or with an empty one', () => {
    const { 'task.md': _, ...files } = filesWith(goodPaper);
    expect(told(files)).toEqual(['paper.yaml:1: the task file task.md cannot be used: there is no task.md']);
    expect(told({ ...files, 'task.md': ' \n' })).toEqual([
      'paper.yaml:1: the task file task.md cannot be used: it is empty',
    ]);
  });

  it('with anything among its materials that is no plain file of it', () => {
    expect(told({ ...filesWith(goodPaper), 'materials/Thumbs.db': 'x' })).toEqual([
      'materials/Thumbs.db:1: left by the desktop, no material: delete it',
    ]);
    const folder = folderOf(filesWith(goodPaper));
    symlinkSync('/etc/hostname', join(folder, 'materials', 'link.txt'));
    expect(problemsOf(folder).map(({ reason }) => reason)).toEqual([
      'a material must be a plain file, this is a link or a device',
    ]);
  });

  it.runIf(oneSpelling)('with a material that other systems would not find by its name', () => {
    expect(told({ ...filesWith(goodPaper), 'materials/e\u0301.jpg': 'x' })).toEqual([
      'materials/e\u0301.jpg:1: the name is in decomposed Unicode: rename the file',
    ]);
  });

  it('that is no map at all', () => {
    expect(told({ ...filesWith(goodPaper), 'paper.yaml': '- 1\n' })).toEqual([
      'paper.yaml:1: the paper: Invalid input: expected object, received array',
    ]);
    expect(told({ ...filesWith(goodPaper), 'paper.yaml': '' })).toHaveLength(1);
  });
});
