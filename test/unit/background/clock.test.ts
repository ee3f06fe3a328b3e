import { beforeEach, expect, test } from 'vitest';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import { openDatabase } from '../../../lib/store/database.ts';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { costTracker, fakeReport, startWorker, type Worker } from './transfer-world.ts';

const HOUR = 3_600_000;

let now: number;
let asked: number;
let worker: Worker;
let connection: string;

beforeEach(async () => {
  now = Date.UTC(2026, 7, 1, 12);
  asked = 0;
  const tracker: TrackerAdapter = {
    ...costTracker,
    async report(client) {
      asked += 1;
      return fakeReport(client, [{ values: [], metrics: metricsOf({ clicks: 100, cost: 10 }) }]);
    },
  };
  const { database } = testDatabase();
  worker = startWorker(database, {}, { trackers: [tracker], now: () => now });
  connection = await worker.connect('https://a.example', 'key-of-a-0123456789');
});

const orderOn = (on: string): CostUpdate => ({
  connection: on,
  campaignId: '7',
  campaignName: 'Summer',
  range: { from: '2026-07-01', to: '2026-07-02', zone: 'Europe/Madrid' },
  mode: 'total',
  amount: 12,
  currency: 'USD',
  rate: null,
  token: null,
  uniqueOnly: false,
});

test('figures of some seconds ago are not asked for again; those of the future are', async () => {
  const read = () => worker.call('stats.read', { connection, preset: 'today' });
  await read();
  const once = asked;
  now += 5_000;
  expect(await read()).toMatchObject({ fetchedAt: now - 5_000 });
  expect(asked).toBe(once);
  now -= HOUR;
  expect(await read()).toMatchObject({ fetchedAt: now });
});

test('what is stored of every connection is told without asking anybody', async () => {
  const known = () => worker.call('stats.known', { preset: 'today' });
  expect(await known()).toMatchObject({ [connection]: { now: null, fetchedAt: null } });
  await worker.call('stats.read', { connection, preset: 'today' });
  const once = asked;
  now += HOUR;
  expect(await known()).toMatchObject({
    [connection]: { now: { clicks: 100, cost: 10 }, fetchedAt: now - HOUR, problem: null },
  });
  expect(asked).toBe(once);
});

test('the popup gets at once what it would ask for one by one, and nobody is asked for it', async () => {
  await worker.call('stats.read', { connection, preset: 'today' });
  const once = asked;
  expect(await worker.call('popup.start', { preset: 'today' })).toEqual({
    connections: await worker.call('connections.list', {}),
    trackers: await worker.call('trackers.list', {}),
    stats: await worker.call('stats.known', { preset: 'today' }),
  });
  expect(asked).toBe(once);
});

test('previews that nobody can send any more are removed by the next, and at a start', async () => {
  const kept = async () => (await openDatabase()).count('previews');
  await worker.call('costs.preview', { order: orderOn(connection) });
  now += 5 * 60_000;
  await worker.call('costs.preview', { order: orderOn(connection) });
  expect(await kept()).toBe(2);
  now += 6 * 60_000;
  await worker.call('costs.preview', { order: orderOn(connection) });
  expect(await kept()).toBe(2);
  now += HOUR;
  await worker.background.start();
  expect(await kept()).toBe(0);
});

test('a preview of the future is too old to be sent', async () => {
  const { id: preview } = await worker.call('costs.preview', { order: orderOn(connection) });
  now -= HOUR;
  await expect(worker.call('costs.send', { preview, at: null })).rejects.toMatchObject({
    problem: { text: 'problem_preview_gone' },
  });
});
