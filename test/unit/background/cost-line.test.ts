import { expect, test } from 'vitest';
import { CrosstrackError } from '../../../lib/errors.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { costTracker, fakeReport, startWorker } from './transfer-world.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 7, 1);

/** A tracker that takes one cost a minute, and has just had one. */
const limited: TrackerAdapter = {
  ...costTracker,
  paces: { ...costTracker.paces, cost: { atOnce: 1, perWindow: { requests: 1, ms: MINUTE } } },
  report: async (client) =>
    fakeReport(client, [{ values: [], metrics: metricsOf({ clicks: 50, cost: 10 }) }]),
  setCost: async () => {
    throw new CrosstrackError({ kind: 'rate', retryAfterMs: MINUTE });
  },
};

/** The lines of updates of several campaigns, confirmed one after the other. */
async function linesOf(tracker: TrackerAdapter, campaigns: readonly string[]) {
  const worker = startWorker(
    testDatabase().database,
    {},
    { trackers: [tracker], now: () => NOW, sleep: () => new Promise(() => {}) },
  );
  const connection = await worker.connect('https://a.example', 'canary-a-00001111', 'A');
  const ids: string[] = [];
  for (const campaignId of campaigns) {
    const { id } = await worker.call('costs.preview', {
      order: {
        connection,
        campaignId,
        campaignName: campaignId,
        range: { from: '2026-07-01', to: '2026-07-02', zone: 'Europe/Madrid' },
        mode: 'total',
        amount: 12,
        currency: 'USD',
        rate: null,
        token: null,
        uniqueOnly: false,
      },
    });
    await worker.call('costs.send', { preview: id, at: null });
    await expect
      .poll(async () => (await worker.call('journal.read', { record: id })).nextAt)
      .not.toBeNull();
    ids.push(id);
  }
  return Promise.all(ids.map((record) => worker.call('costs.line', { record })));
}

test('updates that wait for a tracker’s limit tell their places and when each is likely sent', async () => {
  expect(await linesOf(limited, ['1', '2', '3'])).toMatchObject([
    { place: 1, leavesAt: NOW + MINUTE },
    { place: 2 },
    { place: 3 },
  ]);
});

test('one that was sent has no place, and a tracker without a limit has no line', async () => {
  expect(await linesOf({ ...limited, setCost: async () => {} }, ['1'])).toEqual([null]);
  expect(await linesOf({ ...limited, paces: costTracker.paces }, ['1'])).toEqual([null]);
});
