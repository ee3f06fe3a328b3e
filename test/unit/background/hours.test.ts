import { expect, test } from 'vitest';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { fakeTracker, startWorker } from './transfer-world.ts';

/** Half past ten in the connection's zone: of these hours two are over. */
const NOW = Date.parse('2026-08-01T08:30:00Z');
const HOURS = ['0', '9', '22'];

/** Ten clicks an hour, eight of them unique within it. */
const hourly: TrackerAdapter = {
  ...fakeTracker,
  capabilities: { ...fakeTracker.capabilities, dimensions: ['hour'], hourlyTotals: true },
  report: async (_, { groupBy }) => ({
    rows: (groupBy[0] === 'hour' ? HOURS : ['7']).map((id) => ({
      values: [{ id, name: id }],
      metrics: metricsOf({ clicks: 10, uniqueClicks: 8 }),
    })),
    counted: ['clicks', 'uniqueClicks'],
    zone: 'Europe/Madrid',
    currency: 'USD',
    basis: 'visit',
    fetchedAt: NOW,
    complete: true,
  }),
};

test('unique clicks of hours are never added: who came twice is in two of them', async () => {
  const { database } = testDatabase();
  const worker = startWorker(database, {}, { trackers: [hourly], now: () => NOW });
  const connection = await worker.connect('https://a.example', 'key-of-a-0123456789');
  const stats = await worker.call('stats.read', { connection, preset: 'today' });
  const twoHours = { clicks: 20, uniqueClicks: null };
  expect(stats).toMatchObject({ before: twoHours, nowUntilHour: twoHours });
  expect(stats.now).toMatchObject({ clicks: 10, uniqueClicks: 8 });
  const range = { from: '2026-08-01', to: '2026-08-01', zone: 'Europe/Madrid' };
  const campaignIds = ['7'];
  const side = await worker.call('side.figures', { connection, campaignIds, range, fresh: true });
  expect(side.total.report?.rows).toMatchObject([
    { metrics: { clicks: 30, uniqueClicks: null, partial: [] } },
  ]);
  const whole = await worker.call('side.total', { connection, campaignIds, range, fresh: true });
  expect(whole.report?.rows).toMatchObject([{ metrics: { clicks: 10, uniqueClicks: 8 } }]);
});
