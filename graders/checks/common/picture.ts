import type { CheckInput, Reasons } from '../../check.ts';
import type { FileFact, ImageFact } from '../../facts/schema.ts';
import { type Finding, fileEvidence } from './per-slot.ts';

/** Reasons of checks that look at pictures. */
export const pictureReasons: Reasons = {
  undecodable: {
    zh: '{file} 损坏、不完整或过大，无法解码，请人工查看原文件。',
    en: '{file} is damaged, cut short or too large to decode; a human must look at it.',
  },
  unmeasured: {
    zh: '{file} 是 {format} 文件，不能测量其像素，请人工查看原文件。',
    en: '{file} is a file of type {format}, whose pixels cannot be measured; a human must look at it.',
  },
  unrecognised: {
    zh: '{file} 的内容无法识别为任何文件格式，请人工查看原文件。',
    en: 'The bytes of {file} are of no known format; a human must look at it.',
  },
  'no-picture': {
    zh: '{file} 的内容是 {mime}，不是图片。',
    en: '{file} holds {mime}, not a picture.',
  },
};

/** The facts of the picture in a file; undefined when its bytes are no picture. */
export const pictureIn = (file: FileFact, input: CheckInput<unknown>): ImageFact | undefined =>
  input.facts.images.find((image) => image.path === file.path);

/** True types whose header alone is read, which is enough for type and size. */
const headerOnly = new Set(['psd', 'tiff', 'ico', 'swf']);

/** Whether size and type may be judged: the picture decodes, or its format is one of which only the header is read. */
export const isReadable = (image: ImageFact): boolean =>
  image.decodable || (headerOnly.has(image.format) && image.width > 0 && image.height > 0);

/** Types that are never decoded and state no size: nothing is wrong with the file. */
const unmeasured = new Set([...headerOnly, 'svg']);

/** A picture that nobody can measure is for a human: damage may have come with the hand-in (D10). */
export const undecodable = (file: FileFact, image?: ImageFact): Finding => {
  const { format = '' } = image ?? {};
  return {
    share: null,
    code: unmeasured.has(format) ? 'unmeasured' : 'undecodable',
    values: { file: file.path, ...(image && { format: format.toUpperCase() }) },
    evidence: [fileEvidence(file)],
    brief: `${file.path} (!)`,
  };
};

/** Bytes that are something else are no picture; bytes that are nothing known may be a damaged one. */
export const notAPicture = (file: FileFact): Finding =>
  file.mime === null
    ? { ...undecodable(file), code: 'unrecognised' }
    : {
        share: '0',
        code: 'no-picture',
        values: { file: file.path, mime: file.mime },
        evidence: [fileEvidence(file)],
        brief: `${file.path} (${file.mime})`,
      };
