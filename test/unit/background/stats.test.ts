import { expect, test } from 'vitest';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';
import type { Question, Report } from '../../../lib/report/question.ts';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { costTracker, fakeReport, startWorker, summerCost } from './transfer-world.ts';

/** Noon: the hours before it are over. */
const NOW = Date.UTC(2026, 7, 1, 12);

type Answer = Pick<Report, 'rows' | 'complete'>;

async function worker(answer: (question: Question) => Answer) {
  const tracker: TrackerAdapter = {
    ...costTracker,
    capabilities: { ...costTracker.capabilities, hourlyTotals: true },
    report: async (client, question) => {
      const { rows, complete } = answer(question);
      return fakeReport(client, rows, { complete, counted: ['clicks', 'cost', 'revenue'] });
    },
  };
  const { database } = testDatabase();
  const started = startWorker(database, {}, { trackers: [tracker], now: () => NOW });
  const connection = await started.connect('https://a.example', 'key-of-a-0123456789');
  return { call: started.call, connection };
}

const row = (id: string, metrics: Metrics) => ({ values: [{ id, name: id }], metrics });
const KNOWN = metricsOf({ clicks: 10, cost: 100, revenue: 150 });
const NO_COST = metricsOf({ clicks: 10, revenue: 150 });

test('today’s figures over a campaign without a cost are partial', async () => {
  const { call, connection } = await worker(() => ({
    rows: [row('1', KNOWN), row('2', NO_COST)],
    complete: true,
  }));
  const { now } = await call('stats.read', { connection, preset: 'today' });
  expect(now).toEqual(metricsOf({ clicks: 20, cost: 100, revenue: 300, partial: ['cost'] }));
});

test('figures of a report that a limit stopped are partial, as are those that they are compared with', async () => {
  const { call, connection } = await worker(() => ({ rows: [row('1', KNOWN)], complete: false }));
  const { now, before } = await call('stats.read', { connection, preset: 'today' });
  expect(now?.partial).toEqual(['clicks', 'cost', 'revenue']);
  expect(before?.partial).toEqual(['clicks', 'cost', 'revenue']);
});

test('a day without a row is 0 in what the tracker counts', async () => {
  const { call, connection } = await worker(() => ({ rows: [], complete: true }));
  const { now, before, nowUntilHour } = await call('stats.read', { connection, preset: 'today' });
  const nothing = metricsOf({ clicks: 0, cost: 0, revenue: 0 });
  expect([now, before, nowUntilHour]).toEqual([nothing, nothing, nothing]);
});

test('hours are told as they are: an unknown cost is not made up for by clicks', async () => {
  const { call, connection } = await worker(({ groupBy }) => ({
    rows: groupBy.includes('hour') ? [row('9', KNOWN), row('10', NO_COST)] : [row('1', KNOWN)],
    complete: true,
  }));
  const { hours, nowUntilHour } = await call('stats.read', { connection, preset: 'today' });
  // Yesterday, then today: of an hour without a row the tracker says that it counted nothing.
  for (const day of [0, 24]) {
    const profits = hours?.slice(day + 8, day + 12).map(({ profit }) => profit);
    expect(profits).toEqual([0, 50, null, 0]);
  }
  expect(nowUntilHour?.partial).toEqual(['cost']);
});

test('hours are unknown beside a row of no hour, and their sum is partial', async () => {
  const { call, connection } = await worker(({ groupBy }) => ({
    rows: [row('9', KNOWN), ...(groupBy.includes('hour') ? [row('unknown', KNOWN)] : [])],
    complete: true,
  }));
  const { hours, nowUntilHour } = await call('stats.read', { connection, preset: 'today' });
  expect(hours?.slice(32, 34).map(({ profit }) => profit)).toEqual([null, 50]);
  expect(nowUntilHour?.partial).toEqual(['clicks', 'cost', 'revenue']);
});

test('a preview over a partial cost does not know the cost, and its record keeps none', async () => {
  const { call, connection } = await worker(() => ({
    rows: [{ values: [], metrics: { ...KNOWN, partial: ['cost'] } }],
    complete: true,
  }));
  const order = summerCost(connection);
  const { id, preview } = await call('costs.preview', { order });
  expect(preview.before).toEqual({ cost: null, cpc: null, profit: null, roi: null });
  expect(preview.after).toMatchObject({ cost: 12, profit: 138 });
  const { before } = await call('costs.send', { preview: id, at: null });
  expect(before.cost).toBeNull();
});
