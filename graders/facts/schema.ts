import { z } from 'zod';

/**
 * The facts of a submission: what was measured, before anybody judges. Shared by collectors (who write them)
 * and checks (who read them). All paths are as the candidate named them, `/`-separated, below the common root.
 * Lengths are pixels, sizes bytes, shares 0 to 1.
 */

export const junkSchema = z.enum(['os', 'lock', 'backup']).nullable();

export const fileFactSchema = z.object({
  path: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  /** By magic bytes, e.g. `image/jpeg`; `text/html` etc. by content and extension; null when nothing fits. */
  mime: z.string().nullable(),
  extensionMatches: z.boolean(),
  junk: junkSchema,
  /** Reached from an entry page: through HTML, CSS, script strings. Null where the submission has no page. */
  used: z.enum(['yes', 'no', 'maybe']).nullable(),
});
export type FileFact = z.infer<typeof fileFactSchema>;

export const imageFactSchema = z.object({
  path: z.string(),
  sha256: z.string(),
  /** True type by magic bytes: jpeg png gif bmp webp psd tiff svg …, whatever the extension says. */
  format: z.string(),
  /** As stored. For an animation, one frame (the canvas), never the stacked strip. */
  width: z.number().int(),
  height: z.number().int(),
  /** As shown: EXIF orientation applied. */
  displayWidth: z.number().int(),
  displayHeight: z.number().int(),
  frames: z.number().int(),
  /** EXIF orientation 1 to 8; 1 when absent. */
  orientation: z.number().int(),
  /** srgb, rgb16, cmyk, b-w, lab … */
  space: z.string(),
  hasAlpha: z.boolean(),
  /** Share of pixels that are at least half transparent, in the first frame; 0 without alpha. */
  alphaShare: z.number(),
  bytes: z.number().int(),
  /** Mean 8-bit luma, 0.299 R + 0.587 G + 0.114 B, over a reduced raster; null when not decodable. */
  meanLuma: z.number().nullable(),
  /** Standard deviation of that luma. */
  contrast: z.number().nullable(),
  /** Shannon entropy of the luma histogram, bits (0 to 8). */
  entropy: z.number().nullable(),
  /** Most frequent colour `#rrggbb` (5 bits a channel, centre of the bin) and its share. */
  dominant: z.object({ colour: z.string(), share: z.number() }).nullable(),
  /** 64-bit DCT perceptual hash, 16 hex digits. */
  phash: z.string().nullable(),
  /** False: damaged, truncated or over the pixel cap; the reason is in `problems` of the facts. */
  decodable: z.boolean(),
});
export type ImageFact = z.infer<typeof imageFactSchema>;

/** Where something stands in the source, for a `dom-span`: 1-based line and column, and the source text (≤ 300 characters). */
export const spanSchema = z.object({
  path: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  source: z.string(),
});
export type Span = z.infer<typeof spanSchema>;

export const effectFactSchema = z.object({
  verdict: z.enum(['yes', 'no', 'unknown']),
  /** What the code says without running it. */
  static: z.enum(['yes', 'no', 'maybe']),
  /** What a browser saw; null when no browser looked. */
  watched: z.enum(['yes', 'no', 'unknown']).nullable(),
  evidence: z.array(
    z.object({
      span: spanSchema,
      /** Which technique, e.g. `marquee`, `mm-swap-image`, `css-hover`. */
      technique: z.string(),
      /** What the technique itself states: `{direction: "left", text: "…", pictures: "a.jpg|b.jpg", restores: "yes"}`. */
      values: z.record(z.string(), z.string()),
    }),
  ),
});
export type EffectFact = z.infer<typeof effectFactSchema>;

export const effectNames = ['scrollingText', 'rolloverImage', 'imageZoom', 'carousel', 'floatingAd'] as const;
export type EffectName = (typeof effectNames)[number];

/** One reference from a page or style sheet to a file. */
export const referenceFactSchema = z.object({
  span: spanSchema,
  /** `img`, `background`, `css-url`, `script`, `style`, `frame`, `media`, `link`, `script-string`, `form` … */
  kind: z.string(),
  /** As written. */
  target: z.string(),
  /** The submitted file it means, resolved as Windows would (case, `\`, `%20`, `?v=`); null when there is none. */
  file: z.string().nullable(),
  /** `ok`, `ok-on-windows` (other case, backslash, blanks), `absolute-path` (file:/// or C:\), `missing`, `external`, `anchor`, `empty-anchor`, `mail`, `script`. */
  state: z.string(),
});
export type ReferenceFact = z.infer<typeof referenceFactSchema>;

export const pageFactSchema = z.object({
  path: z.string(),
  sha256: z.string(),
  encoding: z.object({ declared: z.string().nullable(), actual: z.string(), garbled: z.boolean() }),
  /** As a browser shows it; null when the page has none. */
  title: z.string().nullable(),
  keywords: z.array(z.string()),
  description: z.string().nullable(),
  /** Where title, keywords and description stand and how they were written; null for what is not there. */
  head: z.object({
    title: z.object({ text: z.string(), span: spanSchema, count: z.number().int() }).nullable(),
    keywords: z
      .object({ list: z.array(z.string()), text: z.string(), span: spanSchema, form: z.string() })
      .nullable(),
    description: z.object({ text: z.string(), span: spanSchema, form: z.string() }).nullable(),
  }),
  layout: z.object({
    table: z.boolean(),
    frameset: z.boolean(),
    iframe: z.boolean(),
    layer: z.boolean(),
    form: z.boolean(),
    cssDiv: z.boolean(),
  }),
  elements: z.object({
    images: z.number().int(),
    brokenImages: z.number().int(),
    tables: z.number().int(),
    forms: z.number().int(),
    media: z.number().int(),
    links: z.object({
      internal: z.number().int(),
      broken: z.number().int(),
      external: z.number().int(),
      empty: z.number().int(),
    }),
  }),
  /** Every table, outermost first: declared width, nesting depth and the text of its own cells, row by row. */
  tables: z.array(
    z.object({
      span: spanSchema,
      depth: z.number().int(),
      width: z.string().nullable(),
      rows: z.array(z.array(z.string())),
      /** Holds another table, or pictures and prose rather than data. */
      layout: z.boolean(),
    }),
  ),
  /** Widths that blocks framing the page (body, div, section …) state for themselves, as written. */
  widths: z.array(z.object({ element: z.string(), width: z.string(), span: spanSchema })),
  references: z.array(referenceFactSchema),
  effects: z.object({
    scrollingText: effectFactSchema,
    rolloverImage: effectFactSchema,
    imageZoom: effectFactSchema,
    carousel: effectFactSchema,
    floatingAd: effectFactSchema,
  }),
  /** Visible text, blanks collapsed; comments, scripts and styles left out. */
  text: z.string(),
});
export type PageFact = z.infer<typeof pageFactSchema>;

/** Three ways to count words (2.6 of Word, of teachers, of candidates); the lower limit uses the generous, the upper the strict. */
export const wordCountSchema = z.object({
  /** 汉字 only. */
  strict: z.number().int(),
  /** 汉字 and CJK marks one each, a run of Latin letters or digits one, blanks none. */
  word: z.number().int(),
  /** Every character that is not blank, text boxes and tables included. */
  generous: z.number().int(),
});

export const documentFactSchema = z.object({
  path: z.string(),
  sha256: z.string(),
  /** docx xlsx csv txt json doc xls pdf rtf eml unsupported */
  kind: z.string(),
  text: wordCountSchema.extend({ plain: z.string() }),
  sections: z.array(
    z.object({ heading: z.string(), level: z.number().int(), text: z.string(), counts: wordCountSchema }),
  ),
  tables: z.array(z.object({ name: z.string(), rows: z.array(z.array(z.string())) })),
  images: z.array(z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() })),
  /** Hidden or white text, left out of `text`; quoted so a human can see it. */
  hidden: z.array(z.string()),
  /** Tracked deletions, left out of `text`. */
  deleted: z.array(z.string()),
});
export type DocumentFact = z.infer<typeof documentFactSchema>;

/** A number that stands as an answer, bound to what stands next to it. */
export const answerFactSchema = z.object({
  /** What it is an answer to: the words left of it, the cell before it, the column head above it. */
  label: z.string(),
  /** Further labels that bind it too: row head and column head of a table, wider phrases. */
  also: z.array(z.string()),
  heading: z.string().nullable(),
  /** As written, with everything around it that belongs to it: `186÷6200×100%=3.00%`. */
  text: z.string(),
  /** Exact: decimal string or fraction; a percentage as its fraction (3.40 % is `17/500`). Null when it is words only (`text` then holds them). */
  value: z.string().nullable(),
  /** Decimals as written (3.40 % has 2). */
  decimals: z.number().int().nullable(),
  /** `%`, `‰`, `pp` (百分点), `元`, `次`, `ratio` (1:3) … as normalised; null when none stands there. */
  unit: z.string().nullable(),
  /** Labelled as the result (最终 结果 答), or the end of its chain. */
  final: z.boolean(),
  /** An input of a chain (186 in 186÷6200×100%=3%), not an answer. */
  input: z.boolean(),
  /** Why the reading is doubtful (`decimal-comma`, `letter-o`, `two-readings`, `date`), else null. */
  unclear: z.string().nullable(),
  /** The other reading of an unclear text. */
  otherwise: z.string().nullable(),
  /** The formula before the result when one is written: its text and its exact value if it can be evaluated. */
  process: z.object({ text: z.string(), value: z.string().nullable() }).nullable(),
  file: z.string(),
  sha256: z.string(),
  /** `段落 12`, `表 1 第 3 行第 2 列`, `Sheet1!C5`, `第 7 行`. */
  where: z.string(),
});
export type AnswerFact = z.infer<typeof answerFactSchema>;

export const problemFactSchema = z.object({
  path: z.string(),
  /** Contains one of: encrypted truncated bomb traversal link unsupported empty shortcut. */
  code: z.string(),
  /** Chinese: what it is and what to do. */
  message: z.string(),
});
export type ProblemFact = z.infer<typeof problemFactSchema>;

export const factsSchema = z.object({
  files: z.array(fileFactSchema),
  images: z.array(imageFactSchema),
  pages: z.array(pageFactSchema),
  documents: z.array(documentFactSchema),
  answers: z.array(answerFactSchema),
  problems: z.array(problemFactSchema),
});
export type Facts = z.infer<typeof factsSchema>;
