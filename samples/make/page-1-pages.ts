import { dreamweaverPage, rolloverLink, swapImageScript } from './dreamweaver.ts';
import { windowsLines } from './sample.ts';

const description = '湘茗茶业专注安化黑茶二十年，提供千两茶、茯砖茶、天尖茶等正品黑茶，全国包邮。';
const offer = '新店开张，全场满199减50，满99包邮！';
const link = 'http://www.example.com/';

const style = `<style type="text/css">
<!--
body,td,th { font-family: "宋体"; font-size: 14px; color: #333333; }
body { margin: 0px; background-color: #F4F6EE; }
.STYLE1 { font-size: 20px; font-weight: bold; color: #2F5A2A; }
.STYLE2 { font-size: 12px; color: #FFFFFF; line-height: 22px; }
-->
</style>`;

const meta = (name: string, content: string): string => `<meta name="${name}" content="${content}" />`;

const productTable = `<table width="420" border="1" align="center" cellpadding="4" cellspacing="0" bordercolor="#7A8F6A">
          <tr>
            <th width="220" bgcolor="#DCE6CF">产品</th>
            <th width="180" bgcolor="#DCE6CF">价格（元）</th>
          </tr>
          <tr>
            <td align="center">千两茶饼</td>
            <td align="center">198</td>
          </tr>
          <tr>
            <td align="center">茯砖茶</td>
            <td align="center">88</td>
          </tr>
          <tr>
            <td align="center">天尖礼盒</td>
            <td align="center">268</td>
          </tr>
        </table>`;

const introduction =
  '&nbsp;&nbsp;&nbsp;&nbsp;湘茗茶业地处湖南安化，二十年专注黑茶，自有茶园与老茶厂，茶饼手工踩制，自然发酵。';

interface Choices {
  readonly charset?: string;
  readonly title?: string;
  /** Lines of the head that speak of the page. */
  readonly about?: readonly string[];
  readonly width?: string;
  readonly direction?: string;
  readonly button?: string;
  readonly over?: string;
  readonly products?: string;
  readonly pictureSize?: string;
}

const about = (keywords: string, text = description): string[] => [
  meta('keywords', keywords),
  meta('description', text),
];

/** The home page with the layout table of three rows that Dreamweaver's users draw. */
function layout({
  width = '1000',
  direction = 'left',
  button,
  products = productTable,
  pictureSize = 'width="300" height="400"',
}: Choices): string {
  const nav = button ?? rolloverLink(link, 'Image1', 'images/btn_a.jpg', 'images/btn_b.jpg');
  return `<table width="${width}" border="0" align="center" cellpadding="0" cellspacing="0" bgcolor="#FFFFFF">
  <tr>
    <td><img src="images/banner.jpg" alt="湘茗茶业" width="1000" height="300" /></td>
  </tr>
  <tr>
    <td valign="top"><table width="100%" border="0" cellspacing="0" cellpadding="6">
      <tr>
        <td width="210"><img src="images/logo.gif" alt="logo" width="200" height="80" /></td>
        <td><marquee direction="${direction}" scrollamount="4" onmouseover="this.stop()" onmouseout="this.start()">${offer}</marquee></td>
        <td width="130" align="center">${nav}</td>
      </tr>
      <tr>
        <td colspan="3" align="center" class="STYLE1">安化黑茶 · 产品展示</td>
      </tr>
      <tr>
        <td colspan="3" align="center"><img src="images/tea1.jpg" alt="千两茶饼" ${pictureSize} />&nbsp;<img src="images/tea2.jpg" alt="茯砖茶" ${pictureSize} />&nbsp;<img src="images/tea3.jpg" alt="天尖礼盒" ${pictureSize} /></td>
      </tr>
      <tr>
        <td colspan="3">${introduction}</td>
      </tr>
      <tr>
        <td colspan="3">${products}</td>
      </tr>
    </table></td>
  </tr>
  <tr>
    <td height="60" align="center" bgcolor="#2F5A2A" class="STYLE2">版权所有 &copy; 2026 湘茗茶业&nbsp;&nbsp;地址：湖南省安化县<br />
      客服电话：0737-0000000</td>
  </tr>
</table>`;
}

const home = (choices: Choices): string =>
  dreamweaverPage({
    ...(choices.charset === undefined ? {} : { charset: choices.charset }),
    title: choices.title ?? '湘茗茶业-安化黑茶专卖',
    head: [...(choices.about ?? about('安化黑茶,千两茶,茯砖茶,湘茗茶业')), style, swapImageScript],
    bodyAttributes: ` onload="MM_preloadImages('images/btn_b.jpg')"`,
    body: layout(choices),
  });

/** As asked, in Dreamweaver, saved with the encoding that the caller writes it in. */
export const rightPage = (charset = 'utf-8'): string => home({ charset });

/** 天尖 is forgotten among the keywords’ neighbours, the text runs to the right. */
export const slippedPage = (): string =>
  home({
    about: about('安化黑茶、千两茶、茯砖茶', description.replaceAll('，', ',')),
    direction: 'right',
    button: rolloverLink('https://www.example.com', 'Image1', 'images/btn_a.jpg', 'images/btn_b.jpg'),
  });

/** Misunderstandings: keywords as description, liquid width, a button that changes into itself, a link without http. */
export const mistakenPage = (): string =>
  home({
    title: '无标题文档',
    about: [meta('description', '安化黑茶,千两茶,茯砖茶,湘茗茶业')],
    width: '100%',
    direction: 'up',
    button: rolloverLink('www.example.com', 'Image1', 'images/btn_a.jpg', 'images/btn_b.jpg'),
    products: productTable.replace('>268<', '>286<'),
  });

/** What 文件 ▸ 新建 gives, saved at once. */
export const emptyPage = (): string => dreamweaverPage({ title: '无标题文档', head: [], body: '' });

/** Written by hand in HTML5: key frames instead of a marquee, `:hover` instead of Dreamweaver's behaviour. */
export const styledPage = (): string =>
  windowsLines(`\uFEFF<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="UTF-8">
<title>湘茗茶业-安化黑茶专卖</title>
<meta name="Keywords" content="湘茗茶业；茯砖茶；千两茶；安化黑茶">
<meta name="Description" content="${description}">
<link rel="stylesheet" href="css/style.css">
</head>
<body>
<table id="main">
  <tr><td><img src="images/banner.jpg" alt="茶山"></td></tr>
  <tr>
    <td class="content">
      <img src="images/logo.gif" alt="湘茗茶业">
      <a class="nav" href="${link}" title="首页"></a>
      <div class="news"><p>${offer}</p></div>
      <div class="tea"><img src="images/tea1.jpg" alt="千两茶饼"><img src="images/tea2.jpg" alt="茯砖茶"><img src="images/tea3.jpg" alt="天尖礼盒"></div>
      <table class="price">
        <tr><td>产品</td><td>千两茶饼</td><td>茯砖茶</td><td>天尖礼盒</td></tr>
        <tr><td>价格</td><td>¥198</td><td>¥88.00</td><td>268元</td></tr>
      </table>
    </td>
  </tr>
  <tr><td class="copyright">版权所有 湘茗茶业</td></tr>
</table>
</body>
</html>
`);

export const styleSheet = (): string =>
  windowsLines(`@charset "utf-8";
body { margin: 0; font: 14px/1.8 "微软雅黑", sans-serif; }
#main { width: 1000px; margin: 0 auto; border-collapse: collapse; }
#main td { padding: 0; vertical-align: top; }
.nav { float: right; width: 120px; height: 40px; background: url(../images/btn_a.jpg) no-repeat; }
.nav:hover { background-image: url(../images/btn_b.jpg); }
.news { width: 1000px; overflow: hidden; white-space: nowrap; color: #a33; }
.news p { display: inline-block; animation: run 12s linear infinite; }
@keyframes run {
  from { transform: translateX(1000px); }
  to { transform: translateX(-100%); }
}
.tea img { margin: 10px 16px; }
.price { width: 420px; border: 1px solid #7a8f6a; }
.copyright { height: 60px; text-align: center; background: #2f5a2a; color: #fff; }
`);

/** Handlers in the tags and a small script: what a lesson on JavaScript leaves behind. */
export const scriptedPage = (): string =>
  home({
    button: `<a href="${link}"><img src="images/btn_a.jpg" onmouseover="this.src='images/btn_b.jpg'" onmouseout="this.src='images/btn_a.jpg'" border="0" /></a>`,
  })
    .replace(swapImageScript.replaceAll('\n', '\r\n'), '')
    .replace(/ onload="[^"]*"/, '')
    .replace(
      /<marquee.*<\/marquee>/,
      windowsLines(`<div id="box" style="width:640px;overflow:hidden;white-space:nowrap"><span id="words">${offer}</span></div>
<script type="text/javascript">
var words = document.getElementById("words");
words.style.position = "relative";
var x = 640;
function roll() {
  x = x - 2;
  if (x < -400) { x = 640; }
  words.style.left = x + "px";
}
var timer = setInterval(roll, 30);
</script>`),
    );
