import { describe, expect, it } from 'vitest';
import { compareNatural, fold, sameText } from '../../../graders/text/normalize.ts';

describe('fold', () => {
  it.each([
    ['ＡＢＣ１２３％', 'abc123%'],
    ['湘 茗\u3000茶\u00A0业\u200B', '湘茗茶业'],
    ['Tea\r\n\tShop', 'teashop'],
    ['①', '1'],
    ['', ''],
  ])('%j → %j', (text, folded) => expect(fold(text)).toBe(folded));

  it('folding twice changes nothing', () => {
    for (const text of ['ＴｅＡ　Ⅳ', 'İstanbul', 'ﬁne', '㎏', 'e\u0301 '])
      expect(fold(fold(text))).toBe(fold(text));
  });
});

describe('sameText', () => {
  it('C27: ignores blanks between characters, keeps other characters apart', () => {
    expect(sameText('欢&迎', '欢迎')).toBe(false);
    expect(sameText('欢\u00A0迎\u3000光临', '欢迎光临')).toBe(true);
    expect(sameText('INDEX.html', 'ｉｎｄｅｘ.html')).toBe(true);
  });
});

describe('compareNatural', () => {
  it('B23: counts slices as people do', () => {
    const names = ['detail_10.jpg', 'detail_2.jpg', 'Detail_1.jpg', 'detail_０3.jpg', 'detail.jpg'];
    expect(names.sort(compareNatural)).toEqual([
      'detail.jpg',
      'Detail_1.jpg',
      'detail_2.jpg',
      'detail_０3.jpg',
      'detail_10.jpg',
    ]);
  });

  it('orders numbers longer than a double', () => {
    expect(compareNatural('a99999999999999999998', 'a99999999999999999999')).toBeLessThan(0);
    expect(compareNatural('a2', 'a02')).not.toBe(0);
    expect(compareNatural('a', 'a')).toBe(0);
  });
});
