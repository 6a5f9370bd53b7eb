import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';

const megabytes = (value: number) => value * 1024 * 1024;
const flag = z.stringbool().default(false);

/**
 * Every setting, its meaning and its default. This file is the only reader of the environment; `.env.example`
 * and the compose file are tested against it.
 */
const environmentSchema = z.object({
  /** Folder of everything that must survive: database (embedded), blobs, manifests, keys. */
  DATA_DIR: z.string().default('data'),
  /** An outside PostgreSQL; unset: the embedded one in DATA_DIR. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** An outside Redis for the queue; unset: the queue lives in the database. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Keeps several installations on one Redis or database apart. */
  QUEUE_NAMESPACE: z
    .string()
    .regex(/^[a-z0-9_]{1,40}$/)
    .default('kaoping_queue'),
  HOST: z.string().default('127.0.0.1'),
  /** 0 takes any free port. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** The address people type; used in links and for the cookie's Secure flag. Unset: from HOST and PORT. */
  PUBLIC_URL: z.url().optional(),
  /** Unset: services say what they do (info), commands only what is wrong (warn). */
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  /** Grade inside `serve` too; off where separate workers do it. */
  WORK_IN_SERVE: z.stringbool().default(true),
  /** Grading children per process. */
  GRADERS: z.coerce.number().int().min(1).max(64).default(Math.min(4, availableParallelism())),
  /** A submission that takes longer ends as unknown, for a human. */
  GRADE_SECONDS: z.coerce.number().positive().default(120),
  /** A grading child that holds more memory than this is stopped. */
  GRADE_MEMORY_MB: z.coerce.number().positive().default(512),
  /** Largest single file a candidate may hand in. */
  MAX_FILE_MB: z.coerce.number().positive().default(200),
  /** Largest hand-in in sum. */
  MAX_SUBMISSION_MB: z.coerce.number().positive().default(500),
  MAX_FILES: z.coerce.number().int().positive().default(500),
  /** One request may take this long; slow cables use the resumable upload. */
  UPLOAD_SECONDS: z.coerce.number().positive().default(900),
  /** Hand-ins are refused (507) when less than this is left on the disk. */
  MIN_FREE_DISK_MB: z.coerce.number().min(0).default(1024),
  /** Failed logins per minute and address, before 429. A whole room may share one address. */
  LOGIN_ATTEMPTS_PER_MINUTE: z.coerce.number().int().positive().default(600),
  /** Requests per minute and token, before 429. */
  REQUESTS_PER_MINUTE: z.coerce.number().int().positive().default(1200),
  /** Trust X-Forwarded-* of a proxy in front. */
  TRUST_PROXY: flag,
});

/** The settings of one process, in the units the code uses. */
export interface Config {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  readonly queueNamespace: string;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  /** Null: what suits the process. */
  readonly logLevel: string | null;
  readonly trustProxy: boolean;
  readonly grading: {
    readonly inServe: boolean;
    readonly children: number;
    readonly deadlineMs: number;
    readonly memoryBytes: number;
  };
  readonly limits: Limits;
}

/** What one hand-in may cost. Bytes and milliseconds. */
export interface Limits {
  readonly fileBytes: number;
  readonly submissionBytes: number;
  readonly files: number;
  readonly uploadMs: number;
  readonly freeDiskBytes: number;
  readonly loginsPerMinute: number;
  readonly requestsPerMinute: number;
}

/** The environment cannot be used; the message names every variable that is wrong, and why. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Names of all variables, for the tests of `.env.example` and the compose file. */
export const environmentNames: readonly string[] = Object.keys(environmentSchema.shape);

/**
 * Reads and validates the environment.
 * @throws ConfigError
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(
    environmentNames.filter((name) => environment[name]).map((name) => [name, environment[name]]),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The environment is not usable:\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  return {
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    queueNamespace: env.QUEUE_NAMESPACE,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? null,
    logLevel: env.LOG_LEVEL ?? null,
    trustProxy: env.TRUST_PROXY,
    grading: {
      inServe: env.WORK_IN_SERVE,
      children: env.GRADERS,
      deadlineMs: env.GRADE_SECONDS * 1000,
      memoryBytes: megabytes(env.GRADE_MEMORY_MB),
    },
    limits: {
      fileBytes: megabytes(env.MAX_FILE_MB),
      submissionBytes: megabytes(env.MAX_SUBMISSION_MB),
      files: env.MAX_FILES,
      uploadMs: env.UPLOAD_SECONDS * 1000,
      freeDiskBytes: megabytes(env.MIN_FREE_DISK_MB),
      loginsPerMinute: env.LOGIN_ATTEMPTS_PER_MINUTE,
      requestsPerMinute: env.REQUESTS_PER_MINUTE,
    },
  };
}
