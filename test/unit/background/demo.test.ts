import { beforeEach, describe, expect, test } from 'vitest';
import { createBackground } from '../../../lib/background/create-background.ts';
import { DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import { connectionSchema } from '../../../lib/connections/connection.ts';
import type { CallName, Input } from '../../../lib/contract/calls.ts';
import { type Client, createClient } from '../../../lib/rpc/client.ts';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import { trackers } from '../../../lib/trackers/index.ts';
import { testDatabase } from '../test-database.ts';
import { areaOver } from './transfer-world.ts';

const NOW = Date.parse('2026-08-05T12:30:00Z');
const ORIGIN = 'chrome-extension://crosstrack';

let database: OpenDatabase;
let client: Client;
let asked: string[];

beforeEach(() => {
  ({ database } = testDatabase());
  asked = [];
  const area: Record<string, unknown> = {};
  let clock = NOW;
  const background = createBackground({
    trackers,
    database,
    area: areaOver(area),
    retention: async () => 'profile',
    browser: {
      ownTabs: async () => null,
      runFile: async () => {},
      askDetector: async () => true,
      probe: async () => null,
      invalidate: () => {},
      scripting: {
        getRegisteredContentScripts: async () => [],
        registerContentScripts: async () => {},
        updateContentScripts: async () => {},
        unregisterContentScripts: async () => {},
      },
      tabs: { query: async () => [], create: async () => ({}), update: async () => ({}) },
      permissions: {
        // Nothing is granted: whoever needs a host would say so.
        contains: async () => false,
        remove: async ({ origins }) => {
          asked.push(`remove ${origins}`);
          return true;
        },
      },
      windows: { update: async () => {} },
      commands: { getAll: async () => [] },
      runtime: { getURL: (path) => `${ORIGIN}/${path}`, openOptionsPage: async () => {} },
    },
    facts: { extensionId: 'crosstrack', extensionOrigin: ORIGIN },
    fetch: async (input) => {
      asked.push(String(input));
      throw new TypeError('no network here');
    },
    now: () => ++clock,
    sleep: async (ms) => {
      clock += ms;
    },
    wakeAfter: () => {},
    session: areaOver({}),
    lockAt: () => {},
    managed: { get: async () => ({}) },
  });
  client = createClient((request) =>
    background.handle(request, { id: 'crosstrack', url: `${ORIGIN}/options.html`, origin: ORIGIN }),
  );
});

const call = <N extends CallName>(name: N, input: Input<N>) => client.call(name, input);
const DAYS = { from: '2026-07-20', to: '2026-08-04', zone: 'UTC' };

const keepList = async (connection: string, value: unknown) =>
  (await database()).put('connectionData', { key: `campaigns:${connection}`, connection, value });

/** A real tracker with a campaign of the same name as one of the demo. */
async function connectReal(): Promise<void> {
  const real = connectionSchema.parse({
    id: 'real',
    tracker: trackers[0]?.id,
    name: 'Real',
    api: 'https://real.example',
    pages: ['https://real.example'],
    currency: 'USD',
    zone: 'UTC',
    basis: 'visit',
    templates: [],
    order: 9,
    createdAt: 0,
  });
  await (await database()).put('connections', real);
  const campaigns = [{ id: '7', name: 'Sweeps iPhone DE', active: true, source: null }];
  await keepList('real', { fetchedAt: NOW, campaigns });
}

test('two connections with the same campaigns are found in the stored lists, and nobody is asked', async () => {
  const campaigns = [{ id: '1', name: 'Push DE', active: true, source: { id: '2', name: 'MGID' } }];
  await connectReal();
  const real = await (await database()).get('connections', 'real');
  await (await database()).put('connections', { ...Object(real), id: 'real2', order: 10 });
  expect(await call('connections.overlaps', { fresh: true })).toEqual([]);
  for (const id of ['real', 'real2']) {
    await keepList(id, { fetchedAt: 0, campaigns });
  }
  expect(await call('connections.overlaps', { fresh: true })).toEqual([
    { connections: ['real', 'real2'], campaigns: ['Push DE'] },
  ]);
  expect(asked).toEqual([]);
});

/** Everything that is stored, by store. */
async function stored(): Promise<Record<string, number>> {
  const db = await database();
  const counts = await Promise.all(
    [...db.objectStoreNames].map(async (name) => [name, await db.count(name)] as const),
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

describe('the demo', () => {
  test('is three connections that lack neither key nor permission; added again, it is the same', async () => {
    const added = await call('demo.add', {});
    expect(added.map(({ demo, problem }) => [demo, problem])).toEqual([
      [true, null],
      [true, null],
      [true, null],
    ]);
    expect(await call('demo.add', {})).toEqual(added);
    expect(await call('connections.list', {})).toEqual(added);
  });

  test('is nothing for a file', async () => {
    await call('demo.add', {});
    const { text, missing } = await call('transfer.export', {
      passphrase: 'correct horse battery',
    });
    expect([missing, text.includes('sealed')]).toEqual([[], true]);
    const clear = await call('transfer.export', { passphrase: null });
    expect(JSON.parse(clear.text).connections).toEqual([]);
  });

  test('has figures, and asks nobody for them', async () => {
    for (const { id } of await call('demo.add', {})) {
      const stats = await call('stats.read', { connection: id, preset: 'today' });
      expect(stats.problem).toBeNull();
      expect(stats.now?.clicks).toBeGreaterThan(100);
      await call('campaigns.list', { connection: id, fresh: true });
      expect(stats.hours?.some((hour) => hour !== null)).toBe(true);
    }
    // Both demo trackers have the same campaigns: that is what the demo is for.
    expect(await call('connections.overlaps', { fresh: true })).toEqual([]);
    expect(asked).toEqual([]);
  });

  test('takes a cost through preview, journal, read-back and undo', async () => {
    await call('demo.add', {});
    const order = {
      connection: 'demo-a',
      campaignId: '1',
      campaignName: 'Sweeps iPhone DE',
      range: DAYS,
      mode: 'total',
      amount: 900,
      currency: 'USD',
      rate: null,
      token: null,
      uniqueOnly: false,
    } as const;
    const preview = await call('costs.preview', { order });
    const before = preview.preview.before.cost;
    const sent = await call('costs.send', { preview: preview.id, at: null });
    const state = async (record: string) => (await call('journal.read', { record })).state;
    await expect.poll(() => state(sent.id)).toBe('verified');
    expect((await call('costs.preview', { order })).preview.before.cost).toBeCloseTo(900, 6);

    const undo = await call('costs.undo', { record: sent.id });
    const undone = await call('costs.send', { preview: undo.id, at: null });
    await expect.poll(() => state(undone.id)).toBe('verified');
    await expect.poll(() => state(sent.id)).toBe('undone');
    const again = await call('costs.preview', { order });
    expect(again.preview.before.cost).toBeCloseTo(before ?? Number.NaN, 6);
    expect(asked).toEqual([]);
  });

  test('keeps both of two costs that are set at once', async () => {
    await call('demo.add', {});
    const send = async (campaignId: string) => {
      const order = {
        connection: 'demo-a',
        campaignId,
        campaignName: campaignId,
        range: DAYS,
        mode: 'total',
        amount: 700,
        currency: 'USD',
        rate: null,
        token: null,
        uniqueOnly: false,
      } as const;
      return (await call('costs.preview', { order })).id;
    };
    const previews = [await send('1'), await send('2')];
    const records = await Promise.all(
      previews.map((preview) => call('costs.send', { preview, at: null })),
    );
    for (const { id } of records) {
      await expect
        .poll(async () => (await call('journal.read', { record: id })).state)
        .toBe('verified');
    }
  });

  test('is never a match for a real campaign, nor the other way round, nor linked to one', async () => {
    await call('demo.add', {});
    await connectReal();
    const made = { connection: 'demo-a', campaignId: '1', name: 'Sweeps iPhone DE' };
    const real = { connection: 'real', campaignId: '7', name: 'Sweeps iPhone DE' };
    const none = { member: null, proposals: [], problem: null };
    expect(await call('side.match', { from: made, target: 'real', range: DAYS })).toEqual(none);
    expect(await call('side.match', { from: real, target: 'demo-a', range: DAYS })).toEqual(none);
    const matched = await call('side.match', { from: made, target: 'demo-b', range: DAYS });
    expect(matched.member).toMatchObject({ campaignId: '101', how: 'name' });
    await expect(call('links.join', { a: made, b: real })).rejects.toMatchObject({
      problem: { kind: 'conflict', text: 'link_demo' },
    });
  });

  test('goes without a trace, and takes nothing of others with it', async () => {
    await connectReal();
    const link = { id: 'l', how: 'hand', createdAt: 1 };
    const members = ['real', 'real2'].map((connection) => ({
      connection,
      campaignId: '1',
      name: '',
    }));
    await (await database()).put('links', { ...link, members });
    await (await database()).put('journal', {
      id: 'j',
      state: 'verified',
      createdAt: 1,
      order: { connection: 'real', campaignName: 'demo-a' },
    });
    const before = await stored();

    await call('demo.add', {});
    const range = DAYS;
    await call('campaigns.list', { connection: 'demo-b', fresh: true });
    await call('campaigns.figures', { connection: 'demo-b', range, fresh: true });
    await call('links.join', {
      a: { connection: 'demo-a', campaignId: '2', name: '' },
      b: { connection: 'demo-b', campaignId: '102', name: '' },
    });
    const question = { connection: 'demo-a', campaignId: '1', range, slot: null };
    const exported = await call('placements.export', {
      ...question,
      settings: DEFAULT_RULES,
      format: 'propellerads',
      separator: null,
    });
    expect(exported.count).toBeGreaterThan(0);
    const order = {
      connection: 'demo-a',
      campaignId: '1',
      campaignName: '',
      range,
      mode: 'cpc',
      amount: 0.02,
      currency: 'USD',
      rate: null,
      token: null,
      uniqueOnly: false,
    } as const;
    const { id } = await call('costs.preview', { order });
    const sent = await call('costs.send', { preview: id, at: null });
    await expect
      .poll(async () => (await call('journal.read', { record: sent.id })).state)
      .toBe('verified');
    await call('costs.preview', { order });
    expect(Object.keys(await stored()).length).toBeGreaterThan(Object.keys(before).length);

    await call('demo.remove', {});
    expect(await stored()).toEqual(before);
    expect((await call('connections.list', {})).map(({ id: left }) => left)).toEqual(['real']);
    expect(asked).toEqual([]);
  });
});
