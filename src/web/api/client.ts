import type { AnswerName, Answers } from './answers-schema.ts';
import { OfflineError, problemFrom } from './problem.ts';

const prefix = '/api/v1';

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON; a Blob goes as it is. */
  readonly body?: unknown;
  readonly type?: string;
  /** A candidate's bearer. Staff are known by their cookie. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
}

/** Address of a resource of the service, with what the query says; empty values are left out. */
export function address(path: string, query: Ask['query'] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  const text = parameters.toString();
  return `${prefix}${path}${text && `?${text}`}`;
}

function requestOf({ method = 'GET', body, type, token, headers, signal }: Ask): RequestInit {
  const sent = new Headers(headers);
  if (token) sent.set('authorization', `Bearer ${token}`);
  const raw = body instanceof Blob;
  if (body !== undefined) sent.set('content-type', type ?? (raw ? body.type : 'application/json'));
  return {
    method,
    headers: sent,
    signal: signal ?? null,
    body: body === undefined ? null : raw ? body : JSON.stringify(body),
    credentials: token ? 'omit' : 'same-origin',
  };
}

/**
 * Sends a request and gives the answer as it came.
 * @throws ApiProblem when the service refuses, OfflineError when nothing answers
 */
export async function send(path: string, ask: Ask = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address(path, ask.query), requestOf(ask));
  } catch (cause) {
    if (ask.signal?.aborted) throw cause;
    throw new OfflineError('网络连接中断', { cause });
  }
  if (response.ok) return response;
  throw problemFrom(response.status, await response.text(), response.headers.get('retry-after'));
}

/** Asks for an answer of a known shape. @throws ApiProblem, OfflineError */
export async function call<K extends AnswerName>(
  answer: K,
  path: string,
  ask: Ask = {},
): Promise<Answers[K]> {
  const response = await send(path, ask);
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text);
  if (import.meta.env.DEV) {
    const { answers } = await import('./answers-schema.ts');
    return answers[answer].parse(body) as Answers[K];
  }
  return body as Answers[K];
}
