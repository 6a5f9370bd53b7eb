import type { Evidence, Material, RoomItem, WorkFile } from '../data.ts';

type Region = Extract<Evidence, { kind: 'image-region' }>;

/** What of a file matters for the chosen item. */
export interface Marked {
  readonly regions: readonly Region[];
  /** Lines of its source, from 1. */
  readonly lines: readonly number[];
}

/** What the evidence of an item points at within one file. */
export function markedIn(path: string, evidence: readonly Evidence[]): Marked {
  const here = evidence.filter((one) => one.path === path);
  return {
    regions: here.flatMap((one) => (one.kind === 'image-region' ? [one] : [])),
    lines: here.flatMap((one) => (one.kind === 'dom-span' ? [one.line] : [])),
  };
}

/** The file that an item is about, as its evidence tells; null when it tells nothing. */
export function fileOf({ judged }: RoomItem, files: readonly WorkFile[]): WorkFile | null {
  const paths = judged.evidence.flatMap(({ path }) => path ?? []);
  return files.find(({ path }) => paths.includes(path)) ?? null;
}

const stemOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.[^.]*$/, '')
    .toLowerCase();

const isPicture = ({ view }: Pick<Material, 'view'>): boolean => view === 'picture' || view === 'converted';

/** 素材 that can be laid beside a picture. */
export const pictureMaterials = (materials: readonly Material[]): Material[] => materials.filter(isPicture);

/** The 素材 a picture was made from: as evidence says, else the one of the same name, else nothing is guessed. */
export function materialOf(
  file: WorkFile,
  evidence: readonly Evidence[],
  materials: readonly Material[],
): Material | null {
  const pair = evidence.find((one) => one.kind === 'image-pair' && one.path === file.path);
  const named = pair?.kind === 'image-pair' ? pair.material : null;
  const pictures = pictureMaterials(materials);
  return (
    pictures.find(({ path }) => path === named) ??
    pictures.find(({ path }) => stemOf(path) === stemOf(file.path)) ??
    null
  );
}
