import type { Connection } from '../../../lib/connections/connection.ts';
import { CrosstrackError } from '../../../lib/errors.ts';
import type { Http, HttpRequest } from '../../../lib/http/http.ts';
import type { TrackerAdapter, TrackerClient } from '../../../lib/trackers/adapter.ts';

/** What a tracker says to one request: a status (default 200) and a JSON body. */
export interface Said {
  readonly status?: number;
  readonly json?: unknown;
}

/** A request as it went out, its query sorted and written `name=value`. */
export interface Sent {
  readonly line: string;
  readonly query: readonly string[];
  readonly write: boolean;
  readonly pace: string;
}

export const CONNECTION: Connection = {
  id: 'c1',
  tracker: 'any',
  name: 'Test',
  api: 'https://tracker.test',
  pages: ['https://tracker.test'],
  currency: 'USD',
  zone: 'Europe/Madrid',
  basis: 'postback',
  templates: [],
  order: 0,
  createdAt: 0,
};

/** A `TrackerClient` whose tracker answers from a function; refusals are read by the adapter, as in lib/http. */
export function fakeTrackerClient(
  adapter: TrackerAdapter,
  answer: (path: string, query: URLSearchParams, call: number) => Said,
): { client: TrackerClient; sent: Sent[] } {
  const sent: Sent[] = [];
  const http: Http = {
    async send<T>(request: HttpRequest<T>): Promise<T> {
      const pairs = (request.query ?? []).map(([name, value]) => [name, String(value)]);
      sent.push({
        line: `${request.method} ${request.path}`,
        query: pairs.map(([name, value]) => `${name}=${value}`).sort(),
        write: request.write === true,
        pace: request.pace ?? 'default',
      });
      const { status = 200, json } = answer(request.path, new URLSearchParams(pairs), sent.length);
      const refused = adapter.refusal({ status, json, text: '' });
      if (refused !== null) throw new CrosstrackError({ ...refused, call: request.call, status });
      if (status >= 400) {
        throw new CrosstrackError({
          kind: status === 429 ? 'rate' : 'network',
          call: request.call,
          status,
          ...(request.write === true ? { maybeApplied: status >= 500 } : {}),
        });
      }
      if (json === undefined && request.empty === 'ok') return request.answer.parse(undefined);
      const read = request.answer.safeParse(json);
      if (read.success) return read.data;
      const field = read.error.issues[0]?.path.join('.') ?? '';
      throw new CrosstrackError({ kind: 'shape', call: request.call, field });
    },
  };
  const client: TrackerClient = {
    http,
    connection: CONNECTION,
    signal: new AbortController().signal,
    now: () => 1_785_600_000_000,
    memory: new Map(),
  };
  return { client, sent };
}

/** The problem that a promise is rejected with. */
export async function problemFrom(promise: Promise<unknown>) {
  try {
    await promise;
  } catch (error) {
    if (error instanceof CrosstrackError) return error.problem;
    throw error;
  }
  throw new Error('was not rejected');
}

/** A document that has exactly these selectors, each with its text. */
export function documentWith(elements: Readonly<Record<string, string>> = {}): ParentNode {
  const stub = {
    querySelector: (selector: string) =>
      selector in elements ? { textContent: elements[selector] } : null,
  };
  return stub as unknown as ParentNode;
}
