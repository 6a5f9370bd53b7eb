import { describe, expect, it } from 'vitest';
import { dreamweaverScript, effectOf, pictures } from './site.ts';

const two = pictures('a.jpg', 'b.jpg');

describe('scrolling text', () => {
  it('reads a marquee: text, direction, and that nothing was watched', async () => {
    const fact = await effectOf(
      'scrollingText',
      '<marquee direction="Left" scrollamount=4>新店<b>开张</b></marquee>',
    );
    expect(fact).toMatchObject({ verdict: 'unknown', static: 'yes', watched: null });
    expect(fact.evidence[0]).toMatchObject({
      technique: 'marquee',
      values: { text: '新店开张', direction: 'left', moves: 'yes', behavior: 'scroll' },
    });
  });

  it('C14: speed 0 does not move; an unclosed tag scrolls all that follows', async () => {
    const still = await effectOf('scrollingText', '<marquee scrollamount="0">新店</marquee>');
    expect(still).toMatchObject({ static: 'maybe', evidence: [{ values: { moves: 'no' } }] });
    const open = await effectOf('scrollingText', '<marquee>新店<p>正文');
    expect(open).toMatchObject({
      static: 'yes',
      evidence: [{ values: { unclosed: 'yes', text: '新店 正文' } }],
    });
  });

  it('C13: a marquee of pictures has no text', async () => {
    const fact = await effectOf('scrollingText', '<marquee><img src=a.jpg></marquee>', two);
    expect(fact).toMatchObject({ static: 'maybe', evidence: [{ values: { text: '', pictures: '1' } }] });
  });

  it.each([
    ['a comment', '<!-- <marquee>新店</marquee> -->'],
    ['display:none', '<div style="display:none"><marquee>新店</marquee></div>'],
    ['a style sheet that hides', '<style>.h{display:none}</style><marquee class=h>新店</marquee>'],
    ['a script string', '<script>var a = "<marquee>新店</marquee>";</script>'],
  ])('C18: %s does not count', async (_, html) => {
    expect(await effectOf('scrollingText', `<p>x${html}`)).toMatchObject({ verdict: 'no', static: 'no' });
  });

  it('sees a timer that scrolls a box of text, by name, by string and by itself', async () => {
    const box = '<div id="demo"><div id="demo1">新店开张</div></div>';
    const scripts = [
      'var tab=document.getElementById("demo"); function move(){ tab.scrollLeft++ } setInterval(move, 30)',
      'function move(){ document.getElementById("demo").scrollLeft += 2 } var t = setInterval("move()", 30)',
      'function move(){ demo.scrollLeft++; setTimeout(move, 30) } move()',
      'setInterval(() => { $("#demo").css("marginLeft", x--) }, 30)',
    ];
    for (const script of scripts) {
      const fact = await effectOf('scrollingText', `${box}<script>${script}</script>`);
      expect(fact, script).toMatchObject({ static: 'yes', evidence: [{ technique: 'timer' }] });
    }
    const [first = ''] = scripts;
    const { evidence } = await effectOf('scrollingText', `${box}<script>${first}</script>`);
    expect(evidence[0]?.values).toMatchObject({ direction: 'left', text: '新店开张' });
  });

  it('C18: a function that nobody calls, a comment in a script and a single timeout move nothing', async () => {
    const box = '<div id="demo">新店开张</div>';
    for (const script of [
      'function start(){ setInterval(function(){ document.getElementById("demo").scrollLeft++ }, 30) }',
      '/* setInterval(function(){ document.getElementById("demo").scrollLeft++ }, 30) */',
      'setTimeout(function(){ document.getElementById("demo").scrollLeft = 0 }, 30)',
    ]) {
      expect(await effectOf('scrollingText', `${box}<script>${script}</script>`), script).toMatchObject({
        static: 'no',
      });
    }
    const called =
      '<body onload="start()"><div id="demo">新店开张</div><script>function start(){ setInterval(function(){ demo.scrollLeft++ }, 30) }</script>';
    expect(await effectOf('scrollingText', called)).toMatchObject({ static: 'yes' });
  });

  it('sees keyframes that move text', async () => {
    const css =
      '@keyframes m { from { margin-left: 100% } to { margin-left: -100% } } .t { animation: m 8s linear infinite }';
    const fact = await effectOf('scrollingText', `<style>${css}</style><p class=t>新店开张</p>`);
    expect(fact).toMatchObject({
      static: 'yes',
      evidence: [{ technique: 'css-keyframes', values: { text: '新店开张' } }],
    });
    expect(await effectOf('scrollingText', `<style>${css}</style><p>新店开张</p>`)).toMatchObject({
      static: 'no',
    });
  });
});

describe('rollover image', () => {
  const swap = (name: string, source: string): string =>
    `<a href="#" onMouseOver="MM_swapImage('${name}','','${source}',1)" onMouseOut="MM_swapImgRestore()"><img src="a.jpg" name="Image2" id="Image2"></a>`;

  it('reads what Dreamweaver writes', async () => {
    const fact = await effectOf('rolloverImage', dreamweaverScript + swap('Image2', 'b.jpg'), two);
    expect(fact.static).toBe('yes');
    expect(fact.evidence).toHaveLength(1);
    expect(fact.evidence[0]).toMatchObject({
      technique: 'mm-swap-image',
      values: {
        pictures: 'a.jpg|b.jpg',
        restores: 'yes',
        found: 'yes',
        same: 'no',
        defined: 'yes',
        target: 'yes',
      },
    });
  });

  it('reads groups of three', async () => {
    const call = `<img id=i src=a.jpg><img id=j src=c.jpg><a href=# onmouseover="MM_swapImage('i','','b.jpg','j','','d.jpg',1)">x</a>`;
    const { evidence } = await effectOf(
      'rolloverImage',
      dreamweaverScript + call,
      pictures('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'),
    );
    expect(evidence.map(({ values }) => values.pictures)).toEqual(['a.jpg|b.jpg', 'c.jpg|d.jpg']);
  });

  it.each([
    ['C15: without its functions', swap('Image2', 'b.jpg'), { defined: 'no', restores: 'no' }],
    ['C15: with another name', dreamweaverScript + swap('Image9', 'b.jpg'), { target: 'no' }],
    ['C16: with the same picture', dreamweaverScript + swap('Image2', 'a.jpg'), { same: 'yes' }],
    ['C16: with a copy of the picture', dreamweaverScript + swap('Image2', 'copy.jpg'), { same: 'yes' }],
    ['C16: without its second picture', dreamweaverScript + swap('Image2', 'c.jpg'), { found: 'no' }],
  ])('%s it does not work', async (_, html, values) => {
    const fact = await effectOf('rolloverImage', html, { ...two, 'copy.jpg': 'picture a.jpg' });
    expect(fact).toMatchObject({ static: 'maybe', evidence: [{ values }] });
  });

  it.each([
    [`<img src="a.jpg" onmouseover="this.src='b.jpg'" onmouseout="this.src='a.jpg'">`, 'script-attribute'],
    [
      '<img id=i src=a.jpg><script>$("#i").hover(function(){ $(this).attr("src","b.jpg") }, function(){ $(this).attr("src","a.jpg") })</script>',
      'script-jquery',
    ],
    [
      '<img id=i src=a.jpg><script>var i=document.getElementById("i"); i.onmouseover=function(){ i.src="b.jpg" }; i.onmouseout=function(){ i.src="a.jpg" }</script>',
      'script-listener',
    ],
    [
      '<img id=i src=a.jpg><script>const p=document.querySelector("#i"); p.addEventListener("mouseenter", () => { p.src="b.jpg" }); p.addEventListener("mouseleave", () => { p.src="a.jpg" })</script>',
      'script-listener',
    ],
    [
      '<style>a.n{background:url(a.jpg)} a.n:hover{background:url(b.jpg)}</style><a class=n href=#>x</a>',
      'css-hover',
    ],
    [
      '<style>.n{background:url(a.jpg)} .n:hover{background-position:0 -40px}</style><a class=n href=#>x</a>',
      'css-sprite',
    ],
    [
      '<style>.b{opacity:0} .n:hover .b{opacity:1}</style><a class=n href=#><img src=a.jpg><img class=b src=b.jpg></a>',
      'css-stacked',
    ],
  ])('C17: takes %s', async (html, technique) => {
    const fact = await effectOf('rolloverImage', html, two);
    expect(fact).toMatchObject({ static: 'yes', evidence: [{ technique, values: { restores: 'yes' } }] });
  });

  it('sees that nothing restores', async () => {
    const fact = await effectOf('rolloverImage', `<img src="a.jpg" onmouseover="this.src='b.jpg'">`, two);
    expect(fact).toMatchObject({ static: 'yes', evidence: [{ values: { restores: 'no' } }] });
  });

  it('does not take a coloured link for a rollover', async () => {
    expect(
      await effectOf('rolloverImage', '<style>a:hover{color:red;background:#eee}</style><a href=#>x</a>'),
    ).toMatchObject({
      static: 'no',
    });
  });
});

describe('image zoom', () => {
  it.each([
    ['<style>img:hover{transform:scale(1.2)}</style><img src=a.jpg>', 'yes'],
    ['<style>.p img{width:200px} .p:hover img{width:260px}</style><div class=p><img src=a.jpg></div>', 'yes'],
    ['<img src=a.jpg width=200 onmouseover="this.width=300" onmouseout="this.width=200">', 'yes'],
    ['<style>img:hover{transform:scale(0.9)}</style><img src=a.jpg>', 'no'],
    ['<style>img{width:200px} img:hover{width:150px}</style><img src=a.jpg>', 'no'],
    ['<style>p:hover{transform:scale(1.2)}</style><p>x</p><img src=a.jpg>', 'no'],
    ['<script>$("#i").jqzoom()</script><img id=i src=a.jpg>', 'maybe'],
  ])('%s: %s', async (html, state) => {
    expect(await effectOf('imageZoom', html, two)).toMatchObject({ static: state });
  });
});

describe('carousel', () => {
  const three = pictures('images/1.jpg', 'images/2.jpg', 'images/3.jpg');
  const image = '<img id="pic" src="images/1.jpg">';

  it.each([
    [
      'a list of names',
      `${image}<script>var list=["images/1.jpg","images/2.jpg","images/3.jpg"],n=0; function next(){ n=(n+1)%3; document.getElementById("pic").src=list[n] } setInterval(next,3000)</script>`,
    ],
    [
      'built names',
      `${image}<script>var n=1; setInterval(function(){ n++; document.getElementById("pic").src="images/"+n+".jpg" },3000)</script>`,
    ],
    [
      'slides',
      '<div id=box><img src=images/1.jpg><img src=images/2.jpg style="display:none"><img src=images/3.jpg style="display:none"></div><script>var i=document.getElementById("box").getElementsByTagName("img"); setInterval(function(){ i[n].style.display="none"; i[++n%3].style.display="block" },2000)</script>',
    ],
    [
      'Flash',
      '<embed src="bcastr3.swf" flashvars="pics=images/1.jpg|images/2.jpg|images/3.jpg&links=a|b|c">',
    ],
    [
      'keyframes',
      '<style>@keyframes s{0%{left:0}50%{left:-780px}} .s{animation:s 9s infinite}</style><div class=s><img src=images/1.jpg><img src=images/2.jpg><img src=images/3.jpg></div>',
    ],
  ])('counts the pictures of %s', async (_, html) => {
    const fact = await effectOf('carousel', html, three);
    expect(fact).toMatchObject({ static: 'yes', evidence: [{ values: { count: '3', automatic: 'yes' } }] });
  });

  it('C18: is not there when its start is commented out', async () => {
    const html = `${image}<script>var list=["images/1.jpg","images/2.jpg"]; function next(){ document.getElementById("pic").src=list[n++] }\n// setInterval(next,3000)\n</script>`;
    expect(await effectOf('carousel', html, three)).toMatchObject({ verdict: 'no', static: 'no' });
  });

  it('C12: a plug-in is maybe, and says whether it turns by itself', async () => {
    const box = '<div class="swiper"><img src=images/1.jpg><img src=images/2.jpg></div>';
    const on = await effectOf(
      'carousel',
      `${box}<script>new Swiper(".swiper", { autoplay: true })</script>`,
      three,
    );
    expect(on).toMatchObject({ static: 'maybe', evidence: [{ values: { automatic: 'yes', count: '2' } }] });
    const off = await effectOf(
      'carousel',
      `${box}<script>new Swiper(".swiper", { loop: true })</script>`,
      three,
    );
    expect(off).toMatchObject({ static: 'maybe', evidence: [{ values: { automatic: 'no' } }] });
  });
});

describe('floating ad', () => {
  const ad = (style: string): string =>
    `<a id="ad" href="#reg" style="${style}"><img src="a.jpg" width=100></a>`;

  it.each([
    ['fixed', ad('position:fixed;right:0;bottom:0'), 'yes'],
    [
      'fixed navigation',
      '<style>nav{position:fixed;top:0;left:0;width:100%}</style><nav><a href=#>x</a><img src=a.jpg></nav>',
      'maybe',
    ],
    ['absolute alone', ad('position:absolute;right:0'), 'maybe'],
    [
      'following the scroll',
      `${ad('position:absolute')}<script>window.onscroll=function(){ document.getElementById("ad").style.top=document.documentElement.scrollTop+100+"px" }</script>`,
      'yes',
    ],
    [
      'bouncing',
      `${ad('position:absolute')}<script>function f(){ var e=document.getElementById("ad"); e.style.left=x+"px"; e.style.top=y+"px"; x+=s } setInterval("f()",10)</script>`,
      'yes',
    ],
    ['nothing', '<a href=#><img src=a.jpg></a>', 'no'],
  ])('%s', async (_, html, state) => {
    expect(await effectOf('floatingAd', html, two)).toMatchObject({ static: state });
  });

  it('names its link', async () => {
    const { evidence } = await effectOf('floatingAd', ad('position:fixed'), two);
    expect(evidence[0]?.values).toMatchObject({ href: '#reg', picture: 'a.jpg' });
  });
});
