/** Pages as Dreamweaver CS writes them on a Chinese Windows: XHTML Transitional, its own functions in the head. */

/** The functions behind 鼠标经过图像, word for word. */
export const swapImageScript = `<script type="text/javascript">
<!--
function MM_swapImgRestore() { //v3.0
  var i,x,a=document.MM_sr; for(i=0;a&&i<a.length&&(x=a[i])&&x.oSrc;i++) x.src=x.oSrc;
}
function MM_preloadImages() { //v3.0
  var d=document; if(d.images){ if(!d.MM_p) d.MM_p=new Array();
    var i,j=d.MM_p.length,a=MM_preloadImages.arguments; for(i=0; i<a.length; i++)
    if (a[i].indexOf("#")!=0){ d.MM_p[j]=new Image; d.MM_p[j++].src=a[i];}}
}

function MM_findObj(n, d) { //v4.01
  var p,i,x;  if(!d) d=document; if((p=n.indexOf("?"))>0&&parent.frames.length) {
    d=parent.frames[n.substring(p+1)].document; n=n.substring(0,p);}
  if(!(x=d[n])&&d.all) x=d.all[n]; for (i=0;!x&&i<d.forms.length;i++) x=d.forms[i][n];
  for(i=0;!x&&d.layers&&i<d.layers.length;i++) x=MM_findObj(n,d.layers[i].document);
  if(!x && d.getElementById) x=d.getElementById(n); return x;
}

function MM_swapImage() { //v3.0
  var i,j=0,x,a=MM_swapImage.arguments; document.MM_sr=new Array; for(i=0;i<(a.length-2);i+=3)
   if ((x=MM_findObj(a[i]))!=null){document.MM_sr[j++]=x; if(!x.oSrc) x.oSrc=x.src; x.src=a[i+2];}
}
//-->
</script>`;

/** A link whose picture changes under the mouse, as 插入 ▸ 图像对象 ▸ 鼠标经过图像 writes it. */
export const rolloverLink = (href: string, name: string, up: string, over: string): string =>
  `<a href="${href}" onmouseout="MM_swapImgRestore()" onmouseover="MM_swapImage('${name}','','${over}',1)"><img src="${up}" alt="首页" name="${name}" width="120" height="40" border="0" id="${name}" /></a>`;

interface Page {
  readonly charset?: string;
  readonly title: string;
  /** Further lines of the head: meta, styles, scripts. */
  readonly head: readonly string[];
  /** Attributes of the body tag, with a blank in front. */
  readonly bodyAttributes?: string;
  readonly body: string;
}

export const dreamweaverPage = ({
  charset = 'utf-8',
  title,
  head,
  bodyAttributes = '',
  body,
}: Page): string =>
  `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=${charset}" />
<title>${title}</title>
${head.join('\n')}
</head>

<body${bodyAttributes}>
${body}
</body>
</html>
`.replaceAll('\n', '\r\n');
