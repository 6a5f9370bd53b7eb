import type { Limits } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { ManifestStore } from '../storage/manifest-store.ts';
import type { Inspect } from './inspect.ts';
import type { SigningKey } from './signing.ts';

interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What intake stands on; handed in by the composition. */
export interface IntakeParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly manifests: ManifestStore;
  readonly key: SigningKey;
  readonly limits: Limits;
  readonly dataDir: string;
  readonly inspect: Inspect;
  readonly log: Log;
  /** Told after the commit; what it throws is logged and never fails a hand-in that is already safe. */
  readonly onHandedIn: (handedIn: { attemptId: string; versionId: string }) => Promise<void>;
}
