import { describe, expect, it } from 'vitest';
import type { Check } from '../../../../graders/check.ts';
import { fileNames } from '../../../../graders/checks/common/file-names.ts';
import { filesPresent } from '../../../../graders/checks/common/files-present.ts';
import { folders } from '../../../../graders/checks/common/folders.ts';
import { noUnusedFiles } from '../../../../graders/checks/common/no-unused-files.ts';
import type { Facts, FileFact, PageFact } from '../../../../graders/facts/schema.ts';
import { slotSchema } from '../../../../rubrics/paper-schema.ts';
import { image, judge, noFacts } from './bench.ts';

const file = (path: string, more: Partial<FileFact> = {}): FileFact => ({
  path,
  bytes: 10,
  sha256: path,
  mime: null,
  extensionMatches: true,
  junk: null,
  used: null,
  ...more,
});
const having = (...files: (string | FileFact)[]): Facts => ({
  ...noFacts,
  files: files.map((one) => (typeof one === 'string' ? file(one) : one)),
});

const slots = {
  index: slotSchema.parse({ path: 'index.html', kind: 'page' }),
  banner: image('images/banner.jpg'),
  logo: image('images/logo.gif', { material: 'logo.psd' }),
};
const all = ['index', 'banner', 'logo'];
const right = ['index.html', 'images/banner.jpg', 'images/logo.gif'];
const say = (check: Check, parameters: Record<string, unknown>, facts: Facts, materials?: Facts) =>
  judge(check, parameters, slots, facts, materials);

describe('files-present', () => {
  it('gives each file its part, whatever it is called (F6)', () => {
    expect(say(filesPresent, { slots: all }, having(...right))).toMatchObject({ outcome: 'pass' });
    const said = say(filesPresent, { slots: all }, having('index.html.html', 'images/banner.jpg'));
    expect(said).toMatchObject({ outcome: 'partial', share: '2/3' });
    expect(say(filesPresent, { slots: ['logo'] }, having('index.html'))).toMatchObject({ outcome: 'fail' });
  });
  it('D5: any 素材 under the answer’s name is not the answer', () => {
    const facts = having(file('images/logo.gif', { sha256: 'm' }));
    const materials = having(file('other.gif', { sha256: 'm' }));
    expect(say(filesPresent, { slots: ['logo'] }, facts, materials)).toMatchObject({
      reason: { code: 'material-unchanged' },
    });
    // A slot that is not made from a 素材 may well ask for the 素材 itself.
    const banner = having(file('images/banner.jpg', { sha256: 'm' }));
    expect(say(filesPresent, { slots: ['banner'] }, banner, materials).outcome).toBe('pass');
  });
});

describe('file-names', () => {
  it('all as asked', () => {
    expect(say(fileNames, { slots: all }, having(...right))).toMatchObject({ outcome: 'pass' });
  });
  it('C7: a doubled extension costs half of that file’s part, and nothing else', () => {
    const said = say(
      fileNames,
      { slots: all },
      having('index.html.html', 'images/banner.jpg', 'images/logo.gif'),
    );
    expect(said).toMatchObject({ outcome: 'partial', share: '5/6' });
    expect(said.zh).toContain('index.html.html → index.html');
    const cheap = say(fileNames, { slots: ['index'], renamed: '2/3' }, having('index.htm', 'x.jpg'));
    expect(cheap).toMatchObject({ outcome: 'partial', share: '2/3' });
  });
  it('B3: .JPG and .jpeg cost nothing', () => {
    for (const name of ['images/banner.JPG', 'images/banner.jpeg']) {
      expect(say(fileNames, { slots: ['banner'] }, having('index.html', name)), name).toMatchObject({
        outcome: 'pass',
      });
    }
  });
  it('F6: a file that is not there is not charged for its name', () => {
    expect(say(fileNames, { slots: all }, having('index.html'))).toMatchObject({ outcome: 'pass' });
    const none = say(fileNames, { slots: all }, having('x.txt'));
    expect(none).toMatchObject({ outcome: 'fail', evidence: [{ kind: 'absent', searched: ['x.txt'] }] });
  });
  it('D4: a guess is confirmed by a human, two guesses are decided by one', () => {
    const guess = say(fileNames, { slots: ['banner'] }, having('index.html', 'images/bannre.jpg'));
    expect(guess).toMatchObject({ outcome: 'partial', share: '1/2', review: true });
    const two = say(
      fileNames,
      { slots: ['banner'] },
      having('index.html', 'images/banner(1).jpg', 'images/banner(2).jpg'),
    );
    expect(two).toMatchObject({ outcome: 'unknown' });
  });
});

describe('folders', () => {
  const parameters = { folders: ['images'], slots: ['banner', 'logo'] };
  it('case aside, and below the folder that holds the whole work', () => {
    expect(
      say(folders, parameters, having('index.html', 'Images/banner.jpg', 'images/logo.gif')).outcome,
    ).toBe('pass');
    expect(
      say(folders, parameters, having(...right.map((path) => `43010001/${path}`), 'x.txt')).outcome,
    ).toBe('pass');
  });
  it('a file elsewhere costs its part, a missing one nothing', () => {
    const said = say(folders, parameters, having('index.html', 'banner.jpg', 'images/logo.gif'));
    expect(said).toMatchObject({
      outcome: 'partial',
      share: '1/2',
      evidence: [{ value: '/', wanted: 'images' }],
    });
    expect(say(folders, parameters, having('index.html', 'images/logo.gif')).outcome).toBe('pass');
    expect(say(folders, parameters, having('index.html'))).toMatchObject({ outcome: 'fail' });
  });
});

describe('no-unused-files', () => {
  const facts = (...files: (string | FileFact)[]): Facts => {
    const made = having(file('index.html', { used: 'yes' }), ...files);
    return { ...made, pages: [{ path: 'index.html' } as PageFact] };
  };
  const unused = (path: string, more: Partial<FileFact> = {}) => file(path, { used: 'no', ...more });

  it('C11: one deduction whatever the number; maybe is not unused', () => {
    expect(
      say(
        noUnusedFiles,
        { entry: 'index' },
        facts(file('a.jpg', { used: 'yes' }), file('b.jpg', { used: 'maybe' })),
      ).outcome,
    ).toBe('pass');
    const said = say(noUnusedFiles, { entry: 'index' }, facts(unused('素材/tea1.jpg'), unused('副本.html')));
    expect(said).toMatchObject({ outcome: 'fail', share: '0' });
    expect(said.zh).toBe('有 2 个文件没有被网页用到：素材/tea1.jpg、副本.html。');
  });
  it('D2: what the system made does not count, nor what was asked for, nor what the paper lets pass', () => {
    const clean = facts(
      unused('Thumbs.db', { junk: 'os' }),
      unused('images/logo.gif'),
      unused('源文件/Logo.PSD'),
    );
    expect(say(noUnusedFiles, { entry: 'index', ignore: ['源文件/*.psd'] }, clean).outcome).toBe('pass');
    expect(say(noUnusedFiles, { entry: 'index' }, clean).outcome).toBe('fail');
  });
  it('without a readable entry page nothing can be said', () => {
    for (const found of [having('a.jpg'), having(file('index.html', { bytes: 0 }), 'a.jpg')]) {
      expect(say(noUnusedFiles, { entry: 'index' }, found)).toMatchObject({
        outcome: 'unknown',
        reason: { code: 'no-entry' },
      });
    }
    expect(say(noUnusedFiles, { entry: 'index' }, having())).toMatchObject({ outcome: 'fail' });
    expect(say(noUnusedFiles, { entry: 'index' }, having('index.html', 'a.jpg'))).toMatchObject({
      outcome: 'unknown',
    });
  });
});
