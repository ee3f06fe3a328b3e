import { expect, test } from 'vitest';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Question, Report } from '../../../lib/report/question.ts';
import type { Capabilities, TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { fakeTracker, startWorker } from './transfer-world.ts';

const NOW = Date.parse('2026-08-03T10:30:00Z');
const range = { from: '2026-08-01', to: '2026-08-03', zone: 'Europe/Madrid' };
const ALL = ['campaign', 'day', 'hour'] as const;

/** A tracker with these abilities that answers ten clicks a row, in a zone of its own if it has one. */
async function start(
  abilities: Partial<Capabilities>,
  { zone, fails }: { zone?: string; fails?: (question: Question) => boolean } = {},
) {
  const asked: Question[] = [];
  const tracker: TrackerAdapter = {
    ...fakeTracker,
    capabilities: { ...fakeTracker.capabilities, levels: 3, ...abilities },
    async report(_, question): Promise<Report> {
      asked.push(question);
      if (fails?.(question)) throw new Error('no answer');
      const ids = { day: question.range.from, hour: '12' };
      return {
        rows: [
          {
            values: question.groupBy.flatMap((by) =>
              by === 'day' || by === 'hour' ? { id: ids[by], name: ids[by] } : [],
            ),
            metrics: metricsOf({ clicks: 10 }),
          },
        ],
        counted: ['clicks'],
        zone: zone ?? question.range.zone,
        currency: 'USD',
        basis: 'visit',
        fetchedAt: NOW,
        complete: true,
      };
    },
  };
  const { database } = testDatabase();
  const worker = startWorker(database, {}, { trackers: [tracker], now: () => NOW });
  const connection = await worker.connect('https://a.example', 'key-of-a-0123456789');
  asked.length = 0;
  const series = (campaignIds: string[] | null, change: Partial<typeof range> = {}) =>
    worker.call('side.series', {
      connection,
      campaignIds,
      range: { ...range, ...change },
      fresh: true,
    });
  return { series, asked };
}
const rowsIn = ({ report }: { report: Report | null }) =>
  report?.rows.map(({ values, metrics }) => [...values.map(({ id }) => id), metrics.clicks]);

test('days of one campaign are one question', async () => {
  const { series, asked } = await start({ dimensions: ALL });
  expect(await series(['7'])).toMatchObject({ groupBy: ['day'], unable: null });
  expect(asked).toEqual([
    { range, groupBy: ['day'], filters: [{ dimension: 'campaign', value: '7' }] },
  ]);
});

test('a single day is asked for by hour', async () => {
  const { series, asked } = await start({ dimensions: ALL });
  expect(await series(['7'], { to: '2026-08-01' })).toMatchObject({ groupBy: ['hour'] });
  expect(asked.map(({ groupBy }) => groupBy)).toEqual([['hour']]);
});

test('several campaigns of one row are put together', async () => {
  const { series } = await start({ dimensions: ALL });
  expect(rowsIn(await series(['7', '8']))).toEqual([
    ['2026-08-01', 10],
    ['2026-08-01', 10],
  ]);
});

test('of several campaigns, one that is not known leaves no sum of the others', async () => {
  const fails = ({ filters }: Question) => filters[0]?.value === '8';
  const { series } = await start({ dimensions: ALL }, { fails });
  const answer = await series(['7', '8']);
  expect(answer.report).toBeNull();
  expect(answer.problem).not.toBeNull();
});

test('a tracker that keeps to its own zone is asked for hours, a day more at both ends', async () => {
  const { series, asked } = await start({ dimensions: ALL }, { zone: 'Asia/Tokyo' });
  const answer = await series(['7']);
  expect(answer.groupBy).toEqual(['day', 'hour']);
  expect(asked.at(-1)).toMatchObject({
    range: { from: '2026-07-31', to: '2026-08-04', zone: 'Asia/Tokyo' },
    groupBy: ['day', 'hour'],
  });
  // Without hours, its days are all that there is.
  const without = await start({ dimensions: ['campaign', 'day'] }, { zone: 'Asia/Tokyo' });
  expect(await without.series(['7'])).toMatchObject({ groupBy: ['day'] });
  expect(without.asked).toHaveLength(1);
});

test('all campaigns by day: one question where the tracker can, else one for each day', async () => {
  const able = await start({ dimensions: ALL, dailyTotals: true });
  await able.series(null);
  expect(able.asked).toEqual([{ range, groupBy: ['day'], filters: [] }]);

  const single = await start({ dimensions: ALL });
  const answer = await single.series(null);
  expect(single.asked.map(({ range: { from, to }, groupBy }) => [from, to, groupBy])).toEqual([
    ['2026-08-01', '2026-08-01', []],
    ['2026-08-02', '2026-08-02', []],
    ['2026-08-03', '2026-08-03', []],
  ]);
  expect(rowsIn(answer)).toEqual([
    ['2026-08-01', 10],
    ['2026-08-02', 10],
    ['2026-08-03', 10],
  ]);
  expect(answer.report?.complete).toBe(true);
});

test('a day that failed is missing, and the report says so', async () => {
  const fails = ({ range: { from } }: Question) => from === '2026-08-02';
  const { series } = await start({ dimensions: ALL }, { fails });
  const answer = await series(null);
  expect(rowsIn(answer)).toEqual([
    ['2026-08-01', 10],
    ['2026-08-03', 10],
  ]);
  expect(answer.report?.complete).toBe(false);
  expect(answer.problem).not.toBeNull();
});

test('what cannot be asked is not asked', async () => {
  const { series, asked } = await start({ dimensions: ALL });
  // All campaigns by hour; too many days one by one.
  expect(await series(null, { to: '2026-08-01' })).toMatchObject({ report: null, unable: 'steps' });
  expect(await series(null, { from: '2026-07-01' })).toMatchObject({ unable: 'long' });
  const without = await start({ dimensions: ['campaign'] });
  expect(await without.series(['7'])).toMatchObject({ report: null, unable: 'steps' });
  expect([...asked, ...without.asked]).toEqual([]);
});
