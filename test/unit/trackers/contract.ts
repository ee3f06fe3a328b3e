import { expect, test } from 'vitest';
import type { Connection } from '../../../lib/connections/connection.ts';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { CrosstrackError, type Problem } from '../../../lib/errors.ts';
import { createHttp } from '../../../lib/http/client.ts';
import { createPacer } from '../../../lib/http/pacer.ts';
import type { LogQuestion } from '../../../lib/report/log.ts';
import { NO_METRICS } from '../../../lib/report/metrics.ts';
import type { Dimension, Question, Report } from '../../../lib/report/question.ts';
import type { TrackerAdapter, TrackerClient } from '../../../lib/trackers/adapter.ts';
import en from '../../../public/_locales/en/messages.json' with { type: 'json' };
import ru from '../../../public/_locales/ru/messages.json' with { type: 'json' };
import { type Description, faultsOf } from './contract-fields.ts';

export const KEY = 'canary/key+1234=';
export const RANGE = { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' };
/** Instant at which everything is asked: still the second of August in Madrid. */
export const NOW = Date.parse('2026-08-02T20:00:00Z');

/** The interface descriptions, by path of their files; every request with a key is checked against its own. */
const DESCRIPTIONS = import.meta.glob<Description>('./*/contract/fields.ts', {
  eager: true,
  import: 'description',
});

/** One request that has to go out, whole, and what is answered to it. */
export interface Exchange {
  /** Method, path and query, decoded and in order, without the key: `GET /report?page=1&per=1000`. */
  readonly ask: string;
  /** The JSON that is sent, or the pairs of a form in order; none where it is left out. */
  readonly body?: unknown;
  readonly form?: ReadonlyArray<readonly [string, string]>;
  /** The key stays here. */
  readonly keyless?: true;
  /** JSON that is answered. */
  readonly say?: unknown;
  /** Text that is answered in its place; neither: an empty body. */
  readonly text?: string;
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Contract {
  readonly client: TrackerClient;
  /** Requests as they went out, to be compared with the exchanges. */
  readonly sent: Array<Omit<Exchange, 'say' | 'text' | 'status' | 'headers'>>;
  /** Addresses as they went out, encoded, key and all. */
  readonly urls: string[];
  /** What was wrong with requests; lib/http takes what is thrown there for a dead line. */
  readonly faults: unknown[];
  /** Lets time pass for the paces. */
  pass(ms: number): void;
}

/** A `TrackerClient` over the real lib/http; the line gives the answers one after the other. */
export function contractClient(
  adapter: TrackerAdapter,
  pasted: string,
  answer: (request: Request, call: number) => Response,
  change: Partial<Connection> = {},
): Contract {
  const sent: Contract['sent'] = [];
  const urls: string[] = [];
  const faults: unknown[] = [];
  let now = 0;
  const clock = {
    now: () => now,
    async sleep(ms: number, signal: AbortSignal) {
      // Time-outs never come; waits of paces and back-off pass at once.
      if (ms > 20_000) await new Promise((_, no) => signal.addEventListener('abort', no));
      now += ms;
    },
  };
  const { api, pages, script } = adapter.address(new URL(pasted));
  const connection: Connection = {
    id: 'c1',
    tracker: adapter.id,
    name: 'Test',
    api,
    pages: [...pages],
    ...(script === undefined ? {} : { script }),
    currency: 'USD',
    zone: 'Europe/Madrid',
    basis: 'visit',
    templates: [],
    order: 0,
    createdAt: 0,
    ...change,
  };
  const http = createHttp({
    adapter,
    connection,
    credentials: async () => ({ key: KEY }),
    fetch: async (input, init) => {
      try {
        const request = new Request(input, init);
        expect(init).toMatchObject({ credentials: 'omit', redirect: 'manual', cache: 'no-store' });
        sent.push(await written(adapter, api, request, init?.body ?? null));
        urls.push(request.url);
        return answer(request, sent.length);
      } catch (fault) {
        faults.push(fault);
        throw fault;
      }
    },
    clock,
    pacer: createPacer(clock),
    random: () => 0.5,
  });
  const signal = new AbortController().signal;
  const client: TrackerClient = { http, connection, signal, now: () => NOW, memory: new Map() };
  const pass = (ms: number) => {
    now += ms;
  };
  return { client, sent, urls, faults, pass };
}

/** What a request says, the key taken out of its one place. */
async function written(
  adapter: TrackerAdapter,
  api: string,
  request: Request,
  body: BodyInit | null,
) {
  const url = new URL(request.url);
  const { in: place, name } = adapter.key;
  const keyed =
    place === 'header' ? request.headers.get(name) === KEY : url.searchParams.get(name) === KEY;
  if (keyed && place === 'query') url.searchParams.delete(name);
  if (keyed && place === 'header') request.headers.delete(name);
  const text = await request.clone().text();
  const rest = [url.href, text, ...[...request.headers].flat()].join(' ');
  for (const form of [KEY, encodeURIComponent(KEY)]) expect(rest).not.toContain(form);
  expect(request.headers.get('Accept')).toBe('application/json');
  const type = request.headers.get('Content-Type');
  const query = [...url.searchParams].map(([key, value]) => `${key}=${value}`).join('&');
  const ask = `${request.method} ${decodeURI(url.pathname)}${query === '' ? '' : `?${query}`}`;
  const isForm = body instanceof URLSearchParams;
  if (body !== null) {
    const expected = isForm
      ? 'application/x-www-form-urlencoded;charset=UTF-8'
      : 'application/json';
    expect(type).toBe(expected);
  } else expect(type).toBeNull();
  const sent =
    body === null ? {} : isForm ? { form: [...body] } : { body: JSON.parse(text) as unknown };
  const description = DESCRIPTIONS[`./${adapter.id}/contract/fields.ts`];
  if (keyed && description) {
    const path = url.href.slice(api.length).replace(/[?#].*$/s, '');
    const { method } = request;
    expect(faultsOf(description, { method, path, query: [...url.searchParams], ...sent })).toEqual(
      [],
    );
  }
  return { ask, ...sent, ...(keyed ? {} : { keyless: true as const }) };
}

export function responseOf({ say, text, status = 200, headers = {} }: Omit<Exchange, 'ask'>) {
  const bodiless = status === 204 || (status >= 300 && status < 400);
  const body = bodiless ? null : (text ?? (say === undefined ? '' : JSON.stringify(say)));
  return new Response(body, { status, headers });
}

/** One row of a contract: what is done, what goes over the line, what comes of it. */
export interface Case {
  readonly title: string;
  readonly run: (adapter: TrackerAdapter, client: TrackerClient) => Promise<unknown> | undefined;
  readonly line: readonly Exchange[];
  /** What is given back, whole. */
  readonly gives?: unknown;
  /** Or the problem that it ends in. */
  readonly fails?: Partial<Problem>;
  readonly connection?: Partial<Connection>;
}

/** Plays a contract: requests must be these and no others, in this order. */
export async function play(
  adapter: TrackerAdapter,
  pasted: string,
  { run, line, gives, fails, connection }: Case,
): Promise<void> {
  const contract = contractClient(
    adapter,
    pasted,
    (request, call) => {
      const exchange = line[call - 1];
      if (!exchange) throw new Error(`not in the contract: ${request.method} ${request.url}`);
      return responseOf(exchange);
    },
    connection,
  );
  const done = run(adapter, contract.client);
  if (done === undefined) throw new Error('the adapter has no such member');
  await Promise.allSettled([done]);
  if (contract.faults.length > 0) throw contract.faults[0];
  if (fails) {
    const problem = await problemOf(done);
    expect(problem).toMatchObject(fails);
    // A wrong shape is told with whose it is, in which call and where.
    const place = {
      tracker: expect.any(String),
      call: expect.any(String),
      field: expect.any(String),
    };
    if (problem.kind === 'shape' && !problem.text) expect(problem).toMatchObject(place);
    expectSentence(problem);
  } else expect(await done).toEqual(gives);
  expect(contract.sent).toEqual(
    line.map(({ ask, body, form, keyless }) => ({
      ask,
      ...(body === undefined ? {} : { body }),
      ...(form === undefined ? {} : { form }),
      ...(keyless ? { keyless } : {}),
    })),
  );
}

export function playAll(adapter: TrackerAdapter, pasted: string, cases: readonly Case[]): void {
  test.each(cases.map((each) => [each.title, each] as const))('%s', (_, each) =>
    play(adapter, pasted, each),
  );
}

export async function problemOf(done: Promise<unknown>): Promise<Problem> {
  try {
    await done;
  } catch (error) {
    if (error instanceof CrosstrackError) return error.problem;
    throw error;
  }
  throw new Error('was not refused');
}

/** Words that tell people to do something, or what is wanted of them. */
const ADVICE =
  /\b(?:check|choose|copy|use|open|wait|try|enter|paste|set|send|grant|turn|remove|needs?|allow|leave|add)\b/i;
const SOVET =
  /(?:провер|выбер|скопир|использ|возьм|откро|подожд|повтор|попроб|введ|встав|укаж|отправ|нуж|выключ|разреш|убер|задай|войд|смотр|дай|постав|измен|спрос|отключ)/iu;

/** A problem has a sentence in both languages, all of its blanks filled, and it says what to do. */
export function expectSentence(problem: Problem): void {
  const key = problem.text ?? `problem_${problem.kind}`;
  for (const [texts, advice] of [
    [en, ADVICE],
    [ru, SOVET],
  ] as const) {
    const message = new Map<string, { readonly message: string }>(Object.entries(texts)).get(key);
    const values = problem.values ?? [];
    const sentence = (message?.message ?? '').replace(
      /\$(\d)/g,
      (_, slot: string) => values[Number(slot) - 1] || `$${slot}`,
    );
    expect(sentence, key).not.toMatch(/\$\d/);
    expect(sentence, key).toMatch(advice);
  }
  expect(JSON.stringify(problem)).not.toContain(KEY);
}

/** An answer that is a refusal, and the problem that comes of it. */
export type Refusal = readonly [
  title: string,
  answer: Omit<Exchange, 'ask'>,
  problem: Partial<Problem>,
];

const WARNING =
  '<br />\n<b>Warning</b>:  mysqli_connect(): Access denied (using password: YES) in <b>/a.php</b> on line <b>3</b><br />';
const SAID = 'Warning: mysqli_connect(): Access denied (using password: YES) in /a.php on line 3';

/** What every tracker may come to: a proxy that waits in vain, and a broken PHP. */
const BROKEN: readonly Refusal[] = [
  [
    'a proxy whose server is late',
    { status: 524, text: '<!doctype html><title>524: A timeout occurred</title>' },
    { kind: 'timeout', text: 'problem_gateway_late', values: ['524'], maybeApplied: true },
  ],
  [
    'a warning of PHP in front of the JSON',
    { text: `${WARNING}\n{"rows":[]}` },
    { kind: 'shape', text: 'problem_tracker_error', values: [SAID], maybeApplied: true },
  ],
  [
    'a warning of PHP that repeats the key',
    { status: 500, text: `<br /><b>Notice</b>: ${KEY} in <b>/a.php</b> on line <b>3</b>` },
    {
      kind: 'shape',
      text: 'problem_tracker_error',
      values: ['Notice: ••• in /a.php on line 3'],
      maybeApplied: true,
    },
  ],
];

/**
 * Every refusal, to a read and to a write. Reads are repeated on what may pass;
 * writes go out once, and say whether they may have been applied.
 */
export function playRefusals(
  adapter: TrackerAdapter,
  pasted: string,
  refusals: readonly Refusal[],
  calls: {
    /** One request, where it is answered. */
    readonly read: (client: TrackerClient) => Promise<unknown>;
    readonly write?: (client: TrackerClient) => Promise<unknown> | undefined;
  },
): void {
  const all = [...refusals, ...BROKEN];
  test.each(all)('a read: %s', async (_, answer, expected) => {
    const { client, sent } = contractClient(adapter, pasted, () => responseOf(answer));
    const problem = await problemOf(calls.read(client));
    const { maybeApplied: _write, ...ofRead } = expected;
    expect(problem).toMatchObject({ tracker: adapter.name, ...ofRead });
    expect(problem).not.toHaveProperty('maybeApplied');
    expectSentence(problem);
    const passing = problem.kind === 'rate' || [502, 503, 504, 524].includes(answer.status ?? 0);
    expect(sent).toHaveLength(passing ? 3 : 1);
  });
  const { write } = calls;
  if (!write) return;
  test.each(all)('a write: %s', async (_, answer, expected) => {
    const { client, sent } = contractClient(adapter, pasted, () => responseOf(answer));
    const problem = await problemOf(write(client) ?? Promise.reject(new Error('cannot write')));
    expect(problem).toMatchObject({ tracker: adapter.name, ...expected });
    expect(problem.maybeApplied ?? false).toBe(expected.maybeApplied ?? false);
    expectSentence(problem);
    // Something may be looked up after it; the write itself is never repeated.
    const [first] = sent;
    expect(sent.filter((each) => JSON.stringify(each) === JSON.stringify(first))).toHaveLength(1);
  });
}

export const question = (parts: Partial<Question> = {}): Question => ({
  range: RANGE,
  groupBy: [],
  filters: [],
  ...parts,
});

export const logQuestion = (parts: Partial<LogQuestion> = {}): LogQuestion => ({
  range: RANGE,
  campaignId: null,
  clickId: null,
  ...parts,
});

export const costUpdate = (parts: Partial<CostUpdate> = {}): CostUpdate => ({
  connection: 'c1',
  campaignId: '7',
  campaignName: 'Summer',
  range: RANGE,
  mode: 'total',
  amount: 19.22,
  currency: 'EUR',
  rate: null,
  token: null,
  uniqueOnly: false,
  ...parts,
});

/** Ids and names of rows with the figures that are known, to be read at a glance. */
export const seen = ({ rows }: Report) =>
  rows.map(({ values, metrics: { partial, ...figures } }) => ({
    values: values.map(({ id, name }) => (id === name ? id : [id, name])),
    ...Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== null)),
    ...(partial.length > 0 ? { partial } : {}),
  }));

/** A whole log of these entries, as it is given back. */
export const log = (entries: unknown) => ({
  entries,
  zone: 'Europe/Madrid',
  fetchedAt: NOW,
  complete: true,
});

export const known = (metrics: Partial<typeof NO_METRICS>) => ({ ...NO_METRICS, ...metrics });

/** Every dimension that the adapter says it has, tokens and all. */
export const dimensionsOf = ({ capabilities }: TrackerAdapter): Dimension[] => [
  ...capabilities.dimensions,
  ...Array.from({ length: capabilities.tokens }, (_, index): Dimension => `token${index + 1}`),
];
