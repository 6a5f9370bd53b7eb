import { describe, expect, it } from 'vitest';
import { images, judge, swapped } from './bench.ts';

describe('scrolling-text', () => {
  const text = '新店开张，全场满199减50，满99包邮！';
  const judged = (aspect: string, html: string) =>
    judge('scrolling-text', { aspect, text, direction: 'left' }, html);

  it('passes what the code states, for a human to confirm while nobody watched', async () => {
    for (const aspect of ['element', 'text', 'direction']) {
      const said = await judged(aspect, `<marquee>${text}</marquee>`);
      expect(said).toMatchObject({
        outcome: 'pass',
        share: '1',
        review: true,
        evidence: [{ kind: 'dom-span' }],
      });
    }
  });

  it('direction="right" costs the direction alone', async () => {
    const html = `<marquee direction="right">${text}</marquee>`;
    expect(await judged('element', html)).toMatchObject({ outcome: 'pass' });
    expect(await judged('text', html)).toMatchObject({ outcome: 'pass' });
    expect(await judged('direction', html)).toMatchObject({
      outcome: 'fail',
      evidence: [{ kind: 'dom-span' }],
    });
  });

  it('C14: speed 0 does not move; Left is left; an unclosed tag is full with a note', async () => {
    expect(await judged('element', `<marquee scrollamount=0>${text}</marquee>`)).toMatchObject({
      outcome: 'fail',
      reason: { code: 'still' },
    });
    expect(await judged('direction', `<marquee direction="Left">${text}</marquee>`)).toMatchObject({
      outcome: 'pass',
    });
    expect(await judged('text', `<marquee>${text}<p>正文`)).toMatchObject({
      outcome: 'pass',
      reason: { code: 'unclosed' },
    });
  });

  it('C13: scrolling pictures are for a human', async () => {
    const html = '<marquee><img src=images/tea1.jpg></marquee>';
    expect(await judged('element', html)).toMatchObject({ outcome: 'unknown', share: null });
    expect(await judged('text', html)).toMatchObject({ outcome: 'unknown' });
  });

  it('C27: blanks and marks in the text do not matter; another text is 0, a slip half', async () => {
    expect(await judged('text', '<marquee>新店开张,&nbsp;全场满199减50,　满99包邮!</marquee>')).toMatchObject(
      { outcome: 'pass' },
    );
    expect(await judged('text', `<marquee>${text.replace('包', '免')}</marquee>`)).toMatchObject({
      share: '1/2',
      review: true,
    });
    expect(await judged('text', '<marquee>欢迎光临</marquee>')).toMatchObject({ outcome: 'fail' });
  });

  it('C18: nothing, or only a comment, is a complete search without a find', async () => {
    for (const html of ['<p>x', `<p>x<!-- <marquee>${text}</marquee> -->`]) {
      expect(await judged('element', html)).toMatchObject({
        outcome: 'fail',
        evidence: [{ kind: 'absent', searched: ['index.html'] }],
      });
    }
  });
});

describe('rollover-image', () => {
  const judged = (aspect: string, work: string | Record<string, string | Uint8Array>) =>
    judge('rollover-image', { aspect, pictures: ['btn-a', 'btn-b'] }, work);

  it('passes what Dreamweaver writes, for a human to confirm', async () => {
    const html = swapped('images/btn_b.jpg');
    expect(await judged('swap', html)).toMatchObject({
      share: '1',
      review: true,
      reason: { values: { hover: 'images/btn_b.jpg' } },
    });
    expect(await judged('restore', html)).toMatchObject({ share: '1', review: true });
    expect(await judged('files', html)).toMatchObject({ share: '1' });
  });

  it('C16: the same picture twice is 0, by name and by bytes', async () => {
    expect(await judged('swap', swapped('images/btn_a.jpg'))).toMatchObject({
      outcome: 'fail',
      reason: { code: 'same-picture' },
    });
    const copies = { ...images, 'images/btn_b.jpg': 'picture images/btn_a.jpg' };
    const said = await judged('swap', { 'index.html': swapped('images/btn_b.jpg'), ...copies });
    expect(said).toMatchObject({ outcome: 'fail', share: '0', reason: { code: 'same-picture' } });
  });

  it('C16: the second picture missing is 0, and half of the files', async () => {
    const { 'images/btn_b.jpg': _, ...without } = images;
    const work = { 'index.html': swapped('images/btn_b.jpg'), ...without };
    expect(await judged('swap', work)).toMatchObject({
      outcome: 'fail',
      reason: { code: 'missing-picture' },
    });
    expect(await judged('files', work)).toMatchObject({ share: '1/2' });
  });

  it('C15: without its functions or with another name it does not work', async () => {
    const call = swapped('images/btn_b.jpg').replace(/<script[\s\S]*<\/script>/, '');
    expect(await judged('swap', call)).toMatchObject({ outcome: 'partial', share: '0.3', review: true });
    expect(await judged('restore', call)).toMatchObject({ outcome: 'fail' });
    const other = swapped('images/btn_b.jpg').replace("'Image2'", "'Image7'");
    expect(await judged('swap', other)).toMatchObject({ share: '0.3', reason: { code: 'no-target' } });
  });

  it('C17: CSS and jQuery count as much', async () => {
    const css =
      '<style>a{background:url(images/btn_a.jpg)} a:hover{background:url(images/btn_b.jpg)}</style><a href=#>x</a>';
    const jquery =
      '<img id=i src=images/btn_a.jpg><script>$("#i").mouseenter(function(){ this.src="images/btn_b.jpg" })</script>';
    expect(await judged('swap', css)).toMatchObject({ share: '1' });
    expect(await judged('restore', css)).toMatchObject({ share: '1' });
    expect(await judged('swap', jquery)).toMatchObject({ share: '1' });
    expect(await judged('restore', jquery)).toMatchObject({ outcome: 'fail', reason: { code: 'stays' } });
  });

  it('a computed name is for a human; nothing at all is 0', async () => {
    expect(await judged('swap', '<img src=images/btn_a.jpg onmouseover="this.src=next()">')).toMatchObject({
      outcome: 'unknown',
    });
    expect(await judged('swap', '<p>x')).toMatchObject({ outcome: 'fail', evidence: [{ kind: 'absent' }] });
  });
});

describe('image-zoom, carousel, floating-ad', () => {
  it('zoom: grows and shrinks back', async () => {
    const css = '<style>img:hover{transform:scale(1.3)}</style><img src=images/tea1.jpg>';
    expect(await judge('image-zoom', { aspect: 'trigger' }, css)).toMatchObject({ share: '1', review: true });
    const stays = '<img src=images/tea1.jpg width=100 onmouseover="this.width=200">';
    expect(await judge('image-zoom', { aspect: 'restore' }, stays)).toMatchObject({ outcome: 'fail' });
    expect(await judge('image-zoom', { aspect: 'trigger' }, '<p>x')).toMatchObject({ outcome: 'fail' });
  });

  it('carousel: enough pictures, by themselves', async () => {
    const html = (...names: string[]): string =>
      `<img id=p src=images/banner.jpg><script>var l=[${names.map((name) => `"images/${name}.jpg"`)}]; setInterval(function(){ document.getElementById("p").src=l[n++] },9)</script>`;
    const three = html('banner', 'tea1', 'btn_a');
    expect(await judge('carousel', { aspect: 'pictures', count: 3 }, three)).toMatchObject({
      share: '1',
      review: true,
    });
    expect(await judge('carousel', { aspect: 'automatic' }, three)).toMatchObject({ share: '1' });
    expect(await judge('carousel', { aspect: 'pictures', count: 3 }, html('banner', 'tea1'))).toMatchObject({
      share: '2/3',
    });
    const byHand =
      '<div class=swiper><img src=images/banner.jpg></div><script>new Swiper(".swiper",{autoplay:false})</script>';
    expect(await judge('carousel', { aspect: 'automatic' }, byHand)).toMatchObject({
      outcome: 'fail',
      reason: { code: 'by-hand' },
    });
    expect(await judge('carousel', { aspect: 'pictures' }, byHand)).toMatchObject({ outcome: 'unknown' });
  });

  it('floating: fixed floats, absolute alone is two fifths, a bar is for a human', async () => {
    const ad = (style: string, href = '#reg'): string =>
      `<a href="${href}" style="${style}"><img src=images/tea1.jpg></a>`;
    const position = (html: string) => judge('floating-ad', { aspect: 'position' }, html);
    expect(await position(ad('position:fixed;right:0'))).toMatchObject({ share: '1', review: true });
    expect(await position(ad('position:absolute'))).toMatchObject({ share: '2/5' });
    expect(await position('<nav style="position:fixed;width:100%"><a href=#>x</a></nav>')).toMatchObject({
      outcome: 'unknown',
    });
    const link = (href: string) =>
      judge('floating-ad', { aspect: 'link', href: '#reg' }, ad('position:fixed', href));
    expect(await link('#reg')).toMatchObject({ share: '1' });
    expect(await link('#top')).toMatchObject({ outcome: 'fail' });
  });
});
