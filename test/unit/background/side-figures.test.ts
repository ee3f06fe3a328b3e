import { expect, test } from 'vitest';
import { CrosstrackError } from '../../../lib/errors.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Report } from '../../../lib/report/question.ts';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { fakeReport, fakeTracker, startWorker } from './transfer-world.ts';

const range = { from: '2026-08-01', to: '2026-08-01', zone: 'UTC' };
const BOOKS: Readonly<Record<string, number>> = { '1': 10, '2': 4 };

/** The figures of campaigns together. Campaign 9 cannot be read. */
async function figuresOf(
  campaignIds: string[],
  { byHour = false, of = () => ({}) }: { byHour?: boolean; of?(id: string): Partial<Report> } = {},
) {
  const adapter: TrackerAdapter = {
    ...fakeTracker,
    capabilities: { ...fakeTracker.capabilities, dimensions: byHour ? ['hour'] : [] },
    report: async (client, { filters: [campaign], groupBy }) => {
      const id = campaign?.value ?? '';
      const clicks = BOOKS[id];
      if (clicks === undefined) throw new CrosstrackError({ kind: 'network', status: 502 });
      const values = groupBy.map(() => ({ id: '3', name: '3' }));
      return fakeReport(client, [{ values, metrics: metricsOf({ clicks }) }], of(id));
    },
  };
  const worker = startWorker(testDatabase().database, {}, { trackers: [adapter] });
  const connection = await worker.connect('https://a.example', 'key-of-a-0123456789');
  return worker.call('side.figures', { connection, campaignIds, range, fresh: true });
}
const clicksIn = (report: Report | null) => report?.rows.map(({ metrics }) => metrics.clicks);

test.each([true, false])('campaigns are summed, by hour: %s', async (byHour) => {
  const both = await figuresOf(['1', '2'], { byHour });
  const sum = (both.total.report?.rows ?? []).reduce(
    (clicks, { metrics }) => clicks + (metrics.clicks ?? 0),
    0,
  );
  expect(sum).toBe(14);
  expect(clicksIn((await figuresOf(['2'], { byHour })).total.report)).toEqual([4]);
});

test('a sum of which a part cannot be read is unknown, with the reason', async () => {
  for (const byHour of [true, false]) {
    const { total } = await figuresOf(['1', '9'], { byHour });
    expect(total).toMatchObject({ report: null, problem: { kind: 'network' } });
  }
});

test('a sum is as old as its oldest part, and incomplete where one is', async () => {
  const { total } = await figuresOf(['1', '2'], {
    of: (id) => ({ fetchedAt: Number(id) * 100, complete: id === '1' }),
  });
  expect(total.report).toMatchObject({ fetchedAt: 100, complete: false });
  expect(total.report?.rows.every(({ metrics }) => metrics.partial.includes('clicks'))).toBe(true);
});
