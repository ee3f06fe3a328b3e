import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { axisOf, seriesOf } from '../../../lib/compare/series.ts';
import { metricOf } from '../../../lib/report/metrics.ts';
import { addDays } from '../../../lib/report/range.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { clientOf, IDS, NOW } from './client-of.ts';

/** The series of a campaign are what the simulator's books hold of its days and hours. */
const DAYS = { from: '2026-08-01', to: '2026-08-03' };

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false, clock: NOW });
});
afterAll(() => simulators.stop());
beforeEach(() => simulators.reset());

describe.each(IDS)('%s', (id) => {
  const filters = () => [{ dimension: 'campaign', value: simulators[id].campaignId(0) }] as const;

  test('days of its own zone', async () => {
    const { client, adapter } = clientOf(simulators, id);
    const range = { ...DAYS, zone: simulators[id].zone };
    const axis = axisOf(range);
    const report = await adapter.report(client, { range, groupBy: ['day'], filters: filters() });
    const series = seriesOf(axis, report, ['day'], NOW);
    for (const [step, { name: day }] of axis.steps.entries()) {
      const { clicks, conversions } = simulators[id].truth({
        campaignIndex: 0,
        from: day,
        to: day,
      });
      expect(series?.[step], day).toMatchObject({ clicks, conversions });
    }
  });

  test('days of another zone, from its hours', async () => {
    const { client, adapter } = clientOf(simulators, id);
    const range = { ...DAYS, zone: 'Asia/Tokyo' };
    const around = {
      from: addDays(DAYS.from, -1),
      to: addDays(DAYS.to, 1),
      zone: simulators[id].zone,
    };
    const report = await adapter.report(client, {
      range: around,
      groupBy: ['day', 'hour'],
      filters: filters(),
    });
    const axis = axisOf(range);
    const series = seriesOf(axis, report, ['day', 'hour'], NOW);
    for (const [step, { name: day }] of axis.steps.entries()) {
      const of = { campaignIndex: 0, from: day, to: day, zone: 'Asia/Tokyo' };
      const { clicks, conversions } = simulators[id].truth(of);
      expect(series?.[step], day).toMatchObject({ clicks, conversions });
    }
  });

  test('hours of a day', async () => {
    const { client, adapter } = clientOf(simulators, id);
    const range = { from: DAYS.from, to: DAYS.from, zone: simulators[id].zone };
    const report = await adapter.report(client, { range, groupBy: ['hour'], filters: filters() });
    const series = seriesOf(axisOf(range), report, ['hour'], NOW) ?? [];
    const sum = series.reduce(
      (all, metrics) => all + ((metrics && metricOf(metrics, 'clicks')) ?? 0),
      0,
    );
    expect(sum).toBe(
      simulators[id].truth({ campaignIndex: 0, from: DAYS.from, to: DAYS.from }).clicks,
    );
  });
});
