/** One file of 素材: where it stands below its paper's materials/ and how its bytes come about. */
export interface Material {
  readonly paper: string;
  /** Path below `rubrics/papers/<paper>/materials/`. */
  readonly path: string;
  /** The same bytes at every call on the same version of the drawing library. */
  draw(): Promise<Buffer> | Buffer;
}

/** Files of one paper, by path. */
export const materialsOf = (
  paper: string,
  files: Readonly<Record<string, Material['draw']>>,
): readonly Material[] => Object.entries(files).map(([path, draw]) => ({ paper, path, draw }));

/** A text as Notepad saves it: UTF-8 with a byte order mark, lines ended by CR LF. */
export const text = (content: string): Buffer =>
  Buffer.from(`\uFEFF${content.trim().replaceAll('\n', '\r\n')}\r\n`, 'utf8');
