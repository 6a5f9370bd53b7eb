import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../support/folder.ts';

/** A folder with a small paper; another task text makes another version. `material` is the content of its one 素材. */
export async function paperFolder(task: string, id = 'PAGE-8', material = '素材'): Promise<string> {
  const folder = await temporaryFolder();
  const paper = `id: ${id}
title: 专题页
module: page
minutes: 60
slots:
  home: { path: index.html, kind: page }
items:
  - { id: page-6.look, criterion: page-6, text: 美观, points: 100, by: examiner }
`;
  await writeFile(join(folder, 'paper.yaml'), paper);
  await writeFile(join(folder, 'task.md'), task);
  await mkdir(join(folder, 'materials'));
  await writeFile(join(folder, 'materials/素材.txt'), material);
  return folder;
}
