import { beforeEach, describe, expect, test } from 'vitest';
import { CrosstrackError, type Problem } from '../../../lib/errors.ts';
import { createHttp } from '../../../lib/http/client.ts';
import type { HttpRequest, KeyPlace, Pace } from '../../../lib/http/http.ts';
import { createPacer } from '../../../lib/http/pacer.ts';
import { readRetryAfter } from '../../../lib/http/retry-after.ts';
import { z } from '../../../lib/zod.ts';
import { expectSentence } from '../trackers/contract.ts';

const KEY = 'secret key/1';
const never = new AbortController().signal;

let clock: number;
let slept: number[];
let asked: Array<{ url: string; init: RequestInit }>;
/** Time-outs that are running; the test may let one pass. */
let timeouts: Array<() => void>;

beforeEach(() => {
  clock = 1_000_000;
  slept = [];
  asked = [];
  timeouts = [];
});

/** Sleeps of back-off pass at once; the long ones are time-outs and pass when the test says so. */
const fakeClock = {
  now: () => clock,
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => reject(signal.reason));
    if (ms >= 25_000) timeouts.push(resolve);
    else {
      slept.push(ms);
      clock += ms;
      resolve();
    }
    return promise;
  },
};

function http(
  answers: Array<Response | Error | 'hang'>,
  change: { key?: KeyPlace; api?: string; pace?: Pace } = {},
) {
  return createHttp({
    connection: { id: 'c', api: change.api ?? 'https://t.example/sub' },
    adapter: {
      id: 'any',
      name: 'Any',
      key: change.key ?? { in: 'header', name: 'Api-Key' },
      paces: { default: change.pace ?? { atOnce: 2 } },
      refusal: ({ json }) => {
        const said = Object(json).error;
        return typeof said === 'string' ? { kind: 'conflict', said, values: [said] } : null;
      },
    },
    credentials: async () => ({ key: KEY }),
    fetch: async (url, init = {}) => {
      asked.push({ url: String(url), init });
      const answer = answers.shift() ?? new Error('asked too often');
      if (answer === 'hang') {
        return new Promise((_, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        });
      }
      if (answer instanceof Error) throw answer;
      return answer;
    },
    clock: fakeClock,
    pacer: createPacer(fakeClock),
    random: () => 0.5,
  });
}

const ok = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const request: HttpRequest<{ n: number }> = {
  call: 'report',
  method: 'GET',
  path: '/a',
  query: [
    ['x[]', 1],
    ['x[]', 'a b'],
  ],
  answer: z.object({ n: z.number() }),
};

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof CrosstrackError) return error.problem;
    throw error;
  }
  throw new Error('was not rejected');
}

describe('a request', () => {
  test('goes below the connection’s base, without cookies, referrer, cache or redirects', async () => {
    expect(await http([ok({ n: 1 })]).send(request, never)).toEqual({ n: 1 });
    expect(asked[0]?.url).toBe('https://t.example/sub/a?x%5B%5D=1&x%5B%5D=a+b');
    expect(asked[0]?.init).toMatchObject({
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    expect(new Headers(asked[0]?.init.headers).get('Api-Key')).toBe(KEY);
  });

  test('carries the key in the query where the tracker wants it there', async () => {
    await http([ok({ n: 1 })], { key: { in: 'query', name: 'api_key' } }).send(request, never);
    expect(new URL(asked[0]?.url ?? '').searchParams.get('api_key')).toBe(KEY);
    expect(JSON.stringify([...new Headers(asked[0]?.init.headers)])).not.toContain('secret');
  });

  test.each(['/../x', '/%2e%2e/x', 'x', '@evil.example/x', '/a/../../x', '/..%2fx', '/a%255c..'])(
    'to %s is never sent: it leaves the base',
    async (path) => {
      const problem = await problemOf(http([]).send({ ...request, path }, never));
      expect(problem).toMatchObject({ text: 'problem_outside', tracker: 'Any', call: 'report' });
      expect(asked).toEqual([]);
    },
  );
});

describe('an answer', () => {
  test.each([
    [401, 'auth'],
    [402, 'unsupported'],
    [403, 'permission'],
    [404, 'conflict'],
    [418, 'conflict'],
    [500, 'network'],
  ])('with %i is a problem of kind %s', async (status, kind) => {
    const problem = await problemOf(http([ok({}, status)]).send(request, never));
    expect(problem).toMatchObject({ kind, status, tracker: 'Any', call: 'report' });
  });

  test('that is a web page is named so, with 200 too', async () => {
    const page = () => new Response('<!doctype html><h1>Sign in</h1>');
    expect(await problemOf(http([page()]).send(request, never))).toMatchObject({
      kind: 'shape',
      text: 'problem_html',
    });
  });

  test.each([
    [403, 'shape', 'problem_html'],
    [500, 'shape', 'problem_html'],
    [429, 'rate', 'problem_rate'],
  ])('that is a web page with %i keeps its status', async (status, kind, text) => {
    const pages = Array.from({ length: 3 }, () => new Response('<html>', { status }));
    const problem = await problemOf(http(pages).send(request, never));
    expect(problem).toMatchObject({ kind, text, status });
  });

  test.each([
    ...[502, 504, 520, 522, 524].map(
      (status) => [status, 'timeout', 'problem_gateway_late'] as const,
    ),
    ...[503, 521, 523, 525, 526, 527].map(
      (status) => [status, 'network', 'problem_gateway_down'] as const,
    ),
  ])('that a proxy gives with %i in the place of a silent server', async (status, kind, text) => {
    for (const body of ['<!doctype html><title>Error</title>', '', 'upstream timed out', '{}']) {
      const answer = () => new Response(body, { status });
      const problem = await problemOf(http([answer(), answer(), answer()]).send(request, never));
      expect(problem).toMatchObject({ kind, text, status, values: [String(status)] });
      expectSentence(problem);
    }
    expect(asked).toHaveLength(12);
  });

  test('with such a status and words of the tracker’s own is told in them', async () => {
    const answer = () => ok({ message: 'Maintenance' }, 503);
    const problem = await problemOf(http([answer(), answer(), answer()]).send(request, never));
    expect(problem).toMatchObject({ kind: 'network', said: 'Maintenance', status: 503 });
    expect(problem.text).toBeUndefined();
  });

  test('that is too large is not read to its end', async () => {
    const small = { ...request, maxBytes: 10 };
    const problem = await problemOf(http([ok({ n: 1, more: 'x'.repeat(99) })]).send(small, never));
    expect(problem).toMatchObject({ kind: 'shape', text: 'problem_too_large', call: 'report' });
    expect(await http([ok({ n: 1 })]).send(small, never)).toEqual({ n: 1 });
  });

  test('that redirects is not followed', async () => {
    const redirect = new Response(null, {
      status: 302,
      headers: { Location: 'https://evil.example' },
    });
    const problem = await problemOf(http([redirect]).send(request, never));
    expect(problem).toMatchObject({ kind: 'auth', reason: 'redirected', text: 'problem_redirect' });
    expect(asked).toHaveLength(1);
  });

  test('of the wrong shape names the field', async () => {
    expect(await problemOf(http([ok({ n: 'x' })]).send(request, never))).toMatchObject({
      kind: 'shape',
      field: 'n',
    });
  });

  test.each(['', '{"n":', 'text'])('%j is a shape problem', async (body) => {
    expect((await problemOf(http([new Response(body)]).send(request, never))).kind).toBe('shape');
  });

  test('may be empty where the tracker says nothing on success', async () => {
    const empty = { ...request, empty: 'ok' } as const;
    expect(await http([new Response('')]).send(empty, never)).toBeUndefined();
  });

  test('that repeats the key does not carry it on', async () => {
    const said = `bad key ${KEY} or ${encodeURIComponent(KEY)}`;
    const problem = await problemOf(http([ok({ error: said })]).send(request, never));
    expect(JSON.stringify(problem)).not.toContain('secret');
    expect(problem.said).toContain('bad key');
  });
});

/** As PHP writes it with `html_errors`. */
const WARNING =
  '<br />\n<b>Warning</b>:  Undefined array key [0] in <b>/var/www/a.php</b> on line <b>12</b><br />\n';
const PLAIN_WARNING = '\nNotice: Undefined variable $x in /var/www/a.php on line 3\n';
const FATAL =
  '<br />\n<b>Fatal error</b>:  Uncaught Exception in /a.php:3\nStack trace:\n#0 {main}\n  thrown in <b>/a.php</b> on line <b>3</b><br />';
const PAGE =
  '<!doctype html><html><head><script>var a = {"n":1};</script></head><body></body></html>';

describe('a broken tracker', () => {
  test.each([
    [`${WARNING}{"n":1}`, 'Warning: Undefined array key [0] in /var/www/a.php on line 12'],
    [`${WARNING}[]`, 'Warning: Undefined array key [0] in /var/www/a.php on line 12'],
    [`${PLAIN_WARNING}{"n":1}`, 'Notice: Undefined variable $x in /var/www/a.php on line 3'],
    [`{"n":1}${WARNING}`, 'Warning: Undefined array key [0] in /var/www/a.php on line 12'],
    [
      FATAL,
      'Fatal error: Uncaught Exception in /a.php:3 Stack trace: #0 {main} thrown in /a.php on line 3',
    ],
    ['<p>Cache is full</p>\n{"n":1}', 'Cache is full'],
    ['<br>{"n":1}', '<br>'],
  ])('%j is quoted', async (body, said) => {
    const problem = await problemOf(http([new Response(body)]).send(request, never));
    expect(problem).toMatchObject({ kind: 'shape', text: 'problem_tracker_error', said });
    expect(problem.values).toEqual([said]);
    expectSentence(problem);
  });

  test('is told with every status but that of a rate limit', async () => {
    const with500 = new Response(FATAL, { status: 500 });
    expect(await problemOf(http([with500]).send(request, never))).toMatchObject({
      text: 'problem_tracker_error',
      status: 500,
    });
    const limited = () => new Response(`${WARNING}{}`, { status: 429 });
    expect(
      await problemOf(http([limited(), limited(), limited()]).send(request, never)),
    ).toMatchObject({ kind: 'rate' });
  });

  test('is quoted without the key, wherever it is cut', async () => {
    for (let length = 90; length < 240; length += 5) {
      const words = `<p>${'x'.repeat(length)} ${KEY} ${encodeURIComponent(KEY)}</p>{"n":1}`;
      const problem = await problemOf(http([new Response(words)]).send(request, never));
      expect(problem.said).not.toMatch(/secr/);
    }
  });

  test.each([PAGE, `${WARNING}${PAGE}`, `<form action="/login"></form>`, '<p>Win a phone</p>'])(
    '%j is a page: there is no JSON behind it',
    async (body) => {
      expect(await problemOf(http([new Response(body)]).send(request, never))).toMatchObject({
        kind: 'shape',
        text: 'problem_html',
      });
    },
  );
});

describe('trying again', () => {
  test('reads are repeated three times in all, with growing waits', async () => {
    const dead = () => new TypeError('failed to fetch');
    const problem = await problemOf(
      http([dead(), dead(), dead(), ok({ n: 1 })]).send(request, never),
    );
    expect(problem.kind).toBe('network');
    expect(asked).toHaveLength(3);
    expect(slept).toEqual([500, 1000]);
  });

  test('Retry-After is obeyed when it is short, and handed on when it is long', async () => {
    const slow = (seconds: string) =>
      new Response('{}', { status: 429, headers: { 'Retry-After': seconds } });
    expect(await http([slow('3'), ok({ n: 1 })]).send(request, never)).toEqual({ n: 1 });
    expect(slept).toContain(3000);
    const problem = await problemOf(http([slow('120')]).send(request, never));
    expect(problem).toMatchObject({ kind: 'rate', retryAfterMs: 120_000 });
  });

  test.each([
    ['502 with a page', () => new Response('<html>', { status: 502 })],
    ['503 in JSON', () => ok({}, 503)],
    ['524 with a page', () => new Response('<html>', { status: 524 })],
    ['504', () => ok({}, 504)],
    ['408', () => ok({}, 408)],
    ['429 with a page', () => new Response('<html>', { status: 429 })],
  ])('%s may be over in a moment', async (_, answer) => {
    expect(await http([answer(), ok({ n: 1 })]).send(request, never)).toEqual({ n: 1 });
    expect(asked).toHaveLength(2);
  });

  test('a tracker in maintenance says how long, and is left alone when that is long', async () => {
    const closed = (seconds: string) =>
      new Response('{}', { status: 503, headers: { 'Retry-After': seconds } });
    expect(await http([closed('4'), ok({ n: 1 })]).send(request, never)).toEqual({ n: 1 });
    expect(slept).toEqual([4000]);
    const problem = await problemOf(http([closed('600'), ok({ n: 1 })]).send(request, never));
    expect(problem).toMatchObject({ kind: 'network', retryAfterMs: 600_000 });
    expect(asked).toHaveLength(3);
  });

  test('500 is not repeated: asking again does not mend it', async () => {
    await problemOf(http([ok({}, 500), ok({ n: 1 })]).send(request, never));
    expect(asked).toHaveLength(1);
  });

  test('a refusal is not repeated', async () => {
    await problemOf(http([ok({}, 401), ok({ n: 1 })]).send(request, never));
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['a cut line', () => new TypeError('failed'), true],
    ['500', () => ok({}, 500), true],
    ['a web page', () => new Response('<html>'), true],
    ['a refusal in words', () => ok({ error: 'no' }), undefined],
    ['401', () => ok({}, 401), undefined],
    ['a proxy’s 403 page', () => new Response('<html>', { status: 403 }), undefined],
    ['a proxy’s 502 page', () => new Response('<html>', { status: 502 }), true],
    ['a proxy’s 524 page', () => new Response('<html>', { status: 524 }), true],
    ['JSON behind a warning', () => new Response(`${WARNING}{"n":1}`), true],
    ['a refusal behind a warning', () => new Response(`${WARNING}{}`, { status: 406 }), undefined],
    ['429', () => ok({}, 429), undefined],
    ['408', () => ok({}, 408), true],
    ['an empty answer', () => new Response(''), true],
    ['an answer of the wrong shape', () => ok({ m: 1 }), true],
    ['a refusal in words with 500', () => ok({ error: 'no' }, 500), true],
  ])('a write that ends in %s is not repeated; maybe applied: %s', async (_, answer, maybe) => {
    const problem = await problemOf(
      http([answer(), ok({ n: 1 })]).send({ ...request, write: true }, never),
    );
    expect(problem.maybeApplied).toBe(maybe);
    expect(asked).toHaveLength(1);
  });
});

test('a fault of ours in reading the answer is no dead line; a write may have been applied', async () => {
  // What has no headers makes whoever reads them throw, a TypeError as a failed fetch does.
  const unreadable = { type: 'basic', status: 200, body: null } as Response;
  const client = http([unreadable, ok({ n: 1 })]);
  expect(await problemOf(client.send({ ...request, write: true }, never))).toMatchObject({
    kind: 'conflict',
    text: 'problem_unexpected',
    tracker: 'Any',
    maybeApplied: true,
  });
  expect(asked).toHaveLength(1);
});

test('an answer that breaks off is a dead line', async () => {
  const broken = () =>
    new Response(new ReadableStream({ pull: (to) => to.error(new TypeError('terminated')) }));
  const problem = await problemOf(http([broken(), broken(), broken()]).send(request, never));
  expect(problem).toEqual({ kind: 'network', tracker: 'Any', call: request.call });
});

test('a key that no header takes is refused before anything is sent, and not quoted', async () => {
  const client = createHttp({
    connection: { id: 'c', api: 'https://t.example' },
    adapter: {
      id: 'any',
      name: 'Any',
      key: { in: 'header', name: 'Api-Key' },
      paces: { default: { atOnce: 1 } },
      refusal: () => null,
    },
    credentials: async () => ({ key: 'ключ-secret' }),
    fetch: async () => {
      throw new Error('was sent');
    },
    clock: fakeClock,
    pacer: createPacer(fakeClock),
  });
  const problem = await problemOf(client.send({ ...request, write: true }, never));
  expect(problem).toMatchObject({ kind: 'auth', text: 'problem_key_characters', tracker: 'Any' });
  expect(problem.maybeApplied).toBeUndefined();
  expect(JSON.stringify(problem)).not.toContain('secret');
});

describe('waiting', () => {
  test('no answer in time is a time-out, for a write perhaps applied', async () => {
    const problem = problemOf(http(['hang']).send({ ...request, write: true }, never));
    await expect.poll(() => timeouts.length).toBe(1);
    timeouts[0]?.();
    expect(await problem).toMatchObject({ kind: 'timeout', maybeApplied: true });
  });

  test('a cancelled question cancels its request', async () => {
    const controller = new AbortController();
    const answer = http(['hang']).send(request, controller.signal);
    await expect.poll(() => asked.length).toBe(1);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('the pace of a tracker is kept: a wait that is too long is said, and nothing sent', async () => {
    const pace = { atOnce: 1, perWindow: { requests: 1, ms: 60_000 } };
    const client = http([ok({ n: 1 }), ok({ n: 2 })], { pace });
    await client.send(request, never);
    const problem = await problemOf(client.send(request, never));
    expect(problem).toMatchObject({ kind: 'rate', retryAfterMs: 60_000, tracker: 'Any' });
    expect(asked).toHaveLength(1);
    clock += 60_000;
    expect(await client.send(request, never)).toEqual({ n: 2 });
  });

  test('so many at once, and the next as soon as one is done', async () => {
    const pacer = createPacer(fakeClock);
    const pace = { atOnce: 2 };
    const first = await pacer.enter('x', pace, never);
    await pacer.enter('x', pace, never);
    let entered = false;
    const third = pacer.enter('x', pace, never).then(() => {
      entered = true;
    });
    await Promise.resolve();
    expect(entered).toBe(false);
    first();
    await third;
    expect(entered).toBe(true);
  });
});

test.each([
  ['120', 120_000],
  ['0', 0],
  ['Thu, 01 Jan 1970 00:00:10 GMT', 9_000],
  ['1.5', null],
  ['-3', null],
  ['soon', null],
  [null, null],
])('Retry-After %j is %s', (header, ms) => {
  expect(readRetryAfter(header, 1_000)).toBe(ms);
});
