import { z } from 'zod';
import { type CheckInput, defineCheck } from '../../check.ts';
import type { FileFact, ImageFact } from '../../facts/schema.ts';
import { type Finding, findings, measured, slotReasons, slotsSchema, together } from './per-slot.ts';
import { isReadable, notAPicture, pictureIn, pictureReasons, undecodable } from './picture.ts';
import { lesserShare, shareSchema } from './share.ts';

/** Least share of transparent pixels of a picture that uses its transparency. */
const leastAlpha = 0.01;

const formatSchema = z.enum(['jpeg', 'png', 'gif', 'bmp', 'webp', 'psd', 'tiff', 'svg', 'swf']);

const parameters = z.strictObject({
  slots: slotsSchema,
  formats: z.array(formatSchema).min(1),
  alpha: z.literal('required').optional(),
  animated: z.enum(['required', 'forbidden']).optional(),
  /** What a picture of the right type still gets with each flaw. */
  shares: z
    .strictObject({
      noAlpha: shareSchema.default('1/2'),
      cmyk: shareSchema.default('1/2'),
      wrongExtension: shareSchema.default('1'),
    })
    .default({ noAlpha: '1/2', cmyk: '1/2', wrongExtension: '1' }),
});
type Parameters = z.output<typeof parameters>;

const shown = (formats: readonly string[]): string => formats.map((format) => format.toUpperCase()).join('/');

interface Flaw {
  readonly code: string;
  readonly share: string;
}

/** Everything that is not as asked although the type is right. */
function flawsOf(image: ImageFact, file: FileFact, { alpha, animated, shares }: Parameters): Flaw[] {
  const flaws: Flaw[] = [];
  if (animated === 'required' && image.frames < 2) flaws.push({ code: 'not-animated', share: '0' });
  if (animated === 'forbidden' && image.frames > 1) flaws.push({ code: 'animated', share: '0' });
  if (alpha === 'required' && image.alphaShare < leastAlpha)
    flaws.push({ code: 'no-alpha', share: shares.noAlpha });
  if (image.space === 'cmyk') flaws.push({ code: 'cmyk', share: shares.cmyk });
  if (!file.extensionMatches) flaws.push({ code: 'wrong-extension', share: shares.wrongExtension });
  return flaws;
}

function look(file: FileFact, input: CheckInput<Parameters>): Finding {
  const image = pictureIn(file, input);
  if (image === undefined) return notAPicture(file);
  const wanted = shown(input.parameters.formats);
  const format = image.format.toUpperCase();
  const evidence = [measured(file, '图片格式', format, wanted)];
  const values = {
    file: file.path,
    format,
    wanted,
    frames: image.frames,
    alpha: `${+(image.alphaShare * 100).toFixed(1)}%`,
  };
  const brief = `${file.path} (${format})`;
  if (!input.parameters.formats.some((asked) => asked === image.format)) {
    return { share: '0', code: 'other-format', values, evidence, brief };
  }
  if (!isReadable(image)) return undecodable(file, image);
  const flaws = flawsOf(image, file, input.parameters);
  const [first] = flaws;
  if (first === undefined) return { share: '1', code: 'right-format', values, evidence, brief };
  const worst = flaws.reduce((a, b) => (lesserShare(a.share, b.share) === a.share ? a : b), first);
  if (flaws.some((flaw) => flaw.code === 'no-alpha'))
    evidence.push(measured(file, '透明像素', values.alpha, '≥1%'));
  if (flaws.some((flaw) => flaw.code === 'cmyk')) evidence.push(measured(file, '颜色模式', 'CMYK', 'RGB'));
  if (flaws.some((flaw) => flaw.code.includes('animated')))
    evidence.push(measured(file, '帧数', `${image.frames}`, ''));
  return { share: worst.share, code: worst.code, values, evidence, brief };
}

/** page-1, shop-*: the true type by magic bytes, never by the extension (B2, B3, B4, B9, B10, B12, B20, B24). */
export const imageFormat = defineCheck({
  id: 'image-format',
  version: 1,
  parameters,
  summary: {
    zh: '图片的真实格式（按文件头，不看扩展名）是否为所要求的格式；可要求透明、动画。',
    en: 'Whether the true type of pictures, by their bytes, is one asked for; transparency and animation on request.',
  },
  example: { slots: ['logo'], formats: ['gif'], alpha: 'required', shares: { noAlpha: '1/2' } },
  reads: ['files', 'images'],
  reasons: {
    ...slotReasons,
    ...pictureReasons,
    'right-format': { zh: '{file} 是 {format} 格式。', en: '{file} is {format}.' },
    'other-format': {
      zh: '{file} 的真实格式是 {format}，应为 {wanted}。只改扩展名不算转换格式。',
      en: '{file} is really {format}, asked was {wanted}. A new extension is no conversion.',
    },
    'no-alpha': {
      zh: '{file} 是 {format} 格式，但没有透明背景（透明像素 {alpha}）。',
      en: '{file} is {format} but has no transparent background ({alpha} of its pixels).',
    },
    cmyk: {
      zh: '{file} 是 {format} 格式，但颜色模式为 CMYK，网页上应使用 RGB。',
      en: '{file} is {format} but its colours are CMYK; the web wants RGB.',
    },
    'wrong-extension': {
      zh: '{file} 是 {format} 格式，只是扩展名不符。',
      en: '{file} is {format}; only its extension does not say so.',
    },
    'not-animated': {
      zh: '{file} 只有 {frames} 帧，不是动画。',
      en: '{file} has {frames} frame, it does not move.',
    },
    animated: {
      zh: '{file} 有 {frames} 帧，是动画，应为静态图片。',
      en: '{file} has {frames} frames; a still was asked for.',
    },
  },
  slots: ({ slots }) => slots,
  judge: (input) => together(findings(input, input.parameters.slots, (file) => look(file, input))),
});
