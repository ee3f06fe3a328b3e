import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Problem } from '../../../lib/errors.ts';
import { createClient } from '../../../lib/rpc/client.ts';
import { trackers } from '../../../lib/trackers/index.ts';
import { type Mode, type Simulators, startSimulators } from '../../simulators/start.ts';
import { startWorker } from '../background/transfer-world.ts';
import { testDatabase } from '../test-database.ts';
import { problemFrom } from '../trackers/fake-tracker-client.ts';
import { IDS } from './client-of.ts';

/** The whole background over real lines: which tracker answers at an address that nobody named one for? */
let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false });
});
afterAll(() => simulators.stop());
beforeEach(() => simulators.reset());

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(closing.splice(0).map((close) => close()));
});

type Id = (typeof IDS)[number];
// Node resolves no *.localhost.
const originOf = (id: Id) => `http://127.0.0.1:${simulators[id].port}`;

function background(granted = true) {
  const { database } = testDatabase();
  const area: Record<string, unknown> = {};
  const sent: Request[] = [];
  let slept = 0;
  const worker = startWorker(database, area, {
    trackers,
    granted,
    fetch: (input, init) => {
      sent.push(new Request(input, init));
      return fetch(input, init);
    },
    now: () => Date.now() + slept,
    // Time-outs never come; waits of paces and back-off pass at once.
    sleep: async (ms, signal) => {
      if (ms < 20_000) slept += ms;
      else await new Promise((_, no) => signal?.addEventListener('abort', () => no(signal.reason)));
    },
  });
  const client = createClient((request) =>
    worker.background.handle(request, { id: 'us', url: 'x://us/options.html', origin: 'x://us' }),
  );
  const probe = async (pasted: string, signal?: AbortSignal) =>
    (await client.call('connections.probe', { pasted }, signal)).tracker;
  const check = (tracker: string, address: string, key = 'some-key-1234567'): Promise<Problem> =>
    problemFrom(
      client.call('connections.test', {
        draft: {
          tracker,
          name: '',
          address,
          currency: 'USD',
          zone: 'Europe/Madrid',
          basis: 'visit',
        },
        credentials: { key },
        id: null,
      }),
    );
  return { probe, check, sent, area, database };
}

/** A site of somebody else's. */
async function site(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each(IDS)('%s', (id) => {
  // RedTrack is known by its host alone.
  const own = id === 'redtrack' ? null : id;

  test.each<Mode | 'as ever'>(['as ever', 'old', 'limited'])('is itself: %s', async (mode) => {
    if (mode !== 'as ever') simulators[id].setMode(mode, true);
    const { probe, sent, area, database } = background();
    for (const pasted of [originOf(id), `${originOf(id)}/`]) expect(await probe(pasted)).toBe(own);
    for (const request of sent) {
      expect(request.method).toBe('GET');
      expect(request.headers.get('api-key')).toBeNull();
      expect(new URL(request.url).searchParams.has('api_key')).toBe(false);
    }
    expect(area).toEqual({});
    expect(await (await database()).getAllKeys('connectionData')).toEqual([]);
  });

  test('is itself or cannot be told while its line is bad, and nobody else', async () => {
    simulators[id].setMode('flaky', true);
    const { probe } = background();
    const told = new Set<string | null>();
    for (let time = 0; time < 8; time++) told.add(await probe(originOf(id)));
    expect(told.has(own)).toBe(true);
    expect([...told].filter((tracker) => tracker !== own && tracker !== null)).toEqual([]);
  });

  test('is nobody while it cannot be asked', async () => {
    // What tells v1 by is a page; only v2's path, asked of it too, is an API's.
    simulators[id].setMode('storm', true);
    expect(await background().probe(originOf(id))).toBeNull();
  });

  test('asked as another tracker says whose it is', async () => {
    const { check } = background();
    for (const { id: other, name, demo } of trackers) {
      if (other === id || demo) continue;
      const problem = await check(other, originOf(id));
      const mine = trackers.find((tracker) => tracker.id === own)?.name;
      if (own === null) expect(problem).not.toHaveProperty('looksLike');
      else
        expect(problem).toEqual({
          kind: 'conflict',
          text: 'problem_looks_like',
          values: [mine, name],
          looksLike: own,
        });
    }
  });

  test('a refused key is that', async () => {
    const { check, sent } = background();
    const problem = await check(id, originOf(id));
    expect(['auth', 'permission']).toContain(problem.kind);
    expect(problem).not.toHaveProperty('looksLike');
    // A status that says so leaves no doubt whose key it is; v1 refuses with 200.
    if (id !== 'binom') expect(sent.filter(({ url }) => url.includes('robots'))).toEqual([]);
  });
});

test('a page in the place of the API is asked about, and stays what it is where the tracker is right', async () => {
  simulators.keitaro.fail({ how: 'html', path: /campaigns/, times: 1 });
  const { check } = background();
  const problem = await check('keitaro', originOf('keitaro'));
  expect(problem).toMatchObject({ kind: 'shape', text: 'keitaro_wrong_domain' });
});

test('a dead line is that, and nobody else is asked', async () => {
  const { check, sent } = background();
  const address = await site((request) => void request.socket.destroy());
  expect(await check('keitaro', address)).toMatchObject({ kind: 'network' });
  expect(new Set(sent.map(({ url }) => new URL(url).pathname))).toEqual(
    new Set(['/admin_api/v1/campaigns']),
  );
});

test('without the permission of the host nobody is asked', async () => {
  const { probe, sent } = background(false);
  const address = originOf('keitaro');
  expect(await problemFrom(probe(address))).toEqual({
    kind: 'permission',
    reason: 'no-access',
    text: 'problem_no_host_permission',
    values: [new URL(address).host],
  });
  expect(sent).toEqual([]);
});

test.each([
  ['', 'address_empty'],
  ['ftp://t.example', 'address_scheme'],
  ['http://t.example', 'address_plain_http'],
])('%j is refused with %s', async (pasted, text) => {
  const { probe, sent } = background();
  expect(await problemFrom(probe(pasted))).toMatchObject({ kind: 'input', text });
  expect(sent).toEqual([]);
});

describe('a site that is no tracker', () => {
  const say =
    (status: number, type: string, body: string): RequestListener =>
    (_, response) => {
      response.writeHead(status, { 'Content-Type': type });
      response.end(body);
    };
  const json = (status: number, body: unknown) =>
    say(status, 'application/json', JSON.stringify(body));

  test.each<[string, RequestListener]>([
    ['a shop', say(200, 'text/html', '<title>Shop</title><input type="password">')],
    ['an API that locks every path', json(401, { error: 'Unauthorized' })],
    ['another that does', json(401, { message: 'Unauthorized' })],
    ['one that locks with a status', json(200, { status: 0, error: 'Wrong key' })],
    [
      'one that locks all but a few files',
      (request, response) =>
        (request.url === '/robots.txt' ? say(200, 'text/plain', '') : json(401, { error: 'No' }))(
          request,
          response,
        ),
    ],
    ['a page that says to be one', say(200, 'text/html', '<title>Binom</title>type=password')],
    ['pollution', say(401, 'application/json', '{"__proto__":{"error":"No"}}')],
    ['depth', say(401, 'application/json', `${'['.repeat(50_000)}${']'.repeat(50_000)}`)],
    ['more than anybody reads', say(401, 'application/json', `"${'x'.repeat(2_000_000)}"`)],
    [
      'a redirect to a tracker',
      (request, response) => {
        response.writeHead(302, { Location: `${originOf('keitaro')}${request.url}` });
        response.end();
      },
    ],
    ['a server that breaks', (request) => void request.socket.destroy()],
  ])('%s', async (_, answer) => {
    const { probe } = background();
    expect(await probe(await site(answer))).toBeNull();
    expect(simulators.keitaro.requests).toEqual([]);
  });

  test('that never answers is left after ten seconds at most', async () => {
    const limit = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    let asked = 0;
    const { probe } = background();
    const address = await site(() => {
      asked += 1;
      if (asked === 2) limit.abort(new DOMException('late', 'TimeoutError'));
    });
    expect(await probe(address)).toBeNull();
    expect(timeout.mock.calls[0]?.[0]).toBeLessThanOrEqual(10_000);
  });

  test('is asked no more once the form is closed', async () => {
    const cut = Promise.withResolvers<void>();
    const closed = new AbortController();
    const { probe } = background();
    const address = await site((request) => {
      request.socket.once('close', () => cut.resolve());
      closed.abort();
    });
    await expect(probe(address, closed.signal)).rejects.toMatchObject({ name: 'AbortError' });
    await cut.promise;
  });
});
