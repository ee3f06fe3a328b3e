import { beforeEach, describe, expect, test } from 'vitest';
import { createChanges } from '../../../lib/background/changes/changes.ts';
import { createPendingChange } from '../../../lib/background/changes/pending.ts';
import { createReadDraft } from '../../../lib/background/connections/draft.ts';
import { createConnections } from '../../../lib/background/connections/handlers.ts';
import { createConnectionRepository } from '../../../lib/background/connections/repository.ts';
import { createKeepTemplate } from '../../../lib/background/connections/templates.ts';
import { createViews } from '../../../lib/background/connections/view.ts';
import { createTrackerClients } from '../../../lib/background/tracker-clients.ts';
import { createReportCache } from '../../../lib/cache/report-cache.ts';
import { connectionSchema } from '../../../lib/connections/connection.ts';
import { CrosstrackError, type Problem } from '../../../lib/errors.ts';
import type { HttpRequest } from '../../../lib/http/http.ts';
import { createJournal } from '../../../lib/journal/journal.ts';
import { createJournalRecords } from '../../../lib/journal/records.ts';
import { createKeyStore, type LockableKeyStore } from '../../../lib/keys/key-store.ts';
import { openDatabase } from '../../../lib/store/database.ts';
import type { CheckFacts, TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { NO_ABILITIES } from './no-abilities.ts';

type CostCapability = TrackerAdapter['capabilities']['cost'];

const GOOD_KEY = 'good-key-12345678';

/** A tracker that knows one key and tells its zone and currency. */
const tracker: TrackerAdapter = {
  id: 'fake',
  name: 'Fake',
  initial: 'F',
  side: 'tracker',
  key: { in: 'header', name: 'X-Key' },
  keyHelp: 'formKey',
  addressExample: 'https://fake.example',
  paces: { default: { atOnce: 2 } },
  capabilities: { ...NO_ABILITIES, cost: { can: true } as CostCapability },
  refusal: () => null,
  setCost: async ({ http, signal }) => {
    await http.send(
      {
        call: 'cost update',
        method: 'POST',
        path: '/',
        write: true,
        answer: connectionSchema as never,
      },
      signal,
    );
  },
  address: (pasted) => ({ api: pasted.origin, pages: [pasted.origin], removed: [] }),
  claims: () => false,
  async check({ http, signal }): Promise<CheckFacts> {
    return http.send(
      { call: 'account', method: 'GET', path: '/', answer: connectionSchema as never },
      signal,
    );
  },
  campaigns: async () => [],
  sources: async () => [],
  report: async () => {
    throw new Error('not asked here');
  },
};

const draft = {
  tracker: 'fake',
  name: '  ',
  address: 'https://t.example/',
  currency: 'USD',
  zone: 'Europe/Madrid',
  basis: 'visit',
} as const;
const context = {
  caller: { kind: 'extension', tab: null },
  signal: new AbortController().signal,
} as const;

let granted: boolean;
let removed: string[];
let area: Record<string, unknown>;
let keys: LockableKeyStore;
let changes: number;
let facts: CheckFacts;
/** What the tracker says to a write. */
let refusedWith: Problem | null;

beforeEach(() => {
  granted = true;
  removed = [];
  area = {};
  changes = 0;
  refusedWith = null;
  facts = {
    account: 'me',
    version: null,
    campaigns: 9,
    zone: 'Europe/Madrid',
    currency: 'USD',
    role: null,
    mayWrite: null,
  };
});

function setUp(adapter: TrackerAdapter = tracker) {
  const { database } = testDatabase();
  keys = createKeyStore(
    database,
    {
      get: async (key) => (key === null ? { ...area } : key in area ? { [key]: area[key] } : {}),
      set: async (items) => void Object.assign(area, items),
      remove: async (key) => void delete area[key],
    },
    { rounds: 10 },
  );
  let clock = 0;
  const now = () => ++clock;
  const clients = createTrackerClients({
    trackers: [adapter],
    database,
    now,
    http: (connection, _, typed) => ({
      async send<T>({ write }: HttpRequest<T>): Promise<T> {
        const credentials =
          typed ??
          (await keys.get({
            connection: connection.id,
            origin: new URL(connection.api).origin,
          }));
        if (credentials.key !== GOOD_KEY) throw new CrosstrackError({ kind: 'auth' });
        if (write && refusedWith) throw new CrosstrackError(refusedWith);
        return facts as T;
      },
    }),
  });
  const services = {
    database,
    connections: createConnectionRepository(database),
    keys,
    reports: createReportCache(database, tracker.report as never),
    journal: createJournal(createJournalRecords(database), now),
    clients,
    permissions: {
      contains: async () => granted,
      remove: async ({ origins }: { origins: string[] }) => {
        removed.push(...origins);
        return true;
      },
    },
    now,
  };
  const managed = {
    allow: async () => {},
    forbids: async () => false,
    manages: () => false,
    presetOf: () => null,
  };
  const trackers = [adapter];
  const turns = createChanges(services, createPendingChange(database), async () => void changes++);
  const calls = createConnections(services, {
    trackers,
    changes: turns,
    managed,
    views: createViews(services, trackers, managed),
    readDraft: createReadDraft(services, managed),
    keepTemplate: createKeepTemplate(services, { changes: turns, managed }),
  });
  return { ...services.connections, calls, clients };
}

describe('saving', () => {
  test('tests first, seals the key, names it and tells what was found', async () => {
    const { calls } = setUp();
    const saved = await calls['connections.save'](
      { draft, credentials: { key: GOOD_KEY }, id: null },
      context,
    );
    expect(saved.tested).toEqual({ facts, warnings: [] });
    expect(saved.connection).toMatchObject({
      name: 'Fake t.example',
      keyEnd: '5678',
      problem: null,
    });
    expect(JSON.stringify(area)).not.toContain(GOOD_KEY);
    expect(changes).toBe(1);
  });

  test('keeps the conversion types that count, where the tracker has types', async () => {
    const conversionTypes = [{ id: 'type1', name: 'Upsell' }];
    const typed = { draft: { ...draft, conversionTypes }, credentials: { key: GOOD_KEY } };
    const found = [{ id: 'default_type', name: null }, ...conversionTypes];
    const { calls, list } = setUp();
    const plain = await calls['connections.save']({ ...typed, id: null }, context);
    expect(plain.connection).not.toHaveProperty('conversionTypes');
    const typing = setUp({ ...tracker, conversionTypes: async () => found });
    const { connection } = await typing.calls['connections.save'](
      { ...typed, draft: { ...typed.draft, address: 'https://u.example/' }, id: null },
      context,
    );
    expect(connection.conversionTypes).toEqual(conversionTypes);
    const { id } = connection;
    expect(await typing.calls['connections.conversionTypes']({ id }, context)).toEqual(found);
    // Left out again: the default one.
    await typing.calls['connections.save'](
      {
        draft: { ...draft, address: 'https://u.example/' },
        credentials: { key: '' },
        id: connection.id,
      },
      context,
    );
    expect(await list()).not.toContainEqual(expect.objectContaining({ conversionTypes }));
    expect(await typing.calls['trackers.list']({}, context)).toMatchObject([
      { conversionTypes: true },
    ]);
  });

  test('a wrong key saves nothing', async () => {
    const { calls, list } = setUp();
    await expect(
      calls['connections.save'](
        { draft, credentials: { key: 'wrong-key-00000000' }, id: null },
        context,
      ),
    ).rejects.toMatchObject({ problem: { kind: 'auth' } });
    expect(await list()).toEqual([]);
    expect(area).toEqual({});
  });

  test('without the host’s permission nobody is asked', async () => {
    granted = false;
    const { calls } = setUp();
    await expect(
      calls['connections.save']({ draft, credentials: { key: GOOD_KEY }, id: null }, context),
    ).rejects.toMatchObject({ problem: { kind: 'permission' } });
  });

  test('says when the tracker’s zone or currency differ from the form', async () => {
    facts = { ...facts, zone: 'America/New_York', currency: 'EUR' };
    const { calls } = setUp();
    const { warnings } = await calls['connections.test'](
      { draft, credentials: { key: GOOD_KEY }, id: null },
      context,
    );
    expect(warnings.map(({ key }) => key)).toEqual(['warn_zone_differs', 'warn_currency_differs']);
  });

  test('says when the version is an old one, and nothing of one that is not known', async () => {
    const { calls } = setUp();
    const warnings = async () =>
      (
        await calls['connections.test'](
          { draft, credentials: { key: GOOD_KEY }, id: null },
          context,
        )
      ).warnings;
    expect(await warnings()).toEqual([]);
    facts = { ...facts, version: 'v0.9', outdated: true };
    expect(await warnings()).toEqual([{ key: 'warn_version_old', values: ['v0.9'] }]);
  });

  test('a key whose write was refused may only read, until one is accepted or another key comes', async () => {
    const { calls, clients, get } = setUp();
    const { connection } = await calls['connections.save'](
      { draft, credentials: { key: GOOD_KEY }, id: null },
      context,
    );
    const { id } = connection;
    const write = async (refusal: Problem | null) => {
      refusedWith = refusal;
      const done = clients.run(await get(id), context.signal, async (client, adapter) =>
        adapter.setCost?.(client, {} as never),
      );
      await Promise.allSettled([done]);
    };
    const tested = async (key = '') => {
      const asked = { draft, id, credentials: { key } };
      const { facts: told, warnings } = await calls['connections.test'](asked, context);
      return [told.mayWrite, ...warnings.map((each) => each.key)];
    };
    expect(await tested()).toEqual([null]);
    // The browser's own permission, and a tracker that is not well, say nothing of the key.
    await write({ kind: 'permission' });
    await write({ kind: 'network', status: 500 });
    expect(await tested()).toEqual([null]);
    const refusal: Problem = { kind: 'permission', status: 403 };
    await write(refusal);
    expect(await tested()).toEqual([false, 'warn_read_only']);
    await write(null);
    expect(await tested()).toEqual([null]);
    await write(refusal);
    expect(await tested(GOOD_KEY)).toEqual([null]);
  });

  test('the same account twice is refused', async () => {
    const { calls } = setUp();
    await calls['connections.save']({ draft, credentials: { key: GOOD_KEY }, id: null }, context);
    await expect(
      calls['connections.save']({ draft, credentials: { key: GOOD_KEY }, id: null }, context),
    ).rejects.toMatchObject({ problem: { kind: 'conflict', text: 'connection_same_account' } });
  });
});

describe('editing', () => {
  test('keeps the key when none is typed', async () => {
    const { calls } = setUp();
    const { connection } = await calls['connections.save'](
      { draft, credentials: { key: GOOD_KEY }, id: null },
      context,
    );
    const edited = await calls['connections.save'](
      { draft: { ...draft, name: 'New name' }, credentials: { key: '' }, id: connection.id },
      context,
    );
    expect(edited.connection).toMatchObject({
      id: connection.id,
      name: 'New name',
      keyEnd: '5678',
    });
  });

  test('a stored key is never sent to another host', async () => {
    const { calls } = setUp();
    const { connection } = await calls['connections.save'](
      { draft, credentials: { key: GOOD_KEY }, id: null },
      context,
    );
    await expect(
      calls['connections.test'](
        {
          draft: { ...draft, address: 'https://evil.example/' },
          credentials: { key: '' },
          id: connection.id,
        },
        context,
      ),
    ).rejects.toMatchObject({ problem: { kind: 'input', text: 'key_enter_again' } });
  });
});

describe('the list', () => {
  test('shows a revoked permission and a missing key on their own rows only', async () => {
    const { calls } = setUp();
    await calls['connections.save']({ draft, credentials: { key: GOOD_KEY }, id: null }, context);
    await calls['connections.save'](
      {
        draft: { ...draft, address: 'https://u.example' },
        credentials: { key: GOOD_KEY },
        id: null,
      },
      context,
    );
    const [first] = await calls['connections.list']({}, context);
    delete area[`key:${first?.id}`];
    const seen = await calls['connections.list']({}, context);
    expect(seen.map(({ problem }) => problem?.text ?? null)).toEqual(['problem_no_key', null]);
    granted = false;
    const revoked = await calls['connections.list']({}, context);
    expect(revoked[1]?.problem?.kind).toBe('permission');
  });

  test('shows nothing of a key while keys are locked, and says why', async () => {
    const { calls } = setUp();
    await calls['connections.save']({ draft, credentials: { key: GOOD_KEY }, id: null }, context);
    await keys.setPassphrase('a passphrase');
    await keys.lock();
    for (const caller of [
      context.caller,
      { kind: 'panel', tab: 1, connection: 'x', document: 'd' } as const,
    ]) {
      const [seen] = await calls['connections.list']({}, { ...context, caller });
      expect(seen).toMatchObject({ keyEnd: '', problem: { kind: 'auth', text: 'problem_locked' } });
    }
    await expect(
      calls['connections.save'](
        {
          draft: { ...draft, address: 'https://u.example' },
          credentials: { key: GOOD_KEY },
          id: null,
        },
        context,
      ),
    ).rejects.toMatchObject({ problem: { text: 'problem_locked' } });
    expect(await calls['connections.list']({}, context)).toHaveLength(1);
  });

  test('for a page has no address and nothing of the key', async () => {
    const { calls } = setUp();
    await calls['connections.save']({ draft, credentials: { key: GOOD_KEY }, id: null }, context);
    const caller = { kind: 'panel', tab: 1, connection: 'x', document: 'd' } as const;
    const [seen] = await calls['connections.list']({}, { ...context, caller });
    expect(seen).toMatchObject({ api: '', pages: [], keyEnd: '' });
  });
});

describe('removing', () => {
  test('takes the key and gives back the permission, unless another connection needs it', async () => {
    const { calls, list } = setUp();
    const add = async (address: string) =>
      (
        await calls['connections.save'](
          { draft: { ...draft, address }, credentials: { key: GOOD_KEY }, id: null },
          context,
        )
      ).connection.id;
    const a = await add('https://t.example:8443');
    const b = await add('https://t.example:9443');
    await calls['connections.remove']({ id: a }, context);
    expect(removed).toEqual([]);
    await calls['connections.remove']({ id: b }, context);
    expect(removed).toEqual(['https://t.example/*']);
    expect(await list()).toEqual([]);
    expect(area).toEqual({});
  });

  test('takes the campaigns that were kept of it, and nobody else’s', async () => {
    const { calls } = setUp();
    const { connection } = await calls['connections.save'](
      { draft, credentials: { key: GOOD_KEY }, id: null },
      context,
    );
    const database = await openDatabase();
    for (const id of [connection.id, 'other']) {
      await database.put('connectionData', { key: `campaigns:${id}`, connection: id });
    }
    await calls['connections.remove']({ id: connection.id }, context);
    expect(await database.getAllKeys('connectionData')).toEqual(['campaigns:other']);
  });
});
