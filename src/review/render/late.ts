import type { Inliner } from './inline.ts';

/**
 * Runs in the page, before anything of it: pictures that a script names later (a rollover, a carousel) come from `files`
 * too. Names are folded as the map's are. Plain old JavaScript, for it is written into the page as text.
 */
const program = `(function (files, page) {
  function find(name) {
    if (/^(data|blob|javascript):/i.test(name)) return null;
    try {
      var path = new URL(String(name).replace(/\\\\/g, '/'), 'http://work/' + page);
      if (path.host !== 'work') return null;
      return files[decodeURIComponent(path.pathname).slice(1).toLowerCase()] || null;
    } catch (_) { return null; }
  }
  function inStyle(text) {
    return text.replace(/url\\(\\s*["']?([^"')]*)["']?\\s*\\)/gi, function (whole, name) {
      var found = find(name);
      return found ? 'url("' + found + '")' : whole;
    });
  }
  function mend(node) {
    if (node.nodeType !== 1) return;
    var source = node.getAttribute('src');
    if (source && find(source)) node.setAttribute('src', find(source));
    var style = node.getAttribute('style');
    if (style && inStyle(style) !== style) node.setAttribute('style', inStyle(style));
  }
  var own = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src');
  Object.defineProperty(HTMLImageElement.prototype, 'src', {
    configurable: true, enumerable: true, get: own.get,
    set: function (name) { own.set.call(this, find(name) || name); }
  });
  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      if (change.type === 'attributes') return mend(change.target);
      change.addedNodes.forEach(function (node) {
        mend(node);
        if (node.querySelectorAll) node.querySelectorAll('[src],[style]').forEach(mend);
      });
    });
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['src', 'style'] });
})`;

/** Text that cannot end a script element, whatever is in it. */
const asLiteral = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** The script that finds pictures for the scripts of a page; '' when the work has none. @param page path of the page */
export async function latePictures(page: string, work: Inliner): Promise<string> {
  const files: Record<string, string> = {};
  for (const picture of work.pictures()) {
    const data = await work.dataUrl(picture);
    if (data) files[picture.path.toLowerCase()] = data;
  }
  if (Object.keys(files).length === 0) return '';
  const place = page.split('/').map(encodeURIComponent).join('/');
  return `<script>${program}(${asLiteral(files)}, ${asLiteral(place)});</script>`;
}
