import { z } from 'zod';

export const indexName = 'index.json';
export const filesFolder = 'files';
export const tablesFolder = 'tables';

/** Folders of DATA_DIR that a backup holds; half-received uploads and temporary files are not among them. */
export const keptFolders = ['blobs', 'manifests', 'keys'] as const;

/** Relative, with `/`, and never upwards: what an index names is written below DATA_DIR. */
const below = (folder: string) =>
  z.string().regex(new RegExp(`^${folder}/(?!.*(^|/)\\.\\.?(/|$))[^\\\\]+$`), `must be below ${folder}/`);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a backup holds, so that it can be checked before anything is restored. Paths are relative to the backup. */
export const backupIndexSchema = z.object({
  kind: z.literal('kaoping-backup'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  software: z.string(),
  /** In the order in which they can be loaded. */
  tables: z.array(z.object({ name: z.string(), rows: z.number().int(), path: below(tablesFolder), sha256 })),
  /** Everything of DATA_DIR that is not the database: blobs, manifests, keys. */
  files: z.array(
    z.object({ path: below(`${filesFolder}/(${keptFolders.join('|')})`), bytes: z.number().int(), sha256 }),
  ),
});
export type BackupIndex = z.infer<typeof backupIndexSchema>;
