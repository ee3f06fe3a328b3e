import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectionDraft } from '../../../lib/connections/draft.ts';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import { trackers } from '../../../lib/trackers/index.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { quickDerivation } from '../keys/quick-derivation.ts';
import { testDatabase } from '../test-database.ts';
import { problemFrom } from '../trackers/fake-tracker-client.ts';
import { type Area, startWorker, type Worker } from './transfer-world.ts';

/** The whole background against a tracker that wants a parameter of its own beside the key. */
const VALUE = 'canary secret/=&1';
const SECRET = `door=${VALUE}`;
const PASSPHRASE = 'correct horse battery';

let simulators: Simulators;
let database: OpenDatabase;
let area: Area;
let here: Worker;
let draft: ConnectionDraft;

beforeAll(async () => {
  simulators = await startSimulators({ limits: false });
});
afterAll(() => simulators.stop());
beforeEach(quickDerivation);
beforeEach(() => {
  simulators.reset();
  const { zone, currency } = simulators.binom;
  draft = { tracker: 'binom', name: 'B', address: addressOf(), currency, zone, basis: 'visit' };
  simulators.binom.setSecret(SECRET);
  ({ database } = testDatabase());
  area = {};
  here = start();
});

// Node resolves no *.localhost.
const addressOf = (host = '127.0.0.1') => simulators.binom.url.replace('binom.localhost', host);
const start = () =>
  startWorker(database, area, {
    trackers,
    fetch,
    // Time-outs never come.
    sleep: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
  });
const save = async (
  { key = '', secret }: { key?: string; secret?: string },
  id: string | null = null,
  change: Partial<ConnectionDraft> = {},
) => {
  const input = { draft: { ...draft, ...change }, credentials: { key, secret }, id };
  return (await here.call('connections.save', input)).connection;
};
const connect = () => save({ key: ` ${simulators.binom.apiKey} `, secret: ` ${SECRET} ` });
const ask = (connection: string) => here.call('campaigns.list', { connection, fresh: true });
const everything = async () => {
  const the = await database();
  const stores = await Promise.all([...the.objectStoreNames].map((name) => the.getAll(name)));
  return JSON.stringify([area, stores, await here.call('connections.list', {})]);
};

describe('a secret beside the key', () => {
  test('goes with every request that has the key, and with no other', async () => {
    const { id } = await connect();
    await ask(id);
    const asked = simulators.binom.requests.map(({ query }) => query);
    const withKey = asked.filter((query) => query.has('api_key'));
    expect(withKey.length).toBeGreaterThan(1);
    expect(withKey.length).toBeLessThan(asked.length);
    for (const query of asked) expect(query.get('door')).toBe(query.has('api_key') ? VALUE : null);
  });

  test('is sealed with the key: nothing of it is kept or shown, but that there is one', async () => {
    const seen = await connect();
    expect(seen).toMatchObject({ secret: true, keyEnd: simulators.binom.apiKey.slice(-4) });
    expect(await everything()).not.toContain('canary');
  });

  test('is wanted by the tracker in vain where nobody typed it', async () => {
    expect(await problemFrom(save({ key: simulators.binom.apiKey }))).toMatchObject({
      text: 'binom_refused',
      values: ['Wrong secret'],
    });
  });

  test.each(['door', '=value', 'door=', 'my door=x', 'a&b=c'])(
    'typed as %j is refused',
    async (secret) => {
      expect(await problemFrom(save({ key: simulators.binom.apiKey, secret }))).toEqual({
        kind: 'input',
        text: 'secret_wrong',
      });
      expect(simulators.binom.requests).toEqual([]);
    },
  );

  test('is taken out of what the tracker says', async () => {
    const { id } = await connect();
    const said = `{"error":"bad ${VALUE} ${encodeURIComponent(VALUE)} ${simulators.binom.apiKey}"}`;
    simulators.binom.fail({ how: { status: 400, body: said } });
    const problem = await problemFrom(ask(id));
    expect(problem.said).toBe('bad ••• ••• •••');
    expect(JSON.stringify(problem)).not.toContain('canary');
  });

  test('is not asked for by other trackers, whatever is typed', async () => {
    const { url, apiKey, zone } = simulators.keitaro;
    const address = url.replace('keitaro.localhost', '127.0.0.1');
    const { secret } = await save({ key: apiKey, secret: 'nonsense' }, null, {
      tracker: 'keitaro',
      address,
      zone,
    });
    expect(secret).toBe(false);
  });
});

describe('editing', () => {
  test('nothing typed: both stay', async () => {
    const { id } = await connect();
    expect(await save({}, id, { name: 'New' })).toMatchObject({ name: 'New', secret: true });
    expect((await ask(id)).campaigns.length).toBeGreaterThan(0);
  });

  test('only a secret typed: the key stays', async () => {
    const { id } = await connect();
    simulators.binom.setSecret('window=2');
    expect(await problemFrom(ask(id))).toMatchObject({ values: ['Wrong secret'] });
    await save({ secret: 'window=2' }, id);
    expect((await ask(id)).campaigns.length).toBeGreaterThan(0);
  });

  test('a key typed: it alone is kept', async () => {
    const { id } = await connect();
    simulators.binom.setSecret(null);
    expect(await save({ key: simulators.binom.apiKey }, id)).toMatchObject({ secret: false });
    simulators.binom.requests.length = 0;
    await ask(id);
    expect(simulators.binom.requests.map(({ query }) => query.get('door'))).toEqual([null]);
  });

  test('to another host neither goes along', async () => {
    const { id } = await connect();
    simulators.binom.requests.length = 0;
    for (const typed of [{}, { secret: SECRET }]) {
      const moved = save(typed, id, { address: addressOf('localhost') });
      expect(await problemFrom(moved)).toMatchObject({ text: 'key_enter_again' });
    }
    expect(simulators.binom.requests).toEqual([]);
  });
});

test('under a passphrase, and through a worker that died, both are there', async () => {
  const { id } = await connect();
  await here.call('keys.setPassphrase', { passphrase: PASSPHRASE });
  expect(await everything()).not.toContain('canary');
  here = start();
  expect(await problemFrom(ask(id))).toMatchObject({ text: 'problem_locked' });
  await here.call('keys.unlock', { passphrase: PASSPHRASE });
  expect((await ask(id)).campaigns.length).toBeGreaterThan(0);
});

test('a file brings it where it brings the key, with the paths, and a clear one only the paths', async () => {
  const paths = { login: 'back-door', click: 'go' };
  const { id } = await save({ key: simulators.binom.apiKey, secret: SECRET }, null, {
    paths: { ...paths, login: '/back-door/' },
  });
  const clear = (await here.call('transfer.export', { passphrase: null })).text;
  const sealed = (await here.call('transfer.export', { passphrase: PASSPHRASE })).text;
  expect(clear + sealed).not.toContain('canary');
  expect(JSON.parse(clear).connections).toMatchObject([{ paths }]);

  await save({}, id, { paths: { login: '', click: 'click' } });
  const changes = await here.call('transfer.preview', { text: clear, passphrase: null });
  expect(changes.entries[0]).toMatchObject({ does: 'change', fields: [{ field: 'paths' }] });

  await here.call('connections.remove', { id });
  const file = { text: sealed, passphrase: PASSPHRASE };
  const { plan } = await here.call('transfer.preview', file);
  await here.call('transfer.apply', { ...file, plan });
  const [back] = await here.call('connections.list', {});
  expect(back).toMatchObject({ id, paths, secret: true });
  expect((await ask(id)).campaigns.length).toBeGreaterThan(0);
});

test('the form is told what its paths make of the address', async () => {
  const asked = { pasted: 'https://t.example/go', tracker: 'binom' };
  const ask = (click: string) =>
    here.call('connections.recognise', { ...asked, paths: { login: '', click } });
  expect((await ask('/go')).address).toMatchObject({ api: 'https://t.example', removed: ['/go'] });
  expect((await ask('g o')).problem).toMatchObject({ text: 'path_wrong', values: ['g o'] });
});

test('paths are an administrator’s to lay down too, and a wrong one is named', async () => {
  const preset = { tracker: 'binom', currency: 'USD', zone: 'UTC' };
  here = startWorker(database, area, {
    trackers,
    managed: {
      get: async () => ({
        connections: [
          { ...preset, address: 'https://a.example/go', paths: { click: 'go' } },
          { ...preset, address: 'https://b.example', paths: { login: 'a?b' } },
          { ...preset, address: 'https://c.example', paths: { login: 7 } },
        ],
      }),
    },
  });
  // Writes wait for the policy.
  await here.call('settings.write', {});
  const list = await here.call('connections.list', {});
  expect(list).toMatchObject([{ api: 'https://a.example', paths: { click: 'go' } }]);
  const { problems } = await here.call('managed.read', {});
  expect(problems.map(({ entry, problem }) => [entry, problem.text])).toEqual([
    ['connections.2.paths.login', 'managed_wrong'],
    ['connections.1', 'path_wrong'],
  ]);
});
