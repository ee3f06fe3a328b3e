import { expect, test } from 'vitest';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { CrosstrackError } from '../../../lib/errors.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { costTracker, fakeReport, startWorker } from './transfer-world.ts';

/** What the tracker was asked about, in the form in which it would be sent. */
const asked: CostUpdate[] = [];

/** A tracker that takes totals up to 100. */
const tracker: TrackerAdapter = {
  ...costTracker,
  report: async (client) =>
    fakeReport(client, [{ values: [], metrics: metricsOf({ clicks: 50, cost: 10 }) }]),
  refuseCost(_, update) {
    asked.push(update);
    if (update.amount <= 100) return;
    throw new CrosstrackError({ kind: 'input', text: 'amount_beyond', values: ['1', '100'] });
  },
  setCost: async () => {},
  costQueue: async () => ({ waiting: 2, percent: 50 }),
};

test('an update that the tracker would not take is refused before there is a preview', async () => {
  const { database } = testDatabase();
  const worker = startWorker(database, {}, { trackers: [tracker] });
  const connection = await worker.connect('https://a.example', 'canary-a-00001111', 'A');
  const order: CostUpdate = {
    connection,
    campaignId: '7',
    campaignName: 'Summer',
    range: { from: '2026-07-01', to: '2026-07-02', zone: 'Europe/Madrid' },
    mode: 'cpc',
    amount: 3,
    currency: 'USD',
    rate: null,
    token: null,
    uniqueOnly: false,
  };
  await expect(worker.call('costs.preview', { order })).rejects.toMatchObject({
    problem: { kind: 'input', text: 'amount_beyond' },
  });
  // 50 clicks at 3.
  expect(asked).toMatchObject([{ mode: 'total', amount: 150 }]);
  expect(await (await database()).count('previews')).toBe(0);
  const { id, preview } = await worker.call('costs.preview', { order: { ...order, amount: 2 } });
  expect(preview.refused).toBeNull();
  // Once it is sent, it is told how far the tracker's queue is.
  await worker.call('costs.send', { preview: id, at: null });
  expect(await worker.call('costs.queue', { record: id })).toEqual({ waiting: 2, percent: 50 });
});
