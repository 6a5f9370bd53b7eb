import { jpegWithin, material, open, settled, stretched } from './picture.ts';
import { packed, type Sample, sample, windowsLines } from './sample.ts';

const paper = 'PAGE-2';

/** A book at 190×190 inside a border of 5 pixels that is part of the picture. */
async function framed(name: string): Promise<Buffer> {
  const book = await settled(stretched(await open(paper, name), 190, 190));
  const border = { top: 5, bottom: 5, left: 5, right: 5, background: '#cc0000' };
  return jpegWithin(await settled(book.extend(border)), 40);
}

const page = windowsLines(`<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>书香二手书店</title>
<meta name="keywords" content="二手书,教材,考研,书香">
<meta name="description" content="湖南高校二手教材交易，低至三折，当面交易更放心。">
<link href="css/style.css" rel="stylesheet" type="text/css">
<script src="js/slide.js"></script>
</head>
<body onload="start()">
<div id="box">
  <div id="top"><h1>书香二手书店</h1></div>
  <div id="banner">
    <img id="ad" src="images/ad1.jpg" width="780" height="300" alt="开学季">
  </div>
  <div id="left">
    <ul><li>教材</li><li>考研</li><li>外语</li><li>小说</li><li>期刊</li></ul>
  </div>
  <div id="middle">
    <h2>新书上架</h2>
    <div class="book"><img src="images/book1.jpg" alt="大学英语"><p>大学英语 12 元</p></div>
    <div class="book"><img src="images/book2.jpg" alt="高等数学"><p>高等数学 15 元</p></div>
    <div class="book"><img src="images/book3.jpg" alt="电子商务概论"><p>电子商务概论 18 元</p></div>
    <div id="reg">
      <h2>会员注册</h2>
      <form action="" method="post">
        <p>用户名：<input type="text" name="user" maxlength="16"></p>
        <p>密码：<input type="password" name="pwd"></p>
        <p>性别：<input type="radio" name="sex" value="男" checked>男 <input type="radio" name="sex" value="女">女</p>
        <p>爱好：<input type="checkbox" name="like" value="1">阅读 <input type="checkbox" name="like" value="2">运动 <input type="checkbox" name="like" value="3">音乐</p>
        <p>专业：<select name="major"><option>电子商务</option><option>会计</option><option>软件技术</option></select></p>
        <p>备注：<textarea name="note" rows="4" cols="40"></textarea></p>
        <p><input type="submit" value="注册"> <input type="reset" value="重置"></p>
      </form>
    </div>
  </div>
  <div id="right"><h3>公告</h3><p>当面交易，先看书后付款。</p></div>
  <div id="foot">书香二手书店 版权所有</div>
</div>
<div id="float"><a href="#reg"><img src="images/float.gif" width="100" height="100" border="0" alt="注册有礼"></a></div>
</body>
</html>
`);

const style = windowsLines(`body { margin: 0; font: 14px "微软雅黑"; background: #f5f1e8; }
#box { width: 960px; margin: 0 auto; background: #fff; }
#top { height: 80px; background: #8f1d10; color: #fff; text-align: center; }
#banner { width: 780px; height: 300px; margin: 10px auto; }
#left { float: left; width: 140px; }
#middle { float: left; width: 660px; }
#right { float: right; width: 150px; }
#foot { clear: both; height: 50px; line-height: 50px; text-align: center; background: #333; color: #fff; }
.book { float: left; width: 210px; height: 250px; text-align: center; overflow: hidden; }
.book img { width: 200px; height: 200px; transition: all 0.3s; }
.book img:hover { transform: scale(1.2); }
#reg { clear: both; padding: 10px; }
#float { position: fixed; right: 10px; bottom: 10px; z-index: 99; }
`);

const script = windowsLines(`var pics = ["images/ad1.jpg", "images/ad2.jpg", "images/ad3.jpg"];
var n = 0;
function change() {
  n = n + 1;
  if (n >= pics.length) { n = 0; }
  document.getElementById("ad").src = pics[n];
}
function start() {
  setInterval(change, 3000);
}
`);

async function excellent() {
  const ad = async (name: string): Promise<Buffer> =>
    jpegWithin(stretched(await open(paper, name), 780, 300), 100);
  const files = {
    'index.html': page,
    'css/style.css': style,
    'js/slide.js': script,
    'images/ad1.jpg': await ad('ad1.jpg'),
    'images/ad2.jpg': await ad('ad2.jpg'),
    'images/ad3.jpg': await ad('ad3.jpg'),
    'images/book1.jpg': await framed('book1.jpg'),
    'images/book2.jpg': await framed('book2.jpg'),
    'images/book3.jpg': await framed('book3.jpg'),
    'images/float.gif': await material(paper, 'float.gif'),
  };
  return { '430125000401.zip': packed(files) };
}

export const page2: readonly Sample[] = [sample('page-2-excellent', excellent)];
