import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileFact } from '../../../graders/facts/schema.ts';
import { resolveSlots, type SlotBinding } from '../../../graders/slots.ts';
import { type Slot, type SlotKind, slotSchema } from '../../../rubrics/paper-schema.ts';

const slot = (path: string, kind: SlotKind = 'image', also: string[] = []): Slot =>
  slotSchema.parse({ path, kind, also });

const file = (path: string, sha256 = path, bytes = 1000): FileFact => ({
  path,
  bytes,
  sha256,
  mime: null,
  extensionMatches: true,
  junk: /(^|\/)(Thumbs\.db|~\$|\.)/.test(path) ? 'os' : null,
  used: null,
});

/** Resolves one slot among files: state, bound path or candidates, and how. */
function one(
  asked: Slot,
  ...paths: (string | FileFact)[]
): [string, string | string[] | null, string | null] {
  const files = paths.map((path) => (typeof path === 'string' ? file(path) : path));
  const binding = resolveSlots({ it: asked }, files).get('it');
  if (binding === undefined) throw new Error('no binding');
  const bound = binding.file?.path ?? null;
  return [
    binding.state,
    bound ?? (binding.candidates.length > 0 ? binding.candidates.map((c) => c.path) : null),
    binding.how,
  ];
}

const logo = slot('logo.jpg');
const answer = slot('售前客服.docx', 'document');

describe('one slot', () => {
  it.each([
    ['the very name', logo, 'logo.jpg', 'exact', null],
    ['another case', logo, 'Logo.jpg', 'renamed', 'case'],
    ['B3: another case of the extension', logo, 'logo.JPG', 'renamed', 'extension-case'],
    ['B3: .jpeg', logo, 'logo.jpeg', 'renamed', 'extension-family'],
    ['C7: .htm', slot('index.html', 'page'), 'index.htm', 'renamed', 'page-extension'],
    ['C7: Index.html', slot('index.html', 'page'), 'Index.html', 'renamed', 'case'],
    ['C7: doubled', slot('index.html', 'page'), 'index.html.html', 'renamed', 'double-extension'],
    ['C7: hidden .txt', slot('index.html', 'page'), 'index.html.txt', 'renamed', 'double-extension'],
    ['an allowed other name', slot('logo.jpg', 'image', ['logo.gif']), 'logo.gif', 'exact', 'also'],
    ['D4: a blank', answer, '售前客服 .docx', 'renamed', 'spelling'],
    ['D4: a copy mark', answer, '售前客服(1).docx', 'renamed', 'copy-suffix'],
    ['D4: a copy of Windows', answer, '售前客服 - 副本.docx', 'renamed', 'copy-suffix'],
    ['D4: a numbered copy', answer, '售前客服 - 副本 (2).docx', 'renamed', 'copy-suffix'],
    ['D4: full width', slot('tea01.jpg'), 'ｔｅａ０１.jpg', 'renamed', 'spelling'],
    ['D4: .doc for .docx', answer, '售前客服.doc', 'renamed', 'other-extension'],
    ['D4: 汉字 added', answer, '售前客服答案.docx', 'renamed', 'near'],
    ['a swap of letters', slot('banner.jpg'), 'bannre.jpg', 'renamed', 'near'],
    ['another folder', slot('images/logo.jpg'), 'img/logo.jpg', 'renamed', 'other-folder'],
    ['B20: PSD instead of JPG', logo, 'logo.psd', 'renamed', 'other-format'],
    ['PNG instead of JPG', logo, 'logo.png', 'renamed', 'other-format'],
    [
      'a copy of a bracketed number',
      slot('fenlei1.jpg'),
      'fenlei (1) - 副本 (2).jpg',
      'renamed',
      'copy-suffix',
    ],
    ['a bracketed number', slot('fenlei1.jpg'), 'fenlei (1).jpg', 'renamed', 'spelling'],
  ] as const)('%s', (_, asked, path, state, how) => {
    // A neighbour at the root keeps the work from counting as one folder deeper.
    expect(one(asked, path, '说明.md')).toEqual([state, path, how]);
  });

  it.each([
    ['digits decide', slot('fenlei1.jpg'), 'fenlei2.jpg'],
    ['numerals decide', slot('商品详情图一.jpg'), '商品详情图二.jpg'],
    ['one 汉字 changed is another word', answer, '售后客服.docx'],
    ['an added 汉字 that points is another file', answer, '新售前客服.docx'],
    ['short words differ by meaning', slot('menu_on.jpg'), 'menu_off.jpg'],
    ['a single letter decides', slot('btn_a.jpg'), 'btn_b.jpg'],
    ['stems below four letters are no slip', slot('tea.jpg'), 'tee.jpg'],
    ['another kind', logo, 'logo.html'],
    ['a typing slip with another format', slot('banner.jpg'), 'baner.png'],
    ['D2: junk', slot('Thumbs.db', 'image'), 'Thumbs.db'],
    ['a container', slot('logo.zip', 'image'), 'logo.zip'],
    ['D9: a shortcut', slot('logo.jpg'), 'logo.jpg.lnk'],
  ] as const)('never: %s', (_, asked, path) => {
    expect(one(asked, path)).toEqual(['absent', null, null]);
  });

  it('exact beats everything that is only like it', () => {
    const others = [
      'Logo.jpg',
      'logo(1).jpg',
      'logo.jpeg',
      'img/logo.jpg',
      'logo.psd',
      'lgoo.jpg',
      'logo.jpg.jpg',
    ];
    expect(one(logo, ...others, 'logo.jpg')).toEqual(['exact', 'logo.jpg', null]);
  });

  it('goes by the order of fits', () => {
    const worse = [
      'lgoo.jpg',
      'logo.psd',
      'logo(1).jpg',
      'img/logo.jpg',
      'logo.jpeg',
      'logo.jpg.jpg',
      'LOGO.jpg',
    ];
    for (let i = 1; i < worse.length; i++) {
      expect(one(logo, 'readme.md', ...worse.slice(0, i + 1))[1]).toBe(worse[i]);
    }
  });

  it('D4: two that could be meant are for a human', () => {
    const two = ['售前客服 - 副本.docx', '售前客服(1).docx'];
    expect(one(answer, ...two)).toEqual(['ambiguous', two, 'copy-suffix']);
    expect(one(answer, '售前客服.doc', '售前客服(1).docx')[0]).toBe('ambiguous');
    expect(one(logo, 'a/logo.jpg', 'b/logo.jpg')).toEqual([
      'ambiguous',
      ['a/logo.jpg', 'b/logo.jpg'],
      'other-folder',
    ]);
  });

  it('the same bytes twice are no doubt', () => {
    expect(one(logo, file('b/logo.jpg', 'x'), file('a/logo.jpg', 'x'))).toEqual([
      'renamed',
      'a/logo.jpg',
      'other-folder',
    ]);
  });

  it('an empty file fills nothing but is named', () => {
    expect(one(logo, file('logo.jpg', 'e', 0))).toEqual(['absent', ['logo.jpg'], 'empty']);
    expect(one(logo, file('logo.jpg', 'e', 0), 'logo (1).jpg')).toEqual([
      'renamed',
      'logo (1).jpg',
      'copy-suffix',
    ]);
  });
});

describe('where the work begins', () => {
  const slots = {
    index: slot('index.html', 'page'),
    logo: slot('images/logo.jpg'),
    banner: slot('images/banner.jpg'),
  };
  const states = (paths: string[]): (string | null)[] =>
    [
      ...resolveSlots(
        slots,
        paths.map((path) => file(path)),
      ).values(),
    ].map((b) => `${b.state} ${b.file?.path ?? ''}`);

  it('D1: one or two folders deeper costs nothing', () => {
    for (const root of ['', '43010001/', '作品/首页/']) {
      const paths = ['index.html', 'images/logo.jpg', 'images/banner.jpg'].map((path) => root + path);
      expect(states([...paths, '说明.txt'])).toEqual(paths.map((path) => `exact ${path}`));
    }
  });

  it('two copies of the work are for a human, unless one stands at the root', () => {
    const copy = (root: string) => [
      `${root}index.html`,
      `${root}images/logo.jpg`,
      `${root}images/banner.jpg`,
    ];
    expect(states([...copy('a/'), ...copy('b/')]).every((state) => state?.startsWith('ambiguous'))).toBe(
      true,
    );
    expect(states([...copy(''), ...copy('备份/')])).toEqual(copy('').map((path) => `exact ${path}`));
  });
});

describe('several slots', () => {
  const bindings = (slots: Record<string, Slot>, ...paths: string[]): Record<string, string> =>
    Object.fromEntries(
      [
        ...resolveSlots(
          slots,
          paths.map((path) => file(path)),
        ),
      ].map(([name, b]: [string, SlotBinding]) => [
        name,
        b.file?.path ?? `${b.state}:${b.candidates.map((c) => c.path).join('|')}`,
      ]),
    );

  it('F6: a file that is one slot exactly is no candidate for another', () => {
    const slots = { one: slot('banner.jpg'), two: slot('banners.jpg') };
    expect(bindings(slots, 'banners.jpg')).toEqual({ one: 'absent:', two: 'banners.jpg' });
  });

  it('what only one slot can take decides for the others', () => {
    const slots = { one: slot('poster.jpg'), two: slot('postera.jpg') };
    // `posters` could be either, `posterb` is a slip of the second only after `posters` is gone.
    expect(bindings(slots, 'poster (1).jpg', 'posterra.jpg')).toEqual({
      one: 'poster (1).jpg',
      two: 'posterra.jpg',
    });
  });

  it('one file that two slots could mean fills neither', () => {
    const slots = { one: slot('fenlei.jpg'), two: slot('fenlei1.jpg') };
    expect(bindings(slots, 'fenlei (1).jpg')).toEqual({
      one: 'ambiguous:fenlei (1).jpg',
      two: 'ambiguous:fenlei (1).jpg',
    });
  });

  it('copies made by renaming all at once find their slots', () => {
    const slots = { one: slot('fenlei1.jpg'), two: slot('fenlei2.jpg'), three: slot('fenlei3.jpg') };
    expect(bindings(slots, 'fenlei (1).jpg', 'fenlei (2).jpg', 'fenlei (3).jpg')).toEqual({
      one: 'fenlei (1).jpg',
      two: 'fenlei (2).jpg',
      three: 'fenlei (3).jpg',
    });
  });

  it('keeps the order of the paper', () => {
    expect(Object.keys(bindings({ z: logo, a: answer }))).toEqual(['z', 'a']);
  });
});

describe('for any files', () => {
  const stems = [
    'logo',
    'Logo',
    'logo (1)',
    'logo - 副本',
    'lgoo',
    'banner',
    'baner',
    'fenlei1',
    'fenlei2',
    'fenlei (1)',
    'fenlei',
  ];
  const paths = fc
    .tuple(
      fc.constantFrom('', 'images/', 'a/', 'a/images/'),
      fc.constantFrom(...stems),
      fc.constantFrom('jpg', 'jpeg', 'JPG', 'png', 'psd', 'jpg.jpg'),
    )
    .map(([folder, stem, extension]) => `${folder}${stem}.${extension}`);
  const files = fc
    .uniqueArray(paths, { maxLength: 14 })
    .chain((list) =>
      fc.tuple(...list.map((path) => fc.constantFrom('x', 'y', path).map((sha) => file(path, sha)))),
    );
  const slots = {
    logo: slot('logo.jpg', 'image', ['logo.png']),
    banner: slot('images/banner.jpg'),
    one: slot('fenlei1.jpg'),
    two: slot('fenlei2.jpg'),
    plain: slot('fenlei.jpg'),
  };
  const seen = (table: ReturnType<typeof resolveSlots>) =>
    [...table].map(([name, b]) => [name, b.state, b.file?.path, b.how, b.candidates.map((c) => c.path)]);

  it('their order changes nothing', () => {
    fc.assert(
      fc.property(
        files.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          expect(seen(resolveSlots(slots, shuffled))).toEqual(seen(resolveSlots(slots, list)));
        },
      ),
    );
  });

  it('the order of the slots changes nothing', () => {
    const backwards = Object.fromEntries(Object.entries(slots).reverse());
    fc.assert(
      fc.property(files, (list) => {
        expect(seen(resolveSlots(backwards, list)).reverse()).toEqual(seen(resolveSlots(slots, list)));
      }),
    );
  });

  it('no file fills two slots, and what is bound is no candidate elsewhere', () => {
    fc.assert(
      fc.property(files, (list) => {
        const table = [...resolveSlots(slots, list).values()];
        const bound = table.flatMap((b) => (b.file ? [b.file.path] : []));
        expect(new Set(bound).size).toBe(bound.length);
        for (const b of table) {
          expect(b.file === null).toBe(b.state === 'absent' || b.state === 'ambiguous');
          if (b.state === 'ambiguous') expect(b.candidates.length).toBeGreaterThan(0);
          for (const candidate of b.candidates) expect(bound).not.toContain(candidate.path);
        }
      }),
    );
  });
});
