import { z } from 'zod';

/** Body of every error answer (RFC 9457). `title` and `detail` are Chinese: candidates and examiners read them. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    /** Machine-readable, stable: what a terminal program branches on. */
    code: z.string(),
    detail: z.string().optional(),
    /** What exactly is wrong, field by field or line by line. */
    errors: z.array(z.object({ where: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof problemSchema>;

interface ProblemOptions {
  detail?: string;
  errors?: { where: string; message: string }[];
  headers?: Record<string, string>;
  /** Further members of the body (RFC 9457, 3.2): what a program needs to go on. */
  extra?: Record<string, unknown>;
  cause?: unknown;
}

/** An answer that is an error on purpose: thrown anywhere below a route, sent as problem+json. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly errors: { where: string; message: string }[] | undefined;
  readonly headers: Record<string, string>;
  readonly extra: Record<string, unknown>;

  /**
   * @param status HTTP status, 400 to 599
   * @param code stable, kebab-case, for programs
   * @param title one Chinese sentence: what is wrong and what to do
   */
  constructor(status: number, code: string, title: string, options: ProblemOptions = {}) {
    super(title, { cause: options.cause });
    this.status = status;
    this.code = code;
    this.detail = options.detail;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
    this.extra = options.extra ?? {};
  }

  toBody(requestId: string): ProblemBody {
    return {
      ...this.extra,
      type: `urn:kaoping:problem:${this.code}`,
      title: this.message,
      status: this.status,
      code: this.code,
      ...(this.detail && { detail: this.detail }),
      ...(this.errors && { errors: this.errors }),
      requestId,
    };
  }
}

export const notFound = (what: string): Problem => new Problem(404, 'not-found', `找不到${what}。`);
export const unauthorized = (): Problem =>
  new Problem(401, 'not-signed-in', '请先登录。', { headers: { 'www-authenticate': 'Bearer' } });
export const forbidden = (): Problem => new Problem(403, 'not-allowed', '您没有进行此操作的权限。');
