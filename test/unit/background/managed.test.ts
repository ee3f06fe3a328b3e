import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import type { Database, OpenDatabase } from '../../../lib/store/database.ts';
import { testDatabase } from '../test-database.ts';
import {
  type Area,
  fakeTracker,
  fakeWorkerBrowser,
  formOf,
  startWorker,
  type Worker,
} from './transfer-world.ts';

const KEY = 'canary-key-0001';
const FORBIDDEN = { problem: { kind: 'unsupported', text: 'problem_forbidden' } };
const MANAGED = { problem: { kind: 'unsupported', text: 'problem_managed' } };
const RANGE = { from: '2026-08-01', to: '2026-08-02', zone: 'UTC' };

const preset = {
  tracker: 'fake',
  name: 'Company',
  address: 'https://company.example',
  currency: 'EUR',
  zone: 'Europe/Berlin',
};
const template = { sourceId: '1', sourceName: 'S', campaign: null, adSet: null, ad: null };

let database: OpenDatabase;
let area: Area;
let policy: unknown;
let here: Worker;

beforeEach(() => {
  ({ database } = testDatabase());
  area = {};
  policy = {};
});

const start = () => startWorker(database, area, { managed: { get: async () => policy } });
const laidDown = (raw: unknown): Worker => {
  policy = raw;
  here = start();
  return here;
};
/** Reads do not wait for the policy; writes do. */
const settled = () => here.call('settings.write', {});
const listed = async () => {
  await settled();
  return here.call('connections.list', {});
};

test('a browser without managed storage is a browser without a policy', async () => {
  here = startWorker(database, area, {
    managed: { get: () => Promise.reject(new Error('Managed storage manifest not found')) },
  });
  expect(await here.call('managed.read', {})).toEqual({ forbidden: [], problems: [] });
  await here.connect('https://a.example', KEY);
  expect((await listed()).map(({ managed }) => managed)).toEqual([false]);
});

describe('a preset connection', () => {
  test('is there, marked, and waits for its key', async () => {
    laidDown({ connections: [preset] });
    expect(await listed()).toMatchObject([
      {
        name: 'Company',
        api: 'https://company.example',
        currency: 'EUR',
        managed: true,
        problem: { text: 'problem_no_key' },
      },
    ]);
  });

  test('is made once, however often the policy is read and the worker starts', async () => {
    laidDown({ connections: [preset] });
    await Promise.all([here.background.readPolicy(), listed(), here.background.readPolicy()]);
    const [first] = await listed();
    here = start();
    expect((await listed()).map(({ id }) => id)).toEqual([first?.id]);
  });

  test('takes a key, and nothing else', async () => {
    laidDown({ connections: [preset] });
    const [id] = (await listed()).map((one) => one.id);
    const draft = { ...formOf(preset.address), ...preset };
    const saved = await here.call('connections.save', {
      draft,
      credentials: { key: KEY },
      id: id ?? '',
    });
    expect(saved.connection).toMatchObject({ id, managed: true, keyEnd: '0001' });
    for (const change of [
      { address: 'https://elsewhere.example' },
      { name: 'Mine' },
      { currency: 'USD' },
      { zone: 'UTC' },
      { basis: 'postback' as const },
    ]) {
      const changed = { draft: { ...draft, ...change }, credentials: { key: KEY }, id: id ?? '' };
      await expect(here.call('connections.save', changed)).rejects.toMatchObject(MANAGED);
    }
    await expect(here.call('connections.remove', { id: id ?? '' })).rejects.toMatchObject(MANAGED);
    expect(await listed()).toMatchObject([{ id, name: 'Company', keyEnd: '0001' }]);
  });

  test('keeps the templates of the policy; those for other sources are the user’s', async () => {
    laidDown({ connections: [{ ...preset, templates: [{ ...template, placement: 3 }] }] });
    const [{ id } = { id: '' }] = await listed();
    const change = (sourceId: string) =>
      here.call('connections.template', { id, template: { ...template, sourceId, placement: 5 } });
    await expect(change('1')).rejects.toMatchObject(MANAGED);
    await change('2');
    here = start();
    expect(
      (await listed())[0]?.templates.map(({ sourceId, placement }) => [sourceId, placement]),
    ).toEqual([
      ['2', 5],
      ['1', 3],
    ]);
  });

  test('takes over the user’s own connection to that account, with its key', async () => {
    laidDown({});
    const id = await here.connect('https://company.example', KEY, 'Mine');
    policy = { connections: [preset] };
    await here.background.readPolicy();
    expect(await listed()).toMatchObject([{ id, name: 'Company', managed: true, keyEnd: '0001' }]);
    policy = {};
    await here.background.readPolicy();
    expect(await listed()).toMatchObject([{ id, managed: false, keyEnd: '0001' }]);
    await here.call('connections.remove', { id });
  });

  test('that cannot be used is left out and named', async () => {
    laidDown({
      connections: [
        { ...preset, tracker: 'nobody' },
        { ...preset, address: 'http://company.example' },
        { ...preset, zone: 'Mars/Base' },
        preset,
        preset,
      ],
    });
    expect((await listed()).map(({ name }) => name)).toEqual(['Company']);
    await settled();
    const { problems } = await here.call('managed.read', {});
    expect(problems.map(({ entry, problem }) => `${entry} ${problem.text}`)).toEqual([
      'connections.0 problem_tracker_unknown',
      'connections.1 address_plain_http',
      'connections.2 zone_unknown',
      'connections.4 transfer_repeated',
    ]);
  });

  test('of plain http is made where the policy says so, unless it forbids that too', async () => {
    const plain = { ...preset, address: 'http://company.example', plainHttp: true };
    laidDown({ connections: [plain] });
    expect(await listed()).toMatchObject([{ api: 'http://company.example', managed: true }]);
    ({ database } = testDatabase());
    laidDown({ connections: [plain], forbidden: ['http'] });
    expect(await listed()).toEqual([]);
    expect((await here.call('managed.read', {})).problems).toMatchObject([
      { entry: 'connections.0', ...FORBIDDEN },
    ]);
  });

  test('is not changed by an import', async () => {
    laidDown({ connections: [preset] });
    await listed();
    const { text } = await here.call('transfer.export', { passphrase: null });
    const changed = text.replace('"EUR"', '"USD"');
    const { entries } = await here.call('transfer.preview', { text: changed, passphrase: null });
    expect(entries[0]).toMatchObject({ does: 'skip', why: { text: 'problem_managed' } });
  });
});

describe('a policy that comes while a form saves', () => {
  const RUNS = 60;

  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn++) await new Promise((done) => setImmediate(done));
  };

  /** The database, with each single read and write of it so many turns of the event loop later. */
  const unevenly = (of: Database, pick: () => number): Database =>
    new Proxy(of, {
      get(target, name) {
        const value = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        if (!['get', 'getAll', 'put'].includes(String(name))) return value.bind(target);
        return async (...input: unknown[]) => {
          await turns(pick());
          return value.apply(target, input);
        };
      },
    });

  /** Both at once, in many orders; says how often the call went through. */
  async function meanwhile(
    prepare: () => Promise<string>,
    call: (id: string) => Promise<unknown>,
    check: (id: string, done: boolean) => Promise<void>,
  ): Promise<number> {
    let seed = 1;
    const pick = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % 7;
    };
    let through = 0;
    for (let run = 0; run < RUNS; run++) {
      ({ database } = testDatabase());
      const uneven = unevenly(await database(), pick);
      database = async () => uneven;
      area = {};
      laidDown({});
      const id = await prepare();
      policy = { connections: [preset] };
      // Calls wait for a policy that is being read: this one has just passed.
      const asked = call(id).then(
        () => true,
        () => false,
      );
      await turns(pick() * pick());
      await here.background.readPolicy();
      const done = await asked;
      await check(id, done);
      through += Number(done);
    }
    return through;
  }
  const mine = () => here.connect('https://company.example', KEY, 'Mine');

  test('a template of the user’s stays, and so does what the administrator says', async () => {
    const through = await meanwhile(
      mine,
      (id) => here.call('connections.template', { id, template: { ...template, placement: 5 } }),
      async (id) => {
        const [first, ...more] = await listed();
        expect(more).toEqual([]);
        expect(first).toMatchObject({ id, name: 'Company', currency: 'EUR', keyEnd: '0001' });
        expect(first?.templates.map(({ placement }) => placement)).toEqual([5]);
      },
    );
    expect(through).toBe(RUNS);
  });

  test('a new connection to the account is the preset one, or is refused', async () => {
    const through = await meanwhile(
      async () => String(await listed()),
      mine,
      async (_, done) => {
        const keyEnd = done ? '0001' : '';
        expect(await listed()).toMatchObject([{ name: 'Company', currency: 'EUR', keyEnd }]);
        expect(await listed()).toHaveLength(1);
        expect(Object.keys(area)).toHaveLength(done ? 1 : 0);
      },
    );
    expect(through).toBeGreaterThan(0);
    expect(through).toBeLessThan(RUNS);
  });

  test('an edit does not stand above it', async () => {
    const draft = { ...formOf('https://company.example'), name: 'Renamed', currency: 'RUB' };
    const through = await meanwhile(
      mine,
      (id) => here.call('connections.save', { draft, credentials: { key: 'canary-key-0002' }, id }),
      async (id, done) => {
        const keyEnd = done ? '0002' : '0001';
        expect(await listed()).toMatchObject([{ id, name: 'Company', currency: 'EUR', keyEnd }]);
      },
    );
    expect(through).toBeGreaterThan(0);
    expect(through).toBeLessThan(RUNS);
  });
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
    laidDown({ forbidden: ['costs'] });
    for (const asked of [
      here.call('costs.preview', { order }),
      here.call('costs.send', { preview: 'p', at: null }),
      here.call('costs.undo', { record: 'r' }),
    ]) {
      await expect(asked).rejects.toMatchObject(FORBIDDEN);
    }
    const [tracker] = await here.call('trackers.list', {});
    expect(tracker?.capabilities.cost).toEqual({ can: false, reason: 'problem_forbidden' });
  });

  test('blacklists: refused', async () => {
    laidDown({ forbidden: ['blacklist'] });
    await expect(here.call('placements.list', asksList)).rejects.toMatchObject(FORBIDDEN);
    const { fresh: _, delayHours: __, looks: ___, ...question } = asksList;
    const asked = { ...question, settings: DEFAULT_RULES, format: 'other', separator: null };
    await expect(here.call('placements.export', asked)).rejects.toMatchObject(FORBIDDEN);
  });

  test('export of keys: refused, without keys allowed', async () => {
    laidDown({ forbidden: ['export-keys'] });
    await expect(
      here.call('transfer.export', { passphrase: 'correct horse battery' }),
    ).rejects.toMatchObject(FORBIDDEN);
    expect((await here.call('transfer.export', { passphrase: null })).text).toContain('settings');
  });

  test('new connections: refused by hand and by import; presets and edits are not', async () => {
    laidDown({});
    const id = await here.connect('https://a.example', KEY, 'Mine');
    const { text } = await here.call('transfer.export', { passphrase: null });
    laidDown({ forbidden: ['add-connections'], connections: [preset] });
    const asked = { draft: formOf('https://b.example'), credentials: { key: KEY }, id: null };
    await expect(here.call('connections.save', asked)).rejects.toMatchObject(FORBIDDEN);
    await expect(here.call('connections.test', asked)).rejects.toMatchObject(FORBIDDEN);
    const other = text.replace(id, crypto.randomUUID()).replace('a.example', 'b.example');
    const { entries } = await here.call('transfer.preview', { text: other, passphrase: null });
    expect(entries[0]).toMatchObject({ does: 'skip', why: { text: 'problem_forbidden' } });
    const draft = { ...formOf('https://a.example'), name: 'Renamed' };
    await here.call('connections.save', { draft, credentials: { key: '' }, id });
    expect((await listed()).map(({ name }) => name)).toEqual(['Renamed', 'Company']);
  });

  describe('another account in place of an own connection', () => {
    const ACCOUNT = { problem: { kind: 'unsupported', text: 'problem_forbidden_account' } };

    test.each<[string, object]>([
      ['tracker', { tracker: 'other' }],
      ['address', { address: 'https://b.example' }],
    ])('is refused: another %s', async (_, change) => {
      laidDown({});
      const id = await here.connect('https://a.example', KEY, 'Mine');
      policy = { forbidden: ['add-connections'] };
      here = startWorker(database, area, {
        trackers: [fakeTracker, { ...fakeTracker, id: 'other' }],
        managed: { get: async () => policy },
      });
      const asked = {
        draft: { ...formOf('https://a.example'), ...change },
        credentials: { key: KEY },
        id,
      };
      await expect(here.call('connections.save', asked)).rejects.toMatchObject(ACCOUNT);
      await expect(here.call('connections.test', asked)).rejects.toMatchObject(ACCOUNT);
      expect(await listed()).toMatchObject([{ name: 'Mine', api: 'https://a.example' }]);
    });

    test('is not another key, where the address is the account', async () => {
      laidDown({});
      const id = await here.connect('https://a.example', KEY, 'Mine');
      laidDown({ forbidden: ['add-connections'] });
      const draft = { ...formOf('https://a.example'), name: 'Renamed', zone: 'UTC' };
      await here.call('connections.save', { draft, credentials: { key: 'canary-key-0002' }, id });
      expect(await listed()).toMatchObject([{ name: 'Renamed', zone: 'UTC', keyEnd: '0002' }]);
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
        here = startWorker(database, area, {
          trackers: [shared],
          managed: { get: async () => policy },
        });
      };
      const save = (id: string, key: string | null, draft = {}) =>
        here.call('connections.save', {
          draft: { ...formOf(ADDRESS), ...draft },
          credentials: { key: key ?? '' },
          id,
        });
      const ownThenForbidden = async (name: string | null) => {
        account = name;
        startShared();
        const id = await here.connect(ADDRESS, KEY, 'Mine');
        policy = { forbidden: ['add-connections'] };
        startShared();
        return id;
      };

      test('another key to the same account is taken', async () => {
        const id = await ownThenForbidden('me');
        await save(id, OTHER);
        expect(await listed()).toMatchObject([{ id, keyEnd: '0002' }]);
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
          await expect(here.call('connections.test', asked)).rejects.toMatchObject(ACCOUNT);
          await expect(save(id, OTHER)).rejects.toMatchObject(ACCOUNT);
          account = mine;
          await save(id, null, { name: 'Renamed' });
          await save(id, KEY, { zone: 'UTC' });
          expect(await listed()).toMatchObject([{ id, zone: 'UTC', keyEnd: '0001' }]);
        },
      );

      test('a preset one takes whichever key its user has', async () => {
        policy = {
          forbidden: ['add-connections'],
          connections: [{ ...preset, address: ADDRESS }],
        };
        account = null;
        startShared();
        const [{ id } = { id: '' }] = await listed();
        const draft = { ...preset, address: ADDRESS };
        await save(id, KEY, draft);
        await save(id, OTHER, draft);
        expect(await listed()).toMatchObject([{ id, managed: true, keyEnd: '0002' }]);
      });

      test('no file brings another key', async () => {
        const id = await ownThenForbidden(null);
        policy = {};
        startShared();
        await save(id, OTHER);
        const passphrase = 'correct horse battery';
        const { text } = await here.call('transfer.export', { passphrase });
        await save(id, KEY);
        policy = { forbidden: ['add-connections'] };
        startShared();
        await settled();
        const { entries } = await here.call('transfer.preview', { text, passphrase });
        expect(entries[0]).toMatchObject({ does: 'skip', why: { text: 'problem_forbidden' } });
      });
    });
  });

  test('http: no such connection is made, and an older one asks nothing any more', async () => {
    laidDown({});
    const id = await here.connect('http://localhost:8080', KEY);
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
    here = startWorker(database, area, {
      trackers: [asking],
      managed: { get: async () => ({ forbidden: ['http'] }) },
      fetch: async (input) => {
        asked.push(String(input));
        return new Response('{}');
      },
    });
    await expect(
      here.call('connections.save', {
        draft: formOf('http://127.0.0.1'),
        credentials: { key: KEY },
        id: null,
      }),
    ).rejects.toMatchObject(FORBIDDEN);
    await expect(
      here.call('connections.probe', { pasted: 'http://127.0.0.1' }),
    ).rejects.toMatchObject(FORBIDDEN);
    await expect(
      here.call('campaigns.list', { connection: id, fresh: true }),
    ).rejects.toMatchObject(FORBIDDEN);
    expect(asked).toEqual([]);
  });

  test('holds from the change of the policy on, and while it cannot be read again', async () => {
    laidDown({});
    await here.connect('https://a.example', KEY);
    policy = { forbidden: ['add-connections'] };
    await here.background.readPolicy();
    await expect(here.connect('https://b.example', KEY)).rejects.toMatchObject(FORBIDDEN);
    await expect(
      here.call('connections.probe', { pasted: 'https://b.example' }),
    ).rejects.toMatchObject(FORBIDDEN);
    policy = Promise.reject(new Error('not now'));
    await here.background.readPolicy();
    await expect(here.connect('https://b.example', KEY)).rejects.toMatchObject(FORBIDDEN);
  });
});

test('thresholds stand in place of the user’s, who gets the own back with the policy gone', async () => {
  laidDown({ thresholds: { targetRoi: 0.3, confidence: 7 } });
  const own = { ...DEFAULT_RULES, targetRoi: 0, confidence: 0.9 };
  const written = await here.call('settings.write', { rules: own });
  expect(written).toMatchObject({ rules: { ...own, targetRoi: 0.3 }, fixedRules: ['targetRoi'] });
  // A page writes all of them back, with the administrator's among them.
  await here.call('settings.write', { rules: { ...written.rules, approval: 0.5 } });
  policy = {};
  await here.background.readPolicy();
  expect(await here.call('settings.read', {})).toMatchObject({
    rules: { ...own, approval: 0.5 },
    fixedRules: [],
  });
});

describe('a browser that tells its policy late', () => {
  let told: number;
  /** The calls that were told of last; null = all. */
  let toldOf: readonly string[] | null;
  let arrive: () => void;

  /** As Chromium after its start: who asks waits until it is said that the policy arrives. */
  const startLate = () => {
    told = 0;
    toldOf = null;
    const coming = Promise.withResolvers<void>();
    arrive = coming.resolve;
    here = startWorker(database, area, {
      managed: { get: () => coming.promise.then(() => policy) },
      browser: {
        ...fakeWorkerBrowser,
        invalidate(calls?: readonly string[]) {
          told += 1;
          toldOf = calls ?? null;
        },
      },
    });
    return here;
  };
  /** The policy of an earlier run of the browser. */
  const kept = async (raw: unknown) => {
    laidDown(raw);
    await settled();
  };
  const COMPANY = { forbidden: ['costs'], thresholds: { targetRoi: 0.3 }, connections: [preset] };
  const shown = async () => ({
    managed: (await here.call('connections.list', {})).map(({ managed }) => managed),
    forbidden: (await here.call('managed.read', {})).forbidden,
    costs: (await here.call('trackers.list', {}))[0]?.capabilities.cost,
    targetRoi: (await here.call('settings.read', {})).rules.targetRoi,
  });

  test('reads go on at once by the last one, and nobody is told when it is the same', async () => {
    await kept(COMPANY);
    const before = await shown();
    expect(before).toMatchObject({ managed: [true], forbidden: ['costs'], targetRoi: 0.3 });
    startLate();
    expect(await shown()).toEqual(before);
    arrive();
    await settled();
    expect(await shown()).toEqual(before);
    expect(told).toBe(0);
  });

  test('the first time nothing is known of it: reads are free, and told when it comes', async () => {
    policy = COMPANY;
    startLate();
    expect(await shown()).toMatchObject({ managed: [], forbidden: [] });
    expect(told).toBe(0);
    arrive();
    await settled();
    expect(told).toBeGreaterThan(0);
    expect(await shown()).toMatchObject({ managed: [true], forbidden: ['costs'] });
  });

  test('another policy than the last takes its place, and open pages are told', async () => {
    await kept(COMPANY);
    policy = { forbidden: ['blacklist'] };
    startLate();
    expect((await shown()).forbidden).toEqual(['costs']);
    arrive();
    await settled();
    expect(told).toBeGreaterThan(0);
    expect(await shown()).toMatchObject({ managed: [false], forbidden: ['blacklist'] });
  });

  test('entries that cannot be used are told when they were asked for too early', async () => {
    await kept({ connections: [{ ...preset, tracker: 'nobody' }] });
    startLate();
    expect((await here.call('managed.read', {})).problems).toEqual([]);
    arrive();
    await settled();
    expect(told).toBe(1);
    // Of nothing else: no tracker is asked again at each start of the worker.
    expect(toldOf).toEqual(['managed.read']);
    expect((await here.call('managed.read', {})).problems).toHaveLength(1);
  });

  test('what it may forbid waits for it, whatever the last one said', async () => {
    await kept({});
    policy = { forbidden: ['add-connections', 'costs', 'export-keys'] };
    startLate();
    const held = [
      here.connect('https://b.example', KEY),
      here.call('costs.send', { preview: 'p', at: null }),
      here.call('transfer.export', { passphrase: 'correct horse battery' }),
    ];
    const ended: unknown[] = [];
    for (const call of held) call.catch(() => {}).finally(() => ended.push(call));
    await here.call('connections.list', {});
    expect(ended).toEqual([]);
    arrive();
    for (const call of held) await expect(call).rejects.toMatchObject(FORBIDDEN);
  });

  test.each<[string, unknown]>([
    ['no object', 'x'],
    ['another shape', { raw: 7, accounts: 'all' }],
    ['freedom', { raw: {}, accounts: [] }],
    ['a policy of nobody', { raw: { forbidden: ['blacklist'], connections: 7 }, accounts: ['a'] }],
  ])('a kept copy that was changed to %s does not matter', async (_, copy) => {
    await kept(COMPANY);
    await (await database()).put('policy', copy, 'last');
    startLate();
    await shown();
    const cost = here.call('costs.send', { preview: 'p', at: null });
    arrive();
    await expect(cost).rejects.toMatchObject(FORBIDDEN);
    await settled();
    expect(await shown()).toMatchObject({ managed: [true], forbidden: ['costs'], targetRoi: 0.3 });
    await kept(COMPANY);
    expect(await (await database()).get('policy', 'last')).toMatchObject({ raw: COMPANY });
  });
});
