import type { TrackerCall } from '../errors.ts';
import type { z } from '../zod.ts';

/** Where the key goes in a request; `lib/http` puts it there, adapters never see it. */
export type KeyPlace =
  | { readonly in: 'header'; readonly name: string }
  | { readonly in: 'query'; readonly name: string };

/** A pace that a tracker documents or that careful clients keep. */
export interface Pace {
  /** Requests under way at once. */
  readonly atOnce: number;
  /** Requests per window, and the window's length in milliseconds. */
  readonly perWindow?: { readonly requests: number; readonly ms: number };
}

export type QueryValue = string | number | boolean;

export interface HttpRequest<T> {
  /** Our word for the call, for errors and the pace table: "report", "cost update". */
  readonly call: TrackerCall;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the connection's API base, with a leading slash. */
  readonly path: string;
  /** Query in order; a name may be repeated. Values are encoded here. */
  readonly query?: ReadonlyArray<readonly [string, QueryValue]>;
  readonly json?: unknown;
  readonly form?: ReadonlyArray<readonly [string, QueryValue]>;
  /** Name of a pace in the adapter's table; default `default`. */
  readonly pace?: string;
  /** Where the key goes in this one; default as the adapter says. `none`: it stays here. */
  readonly key?: KeyPlace | 'none';
  /** A write is never repeated here; its failures say whether it may have been applied. */
  readonly write?: boolean;
  /** Milliseconds until the whole answer has to be there. Default 25,000. */
  readonly timeoutMs?: number;
  /** Bytes of an answer at most. Default 32 MB; never more than 64 MB. */
  readonly maxBytes?: number;
  /**
   * Shape of a good answer. `empty: 'ok'` lets a 2xx with no body pass as `undefined`.
   * `refusal` reads the tracker's own error body, whatever the status: a text means refused.
   */
  readonly answer: z.ZodMiniType<T>;
  readonly empty?: 'ok';
  /** Reads what is answered to this one, in place of the adapter's. */
  readonly refusal?: ReadRefusal;
}

/** What an adapter makes of a refusal; `null` leaves it to the rules for all trackers. */
export type ReadRefusal = (answer: {
  readonly status: number;
  /** Parsed JSON, or undefined when the body is not JSON. */
  readonly json: unknown;
  /** First characters of the body when it is not JSON. */
  readonly text: string;
}) => import('../errors.ts').Problem | null;

/** The only way out: bound to one connection, its origin, its key and its adapter's tables. */
export interface Http {
  /**
   * Sends one request and parses the answer.
   *
   * Reads are repeated on 429, 502, 503, 504 and dropped lines, with back-off
   * and Retry-After; writes never are.
   * @throws CrosstrackError of any kind; AbortError when `signal` fires.
   */
  send<T>(request: HttpRequest<T>, signal: AbortSignal): Promise<T>;
}
