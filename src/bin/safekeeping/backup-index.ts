import { z } from 'zod';

/** What a backup holds, so that it can be checked before anything is restored. Paths are relative to the backup. */
export const backupIndexSchema = z.object({
  kind: z.literal('kaoping-backup'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  software: z.string(),
  /** In the order in which they can be loaded. */
  tables: z.array(
    z.object({ name: z.string(), rows: z.number().int(), path: z.string(), sha256: z.string() }),
  ),
  /** Everything of DATA_DIR that is not the database: blobs, manifests, keys. */
  files: z.array(z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() })),
});
export type BackupIndex = z.infer<typeof backupIndexSchema>;

export const indexName = 'index.json';
export const filesFolder = 'files';
export const tablesFolder = 'tables';

/** Folders of DATA_DIR that a backup holds; half-received uploads and temporary files are not among them. */
export const keptFolders = ['blobs', 'manifests', 'keys'] as const;
