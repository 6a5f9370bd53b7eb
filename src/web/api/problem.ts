/** An error the service told on purpose (problem+json): `title` is for people, `code` for programs. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly detail: string | null;
  readonly errors: readonly { where: string; message: string }[];
  readonly requestId: string | null;
  /** Seconds the service asks to wait before the same request again; null when it does not say. */
  readonly retryAfter: number | null;
  /** The whole body, for codes that carry more than a problem must. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>, retryAfter: number | null = null) {
    super(typeof body.title === 'string' ? body.title : `HTTP ${status}`);
    this.status = status;
    this.code = typeof body.code === 'string' ? body.code : `http-${status}`;
    this.detail = typeof body.detail === 'string' ? body.detail : null;
    this.errors = Array.isArray(body.errors) ? body.errors : [];
    this.requestId = typeof body.requestId === 'string' ? body.requestId : null;
    this.retryAfter = retryAfter;
    this.body = body;
  }
}

/** No answer at all: the cable is cut, the service is down. The same request may be sent again. */
export class OfflineError extends Error {
  override name = 'OfflineError';
}

/** Reads an error answer, also one that something between us and the service made up. */
export function problemFrom(status: number, text: string, retryAfter: string | null): ApiProblem {
  const seconds = retryAfter === null ? null : Number(retryAfter);
  const wait = seconds !== null && Number.isFinite(seconds) ? seconds : null;
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null)
      return new ApiProblem(status, body as Record<string, unknown>, wait);
  } catch {
    // A proxy's HTML page: its status is all that can be told.
  }
  return new ApiProblem(status, {}, wait);
}

/** Whether the same request may succeed later without anybody changing it. */
export const isPassing = (error: unknown): boolean =>
  error instanceof OfflineError ||
  (error instanceof ApiProblem &&
    (error.status >= 502 || error.status === 429 || error.code === 'in-progress'));
