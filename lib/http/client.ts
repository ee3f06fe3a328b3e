import type { Connection } from '../connections/connection.ts';
import { CrosstrackError, isAbort, type Problem, problemOf } from '../errors.ts';
import type { Credentials } from '../keys/credentials.ts';
import type { TrackerAdapter } from '../trackers/adapter.ts';
import { type Answer, lineLost, readAnswer } from './answer.ts';
import { failure, type RequestContext } from './context.ts';
import { isGateway } from './gateway.ts';
import type { Http, HttpRequest, KeyPlace, QueryValue } from './http.ts';
import { type Clock, LONGEST_WAIT_MS, type Pacer } from './pacer.ts';
import { judgeAnswer } from './refusals.ts';
import { createScrub } from './scrub.ts';

export interface HttpDeps {
  readonly connection: Pick<Connection, 'id' | 'api'>;
  readonly adapter: Pick<TrackerAdapter, 'id' | 'name' | 'key' | 'secretKey' | 'paces' | 'refusal'>;
  /** Called for each request; the result is not stored. */
  credentials(): Promise<Credentials>;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly pacer: Pacer;
  /** 0–1, for the jitter of back-off. Default Math.random. */
  readonly random?: () => number;
}

/** Below the 30 s after which the browser kills a worker whose fetch has no answer. */
const TIMEOUT_MS = 25_000;
const TRIES = 3;
const BACK_OFF_MS = 500;

/** The extension's only access to the network; see {@link Http}. */
export function createHttp(deps: HttpDeps): Http {
  const { adapter, connection, clock, pacer } = deps;
  return {
    async send<T>(request: HttpRequest<T>, signal: AbortSignal): Promise<T> {
      const context: RequestContext = { tracker: adapter.name, call: request.call };
      const pace = request.pace ?? 'default';
      // Two connections to one host share its rate limits.
      const lane = `${new URL(connection.api).origin}:${pace}`;
      const stored = await deps.credentials();
      const credentials = adapter.secretKey ? stored : { key: stored.key };
      for (let attempt = 1; ; attempt++) {
        const leave = await pacer
          .enter(lane, adapter.paces[pace] ?? adapter.paces.default, signal)
          .catch((error: unknown) => {
            throw error instanceof CrosstrackError ? failure(context, error.problem) : error;
          });
        try {
          return await once(deps, request, credentials, context, signal);
        } catch (error) {
          if (!(error instanceof CrosstrackError)) throw error;
          const wait = waitBefore(error.problem, attempt, deps.random ?? Math.random);
          if (error.problem.kind === 'rate') {
            pacer.holdUntil(lane, clock.now() + (error.problem.retryAfterMs ?? wait ?? 0));
          }
          if (request.write || wait === null) throw error;
          leave();
          await clock.sleep(wait, signal);
        } finally {
          leave();
        }
      }
    },
  };
}

/** Is it the status of a transient error, whether from the tracker or a proxy? */
const isTransient = (status: number): boolean => [408, 429].includes(status) || isGateway(status);

/**
 * Milliseconds before a read is retried; null = not retried. Our own time-outs are not retried: three
 * of them would outlast the worker.
 */
function waitBefore(problem: Problem, attempt: number, random: () => number): number | null {
  if (attempt >= TRIES) return null;
  const { kind, status } = problem;
  const passing =
    kind === 'rate' || (status === undefined ? kind === 'network' : isTransient(status));
  if (!passing) return null;
  const backOff = BACK_OFF_MS * 2 ** (attempt - 1) * (0.5 + random());
  const wait = Math.max(problem.retryAfterMs ?? 0, backOff);
  return wait <= LONGEST_WAIT_MS ? wait : null;
}

async function once<T>(
  deps: HttpDeps,
  request: HttpRequest<T>,
  credentials: Credentials,
  context: RequestContext,
  signal: AbortSignal,
): Promise<T> {
  const { adapter, clock } = deps;
  // Before the fetch: what fails here was never sent.
  const place = request.key ?? adapter.key;
  const url = addressOf(deps.connection.api, request, place, credentials, context);
  const headers = headersOf(request, place, credentials.key, context);
  const body = bodyOf(request);
  const timeout = new AbortController();
  const asked = AbortSignal.any([signal, timeout.signal]);
  const timer = new AbortController();
  void clock.sleep(request.timeoutMs ?? TIMEOUT_MS, timer.signal).then(
    () => timeout.abort(),
    () => {},
  );
  const lost = request.write ? { maybeApplied: true } : {};
  let answer: Answer;
  try {
    // `manual`, not `error`: distinguishes a redirect from a lost connection, and still never follows it.
    const asking = deps.fetch(url, {
      method: request.method,
      headers,
      body,
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: asked,
    });
    const response = await asking.catch(lineLost);
    answer = await readAnswer(response, clock.now(), asked, request.maxBytes);
  } catch (error) {
    if (signal.aborted) throw isAbort(error) ? error : signal.reason;
    const problem: Problem = timeout.signal.aborted ? { kind: 'timeout' } : problemOf(error);
    throw failure(context, { ...lost, ...problem });
  } finally {
    timer.abort();
  }
  return judgeAnswer(
    answer,
    request,
    answer.status ? { ...context, status: answer.status } : context,
    request.refusal ?? adapter.refusal,
    createScrub(credentials.key, secretParameter(credentials).value),
  );
}

/** The request's URL, always below the connection's API base, whatever the path. */
function addressOf(
  api: string,
  request: HttpRequest<unknown>,
  place: KeyPlace | 'none',
  credentials: Credentials,
  context: RequestContext,
): string {
  const { origin, pathname } = new URL(api);
  const folder = pathname.replace(/\/+$/, '');
  const outside = () => failure(context, { kind: 'input', text: 'problem_outside' });
  // Servers decode %2f and %5c after the browser has resolved dots, some of them twice.
  if (!request.path.startsWith('/') || /%(25)*(2f|5c)/i.test(request.path)) throw outside();
  const url = new URL(`${origin}${folder}${request.path}`);
  const inside = url.pathname === folder || url.pathname.startsWith(`${folder}/`);
  if (url.origin !== origin || !inside) throw outside();
  for (const [name, value] of request.query ?? []) url.searchParams.append(name, String(value));
  if (place !== 'none') {
    if (place.in === 'query') url.searchParams.append(place.name, credentials.key);
    const { name, value } = secretParameter(credentials);
    if (value) url.searchParams.append(name, value);
  }
  return url.href;
}

/** The secret parameter; empty if there is none. Its name is not secret. */
function secretParameter({ secret = '' }: Credentials): { name: string; value: string } {
  const end = secret.indexOf('=');
  return { name: secret.slice(0, Math.max(end, 0)), value: secret.slice(end + 1) };
}

function headersOf(
  request: HttpRequest<unknown>,
  place: KeyPlace | 'none',
  key: string,
  context: RequestContext,
): Headers {
  const headers = new Headers({ Accept: 'application/json' });
  if (request.json !== undefined) headers.set('Content-Type', 'application/json');
  if (place !== 'none' && place.in === 'header') {
    try {
      headers.set(place.name, key);
    } catch {
      // Headers allow only Latin-1: the key was pasted wrong. The browser's own error would quote it.
      throw failure(context, { kind: 'auth', text: 'problem_key_characters' });
    }
  }
  return headers;
}

function bodyOf(request: HttpRequest<unknown>): string | URLSearchParams | null {
  if (request.json !== undefined) return JSON.stringify(request.json);
  if (!request.form) return null;
  const pairs = (request.form as ReadonlyArray<readonly [string, QueryValue]>).map(
    ([name, value]) => [name, String(value)],
  );
  return new URLSearchParams(pairs);
}
