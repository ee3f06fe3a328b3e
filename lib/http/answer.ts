import { CrosstrackError } from '../errors.ts';
import { readRetryAfter } from './retry-after.ts';
import { trackerErrorIn } from './tracker-error.ts';

/** A fully read response. */
export interface Answer {
  /** 0 for a redirect, which the browser keeps opaque. */
  readonly status: number;
  readonly redirected: boolean;
  /** Parsed JSON, or undefined when the body is not JSON. */
  readonly json: unknown;
  readonly empty: boolean;
  readonly html: boolean;
  /** The beginning of a body that is not JSON. */
  readonly text: string;
  /** What a broken tracker wrote around its JSON or in its place, verbatim; null = nothing. */
  readonly trackerError: string | null;
  readonly retryAfterMs: number | null;
}

const MB = 1024 * 1024;
const DEFAULT_BYTES = 32 * MB;
/** A larger answer would strain the worker's memory. */
const MOST_BYTES = 64 * MB;
/** Enough for a page's head and its sign-in form. */
const TEXT_LENGTH = 4_000;

/**
 * @param now epoch ms
 * @param maxBytes of the body, after decompression; see `HttpRequest.maxBytes`
 * @throws CrosstrackError `shape` when the answer is too large, `network` when the connection is lost
 */
export async function readAnswer(
  response: Response,
  now: number,
  signal: AbortSignal,
  maxBytes: number = DEFAULT_BYTES,
): Promise<Answer> {
  const redirected =
    response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
  const body = redirected ? '' : await readText(response, signal, Math.min(maxBytes, MOST_BYTES));
  const trimmed = body.trim();
  const html = trimmed.startsWith('<');
  const json = html || trimmed === '' ? undefined : parseJson(trimmed);
  return {
    status: response.status,
    redirected,
    json,
    empty: trimmed === '',
    html,
    text: trimmed.slice(0, TEXT_LENGTH),
    trackerError: json === undefined ? trackerErrorIn(trimmed) : null,
    retryAfterMs: readRetryAfter(response.headers.get('Retry-After'), now),
  };
}

async function readText(
  response: Response,
  signal: AbortSignal,
  maxBytes: number,
): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read().catch(lineLost);
      if (done) break;
      bytes += value.byteLength;
      if (bytes > maxBytes) throw new CrosstrackError({ kind: 'shape', text: 'problem_too_large' });
      parts.push(decoder.decode(value, { stream: true }));
    }
  } catch (error) {
    void reader.cancel().catch(() => {});
    throw error;
  }
  parts.push(decoder.decode());
  return parts.join('').replace(/^\uFEFF/, '');
}

/** Throws for a failed fetch or an interrupted body. The browser's message may quote the URL, so it is not shown. */
export function lineLost(cause: unknown): never {
  throw new CrosstrackError({ kind: 'network' }, { cause });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
