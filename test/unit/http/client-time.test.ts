import { beforeEach, describe, expect, test } from 'vitest';
import { createHttp } from '../../../lib/http/client.ts';
import type { HttpRequest, KeyPlace, Pace, ReadRefusal } from '../../../lib/http/http.ts';
import { createPacer } from '../../../lib/http/pacer.ts';
import { z } from '../../../lib/zod.ts';
import { problemFrom } from '../trackers/fake-tracker-client.ts';
import { HandClock, settle } from './hand-clock.ts';

const KEY = 'k3y-0123456789abcdef';
const never = new AbortController().signal;
const read: HttpRequest<{ rows: { n: number }[] }> = {
  call: 'report',
  method: 'GET',
  path: '/a',
  answer: z.object({ rows: z.array(z.object({ n: z.number() })) }),
};
const write = { ...read, method: 'POST', call: 'cost update', write: true } as const;
const GOOD = { rows: [{ n: 1 }] };

type Reply = Response | Error | 'hang';
interface Options {
  key?: string;
  place?: KeyPlace;
  pace?: Pace;
  paces?: Record<string, Pace>;
  refusal?: ReadRefusal;
  api?: string;
}

let clock: HandClock;
let asked: Array<{ url: URL; init: RequestInit }>;

beforeEach(() => {
  clock = new HandClock();
  asked = [];
});

function client(replies: Reply[], options: Options = {}) {
  return createHttp({
    connection: { id: 'c', api: options.api ?? 'https://t.example/sub' },
    adapter: {
      id: 'any',
      name: 'Any',
      key: options.place ?? { in: 'header', name: 'Api-Key' },
      paces: { ...options.paces, default: options.pace ?? { atOnce: 2 } },
      refusal: options.refusal ?? (() => null),
    },
    credentials: async () => ({ key: options.key ?? KEY }),
    fetch: (url, init = {}) => {
      asked.push({ url: new URL(String(url)), init });
      const reply = replies.shift() ?? new Error('asked too often');
      if (reply instanceof Response) return Promise.resolve(reply);
      if (reply instanceof Error) return Promise.reject(reply);
      return new Promise((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    },
    clock,
    pacer: createPacer(clock),
    random: () => 0.5,
  });
}

const says = (json: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(json), { status, headers });
const html = (status: number, headers: Record<string, string> = {}) =>
  new Response('<!doctype html><title>Sorry</title>', { status, headers });
const dead = () => new TypeError('Failed to fetch');

/** A promise that the test looks at without waiting for it. */
function watch<T>(promise: Promise<T>) {
  const seen = { state: 'open' };
  const settled = promise.then(
    (value) => {
      seen.state = 'done';
      return value;
    },
    (error: unknown) => {
      seen.state = 'failed';
      throw error;
    },
  );
  settled.catch(() => {});
  return { settled, seen };
}

describe('the request that goes out', () => {
  test('a JSON body', async () => {
    await client([says(GOOD)]).send({ ...write, json: { a: [1] } }, never);
    expect(asked[0]?.init).toMatchObject({ method: 'POST', body: '{"a":[1]}' });
    const headers = new Headers(asked[0]?.init.headers);
    expect(headers.get('Content-Type')).toBe('application/json');
    expect(headers.get('Accept')).toBe('application/json');
  });

  test('a form, names repeated', async () => {
    const form = [
      ['id[]', 1],
      ['id[]', 'a&b'],
    ] as const;
    await client([says(GOOD)]).send({ ...write, form }, never);
    expect(String(asked[0]?.init.body)).toBe('id%5B%5D=1&id%5B%5D=a%26b');
  });

  test.each([
    ['https://t.example', 'https://t.example/a'],
    ['https://t.example/', 'https://t.example/a'],
    ['https://t.example:8443/x/y', 'https://t.example:8443/x/y/a'],
  ])('%s is the base of %s', async (api, url) => {
    await client([says(GOOD)], { api }).send(read, never);
    expect(asked[0]?.url.href).toBe(url);
  });

  test.each([
    '/..',
    '/../subway',
    '/..%2f../x/../../y',
    '/%2E%2E/x',
    '/.%2e/x',
    '\\..\\x',
    '/\\..\\..\\x',
    '.evil.example/x',
    ':9/x',
    'way/x',
    '',
  ])('path %j never leaves the base', async (path) => {
    const problem = await problemFrom(client([]).send({ ...read, path }, never));
    expect(problem).toMatchObject({ kind: 'input', text: 'problem_outside', call: 'report' });
    expect(asked).toEqual([]);
  });

  test('the key does not go where it is not wanted', async () => {
    await client([says(GOOD)]).send(read, never);
    await client([says(GOOD)], { place: { in: 'query', name: 'api_key' } }).send(read, never);
    expect(asked[0]?.url.href).not.toContain(KEY);
    expect(asked[1]?.url.searchParams.getAll('api_key')).toEqual([KEY]);
    expect([...new Headers(asked[1]?.init.headers).values()].join()).not.toContain(KEY);
  });

  test('a key that no header can hold is refused unsent and unquoted', async () => {
    const problem = await problemFrom(client([], { key: 'ключ-секрет' }).send(read, never));
    expect(problem).toMatchObject({ kind: 'auth', text: 'problem_key_characters', tracker: 'Any' });
    expect(JSON.stringify(problem)).not.toContain('секрет');
    expect(asked).toEqual([]);
  });

  test('a write that was never sent cannot have been applied', async () => {
    const problem = await problemFrom(client([], { key: 'ключ-секрет' }).send(write, never));
    expect(problem).not.toHaveProperty('maybeApplied', true);
  });
});

describe('what a status means', () => {
  test.each([
    [400, 'conflict'],
    [401, 'auth'],
    [402, 'unsupported'],
    [403, 'permission'],
    [404, 'conflict'],
    [422, 'conflict'],
    [500, 'network'],
    [501, 'network'],
  ])('%i is %s, in the tracker’s words, asked once', async (status, kind) => {
    const problem = await problemFrom(client([says({ message: 'No.' }, status)]).send(read, never));
    expect(problem).toEqual({ kind, status, said: 'No.', tracker: 'Any', call: 'report' });
    expect(asked).toHaveLength(1);
  });

  test.each([
    [408, 'timeout'],
    [429, 'rate'],
    [502, 'timeout'],
    [524, 'timeout'],
    [503, 'network'],
    [504, 'timeout'],
  ])('%i is %s and passes: asked three times', async (status, kind) => {
    const replies = [1, 2, 3, 4].map(() => says({}, status));
    const { settled } = watch(client(replies).send(read, never));
    await clock.advance(10_000);
    expect(await problemFrom(settled)).toMatchObject({ kind, status });
    expect(asked).toHaveLength(3);
  });

  test.each([
    [200, 'shape'],
    [403, 'shape'],
    [404, 'shape'],
    [500, 'shape'],
  ])('a web page with %i is %s', async (status, kind) => {
    expect(await problemFrom(client([html(status)]).send(read, never))).toMatchObject({
      kind,
      status,
      text: 'problem_html',
    });
  });

  test('an opaque redirect, as browsers show it, has no status', async () => {
    const opaque = Object.defineProperties(new Response(null), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    });
    expect(await problemFrom(client([opaque]).send(read, never))).toEqual({
      kind: 'auth',
      reason: 'redirected',
      text: 'problem_redirect',
      tracker: 'Any',
      call: 'report',
    });
  });

  test('the adapter’s own reading comes first, with 200 too', async () => {
    const refusal: ReadRefusal = ({ status, json }) => ({
      kind: 'auth',
      text: 'problem_html',
      said: `${status} ${JSON.stringify(json)}`,
    });
    expect(await problemFrom(client([says({ e: 1 })], { refusal }).send(read, never))).toEqual({
      kind: 'auth',
      text: 'problem_html',
      said: '200 {"e":1}',
      status: 200,
      tracker: 'Any',
      call: 'report',
    });
  });

  test('a wrong shape names the field by its path', async () => {
    const reply = says({ rows: [{ n: 1 }, { n: 'x' }] });
    expect(await problemFrom(client([reply]).send(read, never))).toMatchObject({
      kind: 'shape',
      field: 'rows.1.n',
    });
  });

  test('empty: fine where it is allowed, else a problem of its own', async () => {
    const nothing = () => new Response(null, { status: 204 });
    expect(await client([nothing()]).send({ ...read, empty: 'ok' }, never)).toBeUndefined();
    expect(await problemFrom(client([nothing()]).send(read, never))).toMatchObject({
      kind: 'shape',
      text: 'problem_empty',
    });
    // Allowed to be empty is not allowed to be anything.
    const odd = client([says({ rows: 1 })]).send({ ...read, empty: 'ok' }, never);
    expect(await problemFrom(odd)).toMatchObject({ kind: 'shape', field: 'rows' });
  });

  test('JSON behind a byte-order mark and blanks is read', async () => {
    const reply = new Response(`\uFEFF \n${JSON.stringify(GOOD)}\n`);
    expect(await client([reply]).send(read, never)).toEqual(GOOD);
  });
});

describe('the key in what a tracker said', () => {
  const quoting =
    (said: string): ReadRefusal =>
    () => ({ kind: 'conflict', said, values: [said] });
  test.each([
    ['plain', 'k3y/abc+d=', 'k3y/abc+d='],
    ['encoded', 'k3y/abc+d=', 'k3y%2Fabc%2Bd%3D'],
    ['without its blanks', ' k3yabcd\n', 'k3yabcd'],
  ])('%s', async (_, key, quoted) => {
    const refusal = quoting(`bad ${quoted}, ${quoted}!`);
    const place = { in: 'query', name: 'api_key' } as const;
    const problem = await problemFrom(
      client([says({})], { key, refusal, place }).send(read, never),
    );
    expect(problem).toMatchObject({ said: 'bad •••, •••!', values: ['bad •••, •••!'] });
  });

  test('in a body of unknown form, JSON or text', async () => {
    for (const reply of [
      says({ error: `bad ${KEY}` }, 400),
      says({ detail: `bad ${KEY}` }, 400),
      new Response(`bad ${KEY}`, { status: 400 }),
    ]) {
      expect((await problemFrom(client([reply]).send(read, never))).said).toBe('bad •••');
    }
  });

  test('the form in which our own query writes it', async () => {
    const place = { in: 'query', name: 'api_key' } as const;
    const http = client([says(GOOD), says({})], { key: 'my key!1', place });
    await http.send(read, never);
    const refusal = quoting(`no such page: ${asked[0]?.url.search}`);
    const second = client([says({})], { key: 'my key!1', place, refusal });
    expect((await problemFrom(second.send(read, never))).said).not.toContain('my+key');
  });

  test('a key that is cut by the shortening', async () => {
    const said = `${'x'.repeat(185)}${KEY}`;
    const problem = await problemFrom(client([says({ error: said }, 400)]).send(read, never));
    expect(problem.said).not.toContain(KEY.slice(0, 8));
  });
});

describe('trying again', () => {
  test('waits 0.5 s, then 1 s, and no sooner', async () => {
    const { settled, seen } = watch(client([dead(), dead(), says(GOOD)]).send(read, never));
    await clock.advance(499);
    expect(asked).toHaveLength(1);
    await clock.advance(1);
    expect(asked).toHaveLength(2);
    await clock.advance(999);
    expect(asked).toHaveLength(2);
    expect(seen.state).toBe('open');
    await clock.advance(1);
    expect(await settled).toEqual(GOOD);
    expect(asked).toHaveLength(3);
    expect(clock.asleep).toBe(0);
  });

  test.each([
    ['seconds', '7'],
    ['a date', new Date(1_000_000 + 7000).toUTCString()],
  ])('Retry-After in %s is waited for', async (_, value) => {
    const busy = says({}, 429, { 'Retry-After': value });
    const { settled } = watch(client([busy, says(GOOD)]).send(read, never));
    await clock.advance(6_999);
    expect(asked).toHaveLength(1);
    await clock.advance(1);
    expect(await settled).toEqual(GOOD);
  });

  test('Retry-After holds the others of the lane too', async () => {
    const http = client([says({}, 429, { 'Retry-After': '60' }), says(GOOD)]);
    expect(await problemFrom(http.send(read, never))).toMatchObject({
      kind: 'rate',
      retryAfterMs: 60_000,
    });
    await clock.advance(10_000);
    expect(await problemFrom(http.send(read, never))).toMatchObject({
      kind: 'rate',
      retryAfterMs: 50_000,
    });
    expect(asked).toHaveLength(1);
    await clock.advance(50_000);
    expect(await http.send(read, never)).toEqual(GOOD);
  });

  test('Retry-After of a 503 is waited for: a web page', async () => {
    const { settled } = watch(
      client([html(503, { 'Retry-After': '7' }), says(GOOD)]).send(read, never),
    );
    await clock.advance(6_999);
    expect(asked).toHaveLength(1);
    await clock.advance(1);
    expect(await settled).toEqual(GOOD);
  });

  test('Retry-After of a 503 is waited for: JSON', async () => {
    watch(client([says({}, 503, { 'Retry-After': '7' }), says(GOOD)]).send(read, never));
    await clock.advance(6_999);
    expect(asked).toHaveLength(1);
  });

  test('a cancelled wait ends at once', async () => {
    const controller = new AbortController();
    const { settled } = watch(client([dead(), says(GOOD)]).send(read, controller.signal));
    await clock.advance(100);
    controller.abort();
    await expect(settled).rejects.toMatchObject({ name: 'AbortError' });
    await clock.advance(10_000);
    expect(asked).toHaveLength(1);
    expect(clock.asleep).toBe(0);
  });
});

describe('a write is sent once', () => {
  test.each<[string, () => Reply, boolean]>([
    ['a cut line', dead, true],
    ['500', () => says({}, 500), true],
    ['502', () => says({}, 502), true],
    ['503 with a page', () => html(503), true],
    ['504', () => says({}, 504), true],
    ['408', () => says({}, 408), true],
    ['a page with 200', () => html(200), true],
    ['a redirect', () => new Response(null, { status: 302 }), true],
    ['an answer of the wrong shape', () => says({ rows: 1 }), true],
    ['an empty answer', () => new Response(''), true],
    ['400', () => says({}, 400), false],
    ['401', () => says({}, 401), false],
    ['403', () => says({}, 403), false],
    ['404', () => says({}, 404), false],
    ['422', () => says({}, 422), false],
    ['429', () => says({}, 429), false],
  ])('%s', async (_, reply, maybe) => {
    const { settled } = watch(client([reply(), says(GOOD)]).send(write, never));
    await clock.advance(30_000);
    expect((await problemFrom(settled)).maybeApplied ?? false).toBe(maybe);
    expect(asked).toHaveLength(1);
  });

  test.each([401, 403, 404, 429])(
    'a page with %i is a refusal: nothing was applied',
    async (status) => {
      const problem = await problemFrom(client([html(status)]).send(write, never));
      expect(problem.maybeApplied).toBeUndefined();
    },
  );

  test('refused by the adapter: applied only perhaps with a 5xx', async () => {
    const refusal: ReadRefusal = () => ({ kind: 'conflict', said: 'no' });
    const at = async (status: number) =>
      (await problemFrom(client([says({}, status)], { refusal }).send(write, never))).maybeApplied;
    expect([await at(200), await at(422), await at(500)]).toEqual([undefined, undefined, true]);
  });

  test('reads never speak of having been applied', async () => {
    for (const reply of [says({}, 500), html(200), says({ rows: 1 })]) {
      expect(await problemFrom(client([reply]).send(read, never))).not.toHaveProperty(
        'maybeApplied',
      );
    }
  });
});

describe('time-out and cancelling', () => {
  test.each([
    ['its own', 4_000, 4_000],
    ['the default, below the 30 s of the browser', undefined, 25_000],
  ])('%s', async (_, timeoutMs, ms) => {
    const request = timeoutMs === undefined ? read : { ...read, timeoutMs };
    const { settled, seen } = watch(client(['hang', says(GOOD)]).send(request, never));
    await clock.advance(ms - 1);
    expect(seen.state).toBe('open');
    await clock.advance(1);
    expect(await problemFrom(settled)).toEqual({ kind: 'timeout', tracker: 'Any', call: 'report' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.init.signal?.aborted).toBe(true);
  });

  test('a lost write may have been applied', async () => {
    const { settled } = watch(client(['hang']).send(write, never));
    await clock.advance(25_000);
    expect(await problemFrom(settled)).toMatchObject({ kind: 'timeout', maybeApplied: true });
  });

  test('an answer in time ends the time-out', async () => {
    await client([says(GOOD)]).send(read, never);
    await settle();
    expect(clock.slept).toEqual([25_000]);
    expect(clock.asleep).toBe(0);
  });

  test('cancelled before it begins: nothing is sent', async () => {
    const answer = client([says(GOOD)]).send(read, AbortSignal.abort());
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toEqual([]);
  });

  test('cancelled under way: the fetch is too, and its place is free again', async () => {
    const controller = new AbortController();
    const http = client(['hang', says(GOOD)], { pace: { atOnce: 1 } });
    const first = watch(http.send(read, controller.signal));
    const second = watch(http.send(read, never));
    await settle();
    expect(asked).toHaveLength(1);
    controller.abort();
    await expect(first.settled).rejects.toMatchObject({ name: 'AbortError' });
    expect(await second.settled).toEqual(GOOD);
    expect(asked[0]?.init.signal?.aborted).toBe(true);
  });
});

describe('paces', () => {
  test('a request may name its own; one lane does not wait for another', async () => {
    const paces = { slow: { atOnce: 1, perWindow: { requests: 1, ms: 60_000 } } };
    const http = client([says(GOOD), says(GOOD)], { paces });
    const slow = { ...read, pace: 'slow' };
    await http.send(slow, never);
    await http.send(read, never);
    expect(await problemFrom(http.send(slow, never))).toEqual({
      kind: 'rate',
      retryAfterMs: 60_000,
      tracker: 'Any',
      call: 'report',
    });
    expect(asked).toHaveLength(2);
  });

  test('a write that waits too long is not sent and not perhaps applied', async () => {
    const pace = { atOnce: 1, perWindow: { requests: 1, ms: 60_000 } };
    const http = client([says(GOOD)], { pace });
    await http.send(read, never);
    expect(await problemFrom(http.send(write, never))).not.toHaveProperty('maybeApplied');
    expect(asked).toHaveLength(1);
  });
});
