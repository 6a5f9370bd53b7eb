/** File names inside strings: of scripts, Flash variables, and markup that scripts write. */

const extensions =
  'jpe?g|jfif|png|gif|bmp|webp|svg|ico|tiff?|psd|swf|flv|f4v|mp4|webm|ogg|ogv|mp3|wav|mid|midi|wma|wmv|avi|css|js|mjs|html?|xml|json|txt|pdf|zip|rar|docx?|xlsx?';
const fileName = new RegExp(`[^/\\\\]\\.(?:${extensions})(?:[?#].*)?$`, 'i');
const picture = /[^/\\]\.(?:jpe?g|jfif|png|gif|bmp|webp|svg)(?:[?#].*)?$/i;

/** Longest string that is searched; longer ones are data, not names. */
const longest = 20_000;

export const isFileName = (text: string): boolean => text.length <= 400 && fileName.test(text);
export const isPictureName = (text: string): boolean => text.length <= 400 && picture.test(text);

/** File names in a string: all of it, or the parts of a list (`a.jpg|b.jpg`) or of markup (`<img src="a.jpg">`). */
export function fileNamesIn(text: string): string[] {
  if (text.length > longest || !text.includes('.')) return [];
  const whole = text.trim();
  if (isFileName(whole) && !/[<>"'|=&,;]/.test(whole)) return [whole];
  return [...new Set(whole.split(/[\s"'<>=|,;()&]+/).filter(isFileName))];
}
