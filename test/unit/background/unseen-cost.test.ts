import { expect, test } from 'vitest';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { costTracker, fakeReport, startWorker, summerCost } from './transfer-world.ts';

/** A tracker that takes costs and never shows them. */
const tracker: TrackerAdapter = {
  ...costTracker,
  report: async (client) =>
    fakeReport(client, [{ values: [], metrics: metricsOf({ clicks: 100, cost: 10 }) }]),
  setCost: async () => {},
};

test('a cost that is never shown is looked for as long as the worker may stay awake, and no longer', async () => {
  const { database } = testDatabase();
  const waits: number[] = [];
  const worker = startWorker(
    database,
    {},
    { trackers: [tracker], wakeAfter: (ms) => void waits.push(ms) },
  );
  const connection = await worker.connect('https://a.example', 'canary-a-00001111', 'A');
  const { id } = await worker.call('costs.preview', {
    order: summerCost(connection),
  });
  await worker.call('costs.send', { preview: id, at: null });
  // The worker is let go: the alarm is for the next look, no more for the present ones (30 s).
  await expect
    .poll(() => waits.at(-1))
    .toSatisfy((ms: number | undefined) => ms !== undefined && ms > 8_000 && ms < 30_000);
  expect(await worker.call('journal.read', { record: id })).toMatchObject({
    state: 'accepted',
    sentAt: expect.any(Number),
  });
});
