import { beforeEach, describe, expect, test } from 'vitest';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import { type Client, createClient } from '../../../lib/rpc/client.ts';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import {
  costTracker,
  fakeReport,
  panelOn,
  startWorker,
  summerCost,
  type Worker,
} from './transfer-world.ts';

/** Costs that the tracker holds, by the host of the connection. */
let costs: Record<string, number>;
let sent: CostUpdate[];

/** A tracker that shows and takes costs. */
const tracker: TrackerAdapter = {
  ...costTracker,
  report: async (client) =>
    fakeReport(client, [
      {
        values: [],
        metrics: metricsOf({ clicks: 100, cost: costs[client.connection.api] ?? 10 }),
      },
    ]),
  async setCost({ connection: { api } }, update) {
    sent.push(update);
    costs[api] = update.amount;
  },
};

/** Where the button was that was pressed. */
const AT = { x: 10, y: 10, width: 100, height: 30 };
const GONE = { problem: { kind: 'conflict', text: 'problem_record_gone' } };
const NO_PREVIEW = { problem: { kind: 'conflict', text: 'problem_preview_gone' } };
const REFUSED = { problem: { kind: 'permission', text: 'problem_sender' } };

let database: OpenDatabase;
let worker: Worker;
let a: string;
let b: string;

/** The panel in a tab, bound by the ticket that the page's detector asked for. */
const panel = (letter: string, tab: number): Client =>
  panelOn(worker, `https://${letter}.example/campaigns`, tab);

const previewOn = async (of: Client, connection: string): Promise<string> =>
  (await of.call('costs.preview', { order: summerCost(connection) })).id;

/** Sends an order as the panel of B does, and waits until it is settled. */
async function sendOnB(): Promise<string> {
  const of = panel('b', 2);
  const { id } = await of.call('costs.send', { preview: await previewOn(of, b), at: AT });
  await expect
    .poll(async () => (await of.call('journal.read', { record: id })).state)
    .toBe('verified');
  return id;
}

beforeEach(async () => {
  ({ database } = testDatabase());
  costs = {};
  sent = [];
  worker = startWorker(database, {}, { trackers: [tracker] });
  a = await worker.connect('https://a.example', 'canary-a-00001111', 'A');
  b = await worker.connect('https://b.example', 'canary-b-00002222', 'B');
});

describe('a page of one connection', () => {
  test('neither lists nor reads the other’s journal, however it asks', async () => {
    const record = await sendOnB();
    const of = panel('a', 1);
    for (const connection of [null, a, b]) {
      for (const campaignId of [null, '7']) {
        expect(await of.call('journal.list', { connection, campaignId })).toEqual([]);
      }
    }
    await expect(of.call('journal.read', { record })).rejects.toMatchObject(GONE);
    const own = await panel('b', 9).call('journal.list', { connection: null, campaignId: null });
    expect(own.map(({ id }) => id)).toEqual([record]);
  });

  test('neither undoes nor settles the other’s record, and learns nothing from the refusal', async () => {
    const record = await sendOnB();
    // The tracker shows something else by now: settling would write it down.
    costs['https://b.example'] = 99;
    const before = JSON.stringify(await (await database()).get('journal', record));
    const of = panel('a', 1);
    for (const call of ['costs.undo', 'journal.settle', 'journal.read'] as const) {
      await expect(of.call(call, { record })).rejects.toMatchObject(GONE);
      // The same words as for a record that there never was.
      await expect(of.call(call, { record: 'no such record' })).rejects.toMatchObject(GONE);
    }
    expect(JSON.stringify(await (await database()).get('journal', record))).toBe(before);
    expect(await (await database()).count('previews')).toBe(0);
    expect(sent).toHaveLength(1);
    const { undoes } = await panel('b', 2).call('costs.undo', { record });
    expect(undoes, 'its own page may').toBe(record);
  });

  test('previews nothing for the other', async () => {
    await expect(previewOn(panel('a', 1), b)).rejects.toMatchObject(REFUSED);
    expect(await (await database()).count('previews')).toBe(0);
  });

  test('parts no link between others', async () => {
    const c = await worker.connect('https://c.example', 'canary-c-00003333', 'C');
    const member = (connection: string) => ({ connection, campaignId: '7', name: 'Summer' });
    await worker.call('links.join', { a: member(b), b: member(c) });
    const part = (of: Client) => of.call('links.part', { connection: c, campaignId: '7' });
    await expect(part(panel('a', 1))).rejects.toMatchObject(REFUSED);
    expect(await worker.call('links.list', {})).toHaveLength(1);
    await part(panel('b', 2));
    expect(await worker.call('links.list', {})).toEqual([]);
  });
});

describe('a page that sets costs everywhere', () => {
  const from = () => ({ connection: a, campaignId: '7' });
  const beside = (of: Client, order: CostUpdate) =>
    of.call('costs.previewBeside', { from: from(), order });
  const link = () => {
    const member = (connection: string) => ({ connection, campaignId: '7', name: 'Summer' });
    return worker.call('links.join', { a: member(a), b: member(b) });
  };

  test('previews the campaign’s counterparts, and no other campaign', async () => {
    const refused = { problem: { kind: 'conflict', text: 'problem_no_counterpart' } };
    await expect(beside(panel('a', 1), summerCost(b))).rejects.toMatchObject(refused);
    await link();
    const other = { ...summerCost(b), campaignId: '8' };
    await expect(beside(panel('a', 1), other)).rejects.toMatchObject(refused);
    await expect(beside(panel('b', 2), summerCost(b)), 'not its own').rejects.toMatchObject(
      REFUSED,
    );
    expect(await (await database()).count('previews')).toBe(0);
    const { preview } = await beside(panel('a', 1), summerCost(b));
    expect(preview.expected).toBe(12);
  });

  test('sends them with one confirmation, follows and undoes them; no third page does', async () => {
    await link();
    const of = panel('a', 1);
    const previews = [await previewOn(of, a), (await beside(of, summerCost(b))).id];
    const all = await of.call('costs.sendAll', { previews, together: false, at: AT });
    expect(all.map(({ record }) => record?.order.connection)).toEqual([a, b]);
    const record = all[1]?.record?.id ?? '';
    await expect
      .poll(async () => (await of.call('journal.read', { record })).state)
      .toBe('verified');
    expect(costs).toEqual({ 'https://a.example': 12, 'https://b.example': 12 });
    expect((await of.call('costs.undo', { record })).undoes).toBe(record);
    await worker.connect('https://c.example', 'canary-c-00003333', 'C');
    const third = panel('c', 3);
    await expect(third.call('journal.read', { record })).rejects.toMatchObject(GONE);
    expect((await of.call('journal.read', { record })).confirmedOn).toEqual({
      surface: 'panel',
      connection: a,
    });
  });

  test('sends the others when one is gone', async () => {
    const of = panel('a', 1);
    const previews = ['gone', await previewOn(of, a)];
    const all = await of.call('costs.sendAll', { previews, together: false, at: AT });
    expect(all).toMatchObject([
      { preview: 'gone', record: null, ...NO_PREVIEW },
      { preview: previews[1], record: { state: 'planned' }, problem: null },
    ]);
    await expect.poll(() => sent.length).toBe(1);
    const [again] = await of.call('costs.sendAll', {
      previews: previews.slice(1),
      together: false,
      at: AT,
    });
    expect(again).toMatchObject({ record: null, ...NO_PREVIEW });
    expect(sent).toHaveLength(1);
  });
});

describe('a preview', () => {
  test.each<[string, () => Client]>([
    ['another tab of the same connection', () => panel('a', 2)],
    ['a tab of the other connection', () => panel('b', 2)],
    ['its own tab, gone on to the other connection', () => panel('b', 1)],
    [
      'a page of the extension in that tab',
      () =>
        createClient((request) =>
          worker.background.handle(request, {
            id: 'us',
            url: 'x://us/dashboard.html',
            origin: 'x://us',
            frameId: 0,
            tab: { id: 1 },
          }),
        ),
    ],
  ])('is not sent by %s', async (_, other) => {
    const preview = await previewOn(panel('a', 1), a);
    await expect(other().call('costs.send', { preview, at: AT })).rejects.toMatchObject(NO_PREVIEW);
    expect(await (await database()).count('journal')).toBe(0);
    expect(sent).toEqual([]);
    // It stays for whoever saw it, once.
    await panel('a', 1).call('costs.send', { preview, at: AT });
    await expect(panel('a', 1).call('costs.send', { preview, at: AT })).rejects.toMatchObject(
      NO_PREVIEW,
    );
    await expect.poll(() => sent.length).toBe(1);
  });

  test('of a page of the extension is not sent by a page', async () => {
    const preview = (await worker.call('costs.preview', { order: summerCost(a) })).id;
    for (const of of [panel('a', 1), panel('a', 0)]) {
      await expect(of.call('costs.send', { preview, at: AT })).rejects.toMatchObject(NO_PREVIEW);
    }
    expect(sent).toEqual([]);
  });

  test('of an undo is narrowed like any other', async () => {
    const record = await sendOnB();
    const { id: preview } = await panel('b', 2).call('costs.undo', { record });
    for (const of of [panel('a', 1), panel('a', 2), panel('b', 3)]) {
      await expect(of.call('costs.send', { preview, at: AT })).rejects.toMatchObject(NO_PREVIEW);
    }
    await panel('b', 2).call('costs.send', { preview, at: AT });
    await expect.poll(() => sent.map(({ amount }) => amount)).toEqual([12, 10]);
  });
});
