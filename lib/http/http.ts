import type { TrackerCall } from '../errors.ts';
import type { z } from '../zod.ts';

/** Where a request carries the key. `lib/http` adds it; adapters never see it. */
export type KeyPlace =
  | { readonly in: 'header'; readonly name: string }
  | { readonly in: 'query'; readonly name: string };

/** A rate limit that a tracker documents or that careful clients respect. */
export interface Pace {
  /** Most concurrent requests. */
  readonly atOnce: number;
  /** Requests per window, and the window's length in milliseconds. */
  readonly perWindow?: { readonly requests: number; readonly ms: number };
}

export type QueryValue = string | number | boolean;

export interface HttpRequest<T> {
  /** Our name of the request, for errors: "report", "cost update". */
  readonly call: TrackerCall;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the connection's API base, with a leading slash. */
  readonly path: string;
  /** Query in order; a name may be repeated. Values are encoded here. */
  readonly query?: ReadonlyArray<readonly [string, QueryValue]>;
  readonly json?: unknown;
  readonly form?: ReadonlyArray<readonly [string, QueryValue]>;
  /** Name of one of the adapter's `paces`; default `default`. */
  readonly pace?: string;
  /** Where this request carries the key; default: the adapter's place. `none`: no key is sent. */
  readonly key?: KeyPlace | 'none';
  /** A write is never retried; its errors say whether it may have been applied. */
  readonly write?: boolean;
  /** Time limit for the whole answer, in milliseconds. Default 25,000. */
  readonly timeoutMs?: number;
  /** Largest answer in bytes. Default 32 MB; at most 64 MB. */
  readonly maxBytes?: number;
  /**
   * Shape of a good answer. `empty: 'ok'` lets a 2xx with no body pass as `undefined`.
   * `refusal` reads the tracker's own error body, whatever the status: a text means refused.
   */
  readonly answer: z.ZodMiniType<T>;
  readonly empty?: 'ok';
  /** Replaces the adapter's `refusal` for this request. */
  readonly refusal?: ReadRefusal;
}

/** An adapter's reading of an error answer; null = apply the general rules. */
export type ReadRefusal = (answer: {
  readonly status: number;
  /** Parsed JSON, or undefined when the body is not JSON. */
  readonly json: unknown;
  /** The beginning of a body that is not JSON. */
  readonly text: string;
}) => import('../errors.ts').Problem | null;

/** The only way to the network: bound to one connection, its origin, key and adapter. */
export interface Http {
  /**
   * Sends one request and parses the answer.
   *
   * Retries reads on 408, 429, 502, 503, 504, 520 to 527 and lost connections, with back-off and
   * Retry-After; never retries writes.
   * @throws CrosstrackError of any kind; AbortError when `signal` fires.
   */
  send<T>(request: HttpRequest<T>, signal: AbortSignal): Promise<T>;
}
