import { z } from 'zod';
import { type CheckInput, defineCheck } from '../../check.ts';
import type { FileFact, ImageFact } from '../../facts/schema.ts';
import { type Finding, findings, measured, slotReasons, slotsSchema, together } from './per-slot.ts';
import { isReadable, notAPicture, pictureIn, pictureReasons, undecodable } from './picture.ts';
import { shareSchema } from './share.ts';

const pixels = z.number().int().positive();

const parameters = z.strictObject({
  slots: slotsSchema,
  width: pixels.optional(),
  height: pixels.optional(),
  /** Least and greatest height, both allowed. */
  heightRange: z.tuple([pixels, pixels]).optional(),
  /** Sides that miss by so few pixels still get a share. */
  near: z.strictObject({ pixels: pixels.default(1), share: shareSchema.default('1/2') }).optional(),
  /** The right proportions at another size still get a share; `tolerance` is relative. */
  aspect: z
    .strictObject({
      tolerance: z.number().positive().max(0.2).default(0.01),
      share: shareSchema.default('0.3'),
    })
    .optional(),
  /** Sizes with a share of their own, by exact match; they come before `near` and `aspect`. */
  others: z
    .array(z.strictObject({ width: pixels, height: pixels, share: shareSchema, why: z.string().min(1) }))
    .default([]),
});
type Parameters = z.output<typeof parameters>;

interface Size {
  readonly width: number;
  readonly height: number;
}

function wantedText({ width, height, heightRange }: Parameters): string {
  const [least, most] = heightRange ?? [];
  return `${width ?? '…'}×${heightRange ? `${least}–${most}` : (height ?? '…')}`;
}

/** By how many pixels the worse side misses what is asked; 0 when both are right. */
function miss(size: Size, { width, height, heightRange }: Parameters): number {
  const across = width === undefined ? 0 : Math.abs(size.width - width);
  const [least, most] = heightRange ?? [height ?? size.height, height ?? size.height];
  const down = Math.max(0, least - size.height, size.height - most);
  return Math.max(across, down);
}

interface Rule {
  readonly share: string;
  readonly code: string;
  readonly why?: string;
}

/** The first rule that the size meets, best first. */
function ruleFor(size: Size, asked: Parameters): Rule {
  const off = miss(size, asked);
  if (off === 0) return { share: '1', code: 'exact' };
  const other = asked.others.find(({ width, height }) => width === size.width && height === size.height);
  if (other !== undefined) return { share: other.share, code: 'known-size', why: other.why };
  if (asked.near !== undefined && off <= asked.near.pixels) return { share: asked.near.share, code: 'near' };
  const { width, height, aspect } = asked;
  if (width === undefined || height === undefined) return { share: '0', code: 'other-size' };
  if (width !== height && size.width === height && size.height === width)
    return { share: '0', code: 'turned' };
  const ratio = (size.width * height) / (size.height * width);
  if (aspect !== undefined && Math.abs(ratio - 1) <= aspect.tolerance)
    return { share: aspect.share, code: 'aspect' };
  return { share: '0', code: 'other-size' };
}

/** Less information than this on one colour is no work that size points should be given for blindly. */
const isBlank = ({ entropy, dominant }: ImageFact): boolean =>
  entropy !== null && entropy < 2 && dominant !== null && dominant.share > 0.98;

function look(file: FileFact, slot: string, input: CheckInput<Parameters>): Finding {
  const image = pictureIn(file, input);
  if (image === undefined) return notAPicture(file);
  if (!isReadable(image)) return undecodable(file, image);
  const size = { width: image.displayWidth, height: image.displayHeight };
  const rule = ruleFor(size, input.parameters);
  const wanted = wantedText(input.parameters);
  const found = `${size.width}×${size.height}`;
  const blank = rule.share !== '0' && isBlank(image);
  return {
    share: rule.share,
    code: blank && rule.code === 'exact' ? 'exact-blank' : rule.code,
    values: { file: file.path, wanted, found, why: rule.why ?? '' },
    evidence: [measured(file, '像素尺寸', found, wanted)],
    review: blank,
    ...(rule.code === 'turned' ? { cause: `turn:${slot}` } : {}),
    brief: `${file.path} (${found})`,
  };
}

/** page-2, shop-*: pixel size as displayed, EXIF orientation applied; density does not matter (B5, B7, B9, B17). */
export const imageSize = defineCheck({
  id: 'image-size',
  version: 1,
  parameters,
  summary: {
    zh: '图片显示时的像素尺寸是否为所要求的宽和高。',
    en: 'Whether pictures, as displayed, have the width and height asked for.',
  },
  example: {
    slots: ['banner'],
    width: 1000,
    height: 300,
    near: { pixels: 1, share: '1/2' },
    aspect: { tolerance: 0.01, share: '0.3' },
    others: [{ width: 1000, height: 330, share: '0.3', why: '含导航条的高度' }],
  },
  reads: ['files', 'images'],
  reasons: {
    ...slotReasons,
    ...pictureReasons,
    exact: { zh: '尺寸正确：{found} 像素。', en: 'The size is right: {found} pixels.' },
    'exact-blank': {
      zh: '尺寸正确（{found} 像素），但画面几乎只有一种颜色，请人工确认是否为作品。',
      en: 'The size is right ({found} pixels), but the picture is almost one plain colour; a human must confirm it.',
    },
    'known-size': {
      zh: '应为 {wanted} 像素，实测 {found} 像素：{why}。',
      en: 'Asked {wanted} pixels, found {found}: {why}.',
    },
    near: {
      zh: '应为 {wanted} 像素，实测 {found} 像素，相差很小。',
      en: 'Asked {wanted} pixels, found {found}, a very small miss.',
    },
    turned: {
      zh: '应为 {wanted} 像素，实测 {found} 像素：宽高正好对调，图片没有转正。',
      en: 'Asked {wanted} pixels, found {found}: the sides are swapped, the picture was not turned.',
    },
    aspect: {
      zh: '应为 {wanted} 像素，实测 {found} 像素：宽高比例正确，大小不符。',
      en: 'Asked {wanted} pixels, found {found}: the proportions are right, the size is not.',
    },
    'other-size': {
      zh: '应为 {wanted} 像素，实测 {found} 像素。',
      en: 'Asked {wanted} pixels, found {found}.',
    },
  },
  slots: ({ slots }) => slots,
  refuse({ width, height, heightRange }) {
    const reasons: string[] = [];
    if (width === undefined && height === undefined && heightRange === undefined) {
      reasons.push('nothing to compare with: give width, height or heightRange');
    }
    if (height !== undefined && heightRange !== undefined)
      reasons.push('give height or heightRange, not both');
    if (heightRange !== undefined && heightRange[0] > heightRange[1])
      reasons.push('heightRange runs backwards');
    return reasons;
  },
  judge: (input) =>
    together(findings(input, input.parameters.slots, (file, binding) => look(file, binding.name, input))),
});
