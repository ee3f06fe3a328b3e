import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgeBaseline } from '../../../lib/compare/baseline.ts';
import { countedDays } from '../../../lib/compare/counted-days.ts';
import { createTimeline } from '../../../lib/compare/timeline.ts';
import type { Range } from '../../../lib/report/range.ts';
import { type SimulatorId, type Simulators, startSimulators } from '../../simulators/start.ts';
import { clientOf } from '../simulators/client-of.ts';
import { compared, LATER, RANGE, reported, rowOf } from './books.ts';

/** Gaps that are as ever, and gaps that trackers' books hold from a day on. */

const BEFORE: Range = { ...RANGE, from: '2026-07-18', to: '2026-07-31' };

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({
    limits: false,
    facts: {
      binom: { lostClicks: 0.2 },
      binom2: { later: { from: '2026-07-30', lostClicks: 0.25 } },
      redtrack: { later: { from: '2026-08-02', lostPostbacks: 0.6 }, cpcFactor: 1.4 },
    },
  });
});
afterAll(() => simulators.stop());

/** Campaign 0 of Keitaro beside another tracker over some days, as adapters tell them. */
async function timelineOf(id: SimulatorId, range: Range) {
  const sides = await Promise.all(
    (['keitaro', id] as const).map(async (one) => {
      const { client, adapter } = clientOf(simulators, one);
      await adapter.check(client);
      const filters = [{ dimension: 'campaign', value: simulators[one].campaignId(0) }] as const;
      const report = await adapter.report(client, { range, groupBy: ['day'], filters });
      const { currency } = report;
      return { connection: one, currency, kind: adapter.side, report, groupBy: ['day'] as const };
    }),
  );
  return createTimeline({ range, sides, now: LATER });
}

async function saidOf(id: SimulatorId, metric: 'clicks' | 'conversions' | 'cost') {
  const comparison = compared([
    await reported(simulators, 'keitaro'),
    await reported(simulators, id),
  ]);
  const row = rowOf(comparison, 'keitaro', simulators.keitaro.campaignId(0));
  const now = comparison.counted(row, 1, metric);
  if (!now) throw new Error(`${metric} of ${id} is not comparable`);
  const before = countedDays(await timelineOf(id, BEFORE), metric, LATER);
  const during = countedDays(await timelineOf(id, RANGE), metric, LATER);
  return judgeBaseline({ before, now, days: 3, pairing: 'same', during });
}

/** The gap that the books hold of some days. */
function booked(id: SimulatorId, metric: 'clicks' | 'conversions' | 'cost', range: Range): number {
  const [base = 0, other = 0] = (['keitaro', id] as const).map(
    (one) => simulators[one].truth({ campaignIndex: 0, ...range })[metric],
  );
  return other / base - 1;
}

test('a loss that is as ever is steady, and its size is the books’', async () => {
  const said = await saidOf('binom', 'clicks');
  expect(said.kind).toBe('steady');
  expect(said.usual.gap).toBeCloseTo(booked('binom', 'clicks', BEFORE), 5);
  expect((await saidOf('redtrack', 'cost')).kind).toBe('steady');
  expect((await saidOf('redtrack', 'clicks')).kind).not.toBe('changed');
});

test('a loss that began before the days that are shown has changed since then', async () => {
  const said = await saidOf('binom2', 'clicks');
  // Its clocks are an hour ahead: the loss began in the last hour of the day before.
  expect(said).toMatchObject({ kind: 'changed', wider: true, since: '2026-07-29' });
  const plain = { ...BEFORE, to: '2026-07-28' };
  expect(said.usual.days).toBe(11);
  expect(said.usual.gap).toBeCloseTo(booked('binom2', 'clicks', plain), 5);
});

test('a loss that began within them has changed since that day', async () => {
  const said = await saidOf('redtrack', 'conversions');
  expect(said).toMatchObject({ kind: 'changed', wider: true, since: '2026-08-02' });
  expect(said.usual.gap).toBeCloseTo(booked('redtrack', 'conversions', BEFORE), 5);
});
