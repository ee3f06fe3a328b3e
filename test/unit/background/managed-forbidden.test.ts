import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_RULES, DEFAULT_THRESHOLDS } from '../../../lib/blacklist/default-rules.ts';
import { FORBIDDEN, KEY, ManagedWorld, preset } from './managed-world.ts';
import { fakeTracker, formOf, startWorker } from './transfer-world.ts';

const RANGE = { from: '2026-08-01', to: '2026-08-02', zone: 'UTC' };

let world: ManagedWorld;

beforeEach(() => {
  world = new ManagedWorld();
});

describe('what is switched off', () => {
  const order = {
    connection: 'c',
    campaignId: '1',
    campaignName: 'x',
    range: RANGE,
    mode: 'total',
    amount: 1,
    currency: 'USD',
    rate: null,
    token: null,
    uniqueOnly: false,
  } as const;
  const asksList = {
    connection: 'c',
    campaignId: '1',
    range: RANGE,
    slot: 1,
    delayHours: 24,
    looks: 'one' as const,
    fresh: false,
  };

  test('costs: refused, and no tracker says it can', async () => {
    world.laidDown({ forbidden: ['costs'] });
    for (const asked of [
      world.here.call('costs.preview', { order }),
      world.here.call('costs.send', { preview: 'p', at: null }),
      world.here.call('costs.undo', { record: 'r' }),
    ]) {
      await expect(asked).rejects.toMatchObject(FORBIDDEN);
    }
    const [tracker] = await world.here.call('trackers.list', {});
    expect(tracker?.capabilities.cost).toEqual({ can: false, reason: 'problem_forbidden' });
  });

  test('blacklists: refused', async () => {
    world.laidDown({ forbidden: ['blacklist'] });
    await expect(world.here.call('placements.list', asksList)).rejects.toMatchObject(FORBIDDEN);
    const { fresh: _, delayHours: __, looks: ___, ...question } = asksList;
    const asked = { ...question, settings: DEFAULT_RULES, format: 'other', separator: null };
    await expect(world.here.call('placements.export', asked)).rejects.toMatchObject(FORBIDDEN);
  });

  test('export of keys: refused, without keys allowed', async () => {
    world.laidDown({ forbidden: ['export-keys'] });
    await expect(
      world.here.call('transfer.export', { passphrase: 'correct horse battery' }),
    ).rejects.toMatchObject(FORBIDDEN);
    expect((await world.here.call('transfer.export', { passphrase: null })).text).toContain(
      'settings',
    );
  });

  test('new connections: refused by hand and by import; presets and edits are not', async () => {
    world.laidDown({});
    const id = await world.here.connect('https://a.example', KEY, 'Mine');
    const { text } = await world.here.call('transfer.export', { passphrase: null });
    world.laidDown({ forbidden: ['add-connections'], connections: [preset] });
    const asked = { draft: formOf('https://b.example'), credentials: { key: KEY }, id: null };
    await expect(world.here.call('connections.save', asked)).rejects.toMatchObject(FORBIDDEN);
    await expect(world.here.call('connections.test', asked)).rejects.toMatchObject(FORBIDDEN);
    const other = text.replace(id, crypto.randomUUID()).replace('a.example', 'b.example');
    const { entries } = await world.here.call('transfer.preview', {
      text: other,
      passphrase: null,
    });
    expect(entries[0]).toMatchObject({ does: 'skip', why: { text: 'problem_forbidden' } });
    const draft = { ...formOf('https://a.example'), name: 'Renamed' };
    await world.here.call('connections.save', { draft, credentials: { key: '' }, id });
    expect((await world.listed()).map(({ name }) => name)).toEqual(['Renamed', 'Company']);
  });

  describe('another account in place of an own connection', () => {
    const ACCOUNT = { problem: { kind: 'unsupported', text: 'problem_forbidden_account' } };

    test.each<[string, object]>([
      ['tracker', { tracker: 'other' }],
      ['address', { address: 'https://b.example' }],
    ])('is refused: another %s', async (_, change) => {
      world.laidDown({});
      const id = await world.here.connect('https://a.example', KEY, 'Mine');
      world.policy = { forbidden: ['add-connections'] };
      world.here = startWorker(world.database, world.area, {
        trackers: [fakeTracker, { ...fakeTracker, id: 'other' }],
        managed: { get: async () => world.policy },
      });
      const asked = {
        draft: { ...formOf('https://a.example'), ...change },
        credentials: { key: KEY },
        id,
      };
      await expect(world.here.call('connections.save', asked)).rejects.toMatchObject(ACCOUNT);
      await expect(world.here.call('connections.test', asked)).rejects.toMatchObject(ACCOUNT);
      expect(await world.listed()).toMatchObject([{ name: 'Mine', api: 'https://a.example' }]);
    });

    test('is not another key, where the address is the account', async () => {
      world.laidDown({});
      const id = await world.here.connect('https://a.example', KEY, 'Mine');
      world.laidDown({ forbidden: ['add-connections'] });
      const draft = { ...formOf('https://a.example'), name: 'Renamed', zone: 'UTC' };
      await world.here.call('connections.save', {
        draft,
        credentials: { key: 'canary-key-0002' },
        id,
      });
      expect(await world.listed()).toMatchObject([
        { name: 'Renamed', zone: 'UTC', keyEnd: '0002' },
      ]);
    });

    describe('at an address that everybody shares', () => {
      const ADDRESS = 'https://api.example';
      const OTHER = 'canary-key-0002';
      let account: string | null;
      const shared: typeof fakeTracker = {
        ...fakeTracker,
        manyAccounts: true,
        check: async (client) => ({ ...(await fakeTracker.check(client)), account }),
      };
      const startShared = () => {
        world.here = startWorker(world.database, world.area, {
          trackers: [shared],
          managed: { get: async () => world.policy },
        });
      };
      const save = (id: string, key: string | null, draft = {}) =>
        world.here.call('connections.save', {
          draft: { ...formOf(ADDRESS), ...draft },
          credentials: { key: key ?? '' },
          id,
        });
      const ownThenForbidden = async (name: string | null) => {
        account = name;
        startShared();
        const id = await world.here.connect(ADDRESS, KEY, 'Mine');
        world.policy = { forbidden: ['add-connections'] };
        startShared();
        return id;
      };

      test('another key to the same account is taken', async () => {
        const id = await ownThenForbidden('me');
        await save(id, OTHER);
        expect(await world.listed()).toMatchObject([{ id, keyEnd: '0002' }]);
      });

      test.each([
        ['of another name', 'me', 'you'],
        ['that no longer tells its name', 'me', null],
        ['that never told its name', null, null],
      ])(
        'a key to an account %s is refused, the rest of the form is not',
        async (_, mine, other) => {
          const id = await ownThenForbidden(mine);
          account = other;
          const asked = { draft: formOf(ADDRESS), credentials: { key: OTHER }, id };
          await expect(world.here.call('connections.test', asked)).rejects.toMatchObject(ACCOUNT);
          await expect(save(id, OTHER)).rejects.toMatchObject(ACCOUNT);
          account = mine;
          await save(id, null, { name: 'Renamed' });
          await save(id, KEY, { zone: 'UTC' });
          expect(await world.listed()).toMatchObject([{ id, zone: 'UTC', keyEnd: '0001' }]);
        },
      );

      test('a preset one takes whichever key its user has', async () => {
        world.policy = {
          forbidden: ['add-connections'],
          connections: [{ ...preset, address: ADDRESS }],
        };
        account = null;
        startShared();
        const [{ id } = { id: '' }] = await world.listed();
        const draft = { ...preset, address: ADDRESS };
        await save(id, KEY, draft);
        await save(id, OTHER, draft);
        expect(await world.listed()).toMatchObject([{ id, managed: true, keyEnd: '0002' }]);
      });

      test('no file brings another key', async () => {
        const id = await ownThenForbidden(null);
        world.policy = {};
        startShared();
        await save(id, OTHER);
        const passphrase = 'correct horse battery';
        const { text } = await world.here.call('transfer.export', { passphrase });
        await save(id, KEY);
        world.policy = { forbidden: ['add-connections'] };
        startShared();
        await world.settled();
        const { entries } = await world.here.call('transfer.preview', { text, passphrase });
        expect(entries[0]).toMatchObject({ does: 'skip', why: { text: 'problem_forbidden' } });
      });
    });
  });

  test('http: no such connection is made, and an older one asks nothing any more', async () => {
    world.laidDown({});
    const id = await world.here.connect('http://localhost:8080', KEY);
    const asked: string[] = [];
    const asking = {
      ...fakeTracker,
      campaigns: async ({ http, signal }: Parameters<typeof fakeTracker.campaigns>[0]) => {
        await http.send(
          { call: 'campaigns', method: 'GET', path: '/', answer: {} as never },
          signal,
        );
        return [];
      },
    };
    world.here = startWorker(world.database, world.area, {
      trackers: [asking],
      managed: { get: async () => ({ forbidden: ['http'] }) },
      fetch: async (input) => {
        asked.push(String(input));
        return new Response('{}');
      },
    });
    await expect(
      world.here.call('connections.save', {
        draft: formOf('http://127.0.0.1'),
        credentials: { key: KEY },
        id: null,
      }),
    ).rejects.toMatchObject(FORBIDDEN);
    await expect(
      world.here.call('connections.probe', { pasted: 'http://127.0.0.1' }),
    ).rejects.toMatchObject(FORBIDDEN);
    await expect(
      world.here.call('campaigns.list', { connection: id, fresh: true }),
    ).rejects.toMatchObject(FORBIDDEN);
    expect(asked).toEqual([]);
  });

  test('holds from the change of the policy on, and while it cannot be read again', async () => {
    world.laidDown({});
    await world.here.connect('https://a.example', KEY);
    world.policy = { forbidden: ['add-connections'] };
    await world.here.background.readPolicy();
    await expect(world.here.connect('https://b.example', KEY)).rejects.toMatchObject(FORBIDDEN);
    await expect(
      world.here.call('connections.probe', { pasted: 'https://b.example' }),
    ).rejects.toMatchObject(FORBIDDEN);
    world.policy = Promise.reject(new Error('not now'));
    await world.here.background.readPolicy();
    await expect(world.here.connect('https://b.example', KEY)).rejects.toMatchObject(FORBIDDEN);
  });
});

test('thresholds stand in place of the user’s, who gets the own back with the policy gone', async () => {
  world.laidDown({ thresholds: { targetRoi: 0.3, confidence: 7 } });
  const own = { ...DEFAULT_THRESHOLDS, targetRoi: 0, confidence: 0.9 };
  const written = await world.here.call('settings.write', { rules: own });
  expect(written).toMatchObject({ rules: { ...own, targetRoi: 0.3 }, fixedRules: ['targetRoi'] });
  // A page writes all of them back, with the administrator's among them.
  await world.here.call('settings.write', { rules: { ...written.rules, approval: 0.5 } });
  world.policy = {};
  await world.here.background.readPolicy();
  expect(await world.here.call('settings.read', {})).toMatchObject({
    rules: { ...own, approval: 0.5 },
    fixedRules: [],
  });
});
