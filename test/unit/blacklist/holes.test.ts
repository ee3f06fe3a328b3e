import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf } from '../../../lib/blacklist/columns.ts';
import { BASE_METRICS, metricsOf, sumMetrics } from '../../../lib/report/metrics.ts';

const STRAIGHT = [
  'clicks',
  'landerViews',
  'landerClicks',
  'conversions',
  'cost',
  'revenue',
] as const;

/** Days of a placement, any figure of a day unknown. */
const day = fc
  .record(
    Object.fromEntries(BASE_METRICS.map((metric) => [metric, fc.option(fc.nat(1_000))])) as Record<
      (typeof BASE_METRICS)[number],
      fc.Arbitrary<number | null>
    >,
  )
  .map(metricsOf);

test('verdicts are given no figure of which a day is not told', () => {
  fc.assert(
    fc.property(fc.array(fc.array(day, { minLength: 1, maxLength: 4 })), (placements) => {
      const rows = placements.map((days, at) => ({ id: `zone-${at}`, metrics: sumMetrics(days) }));
      const columns = columnsOf(rows);
      rows.forEach(({ metrics }, row) => {
        for (const name of STRAIGHT) {
          const told = placements[row]?.every((each) => each[name] !== null);
          expect(columns[name][row]).toBe(told ? metrics[name] : Number.NaN);
        }
        expect(columns.ripeCost[row]).toBe(columns.cost[row]);
      });
    }),
  );
});

test('what can be paid is unknown where it is not told how many were rejected', () => {
  const known = metricsOf({ conversions: 5, sales: 3, rejected: 2 });
  const untold = metricsOf({ conversions: 9, sales: 3 });
  const columns = columnsOf([
    { id: '1', metrics: known },
    { id: '2', metrics: untold },
  ]);
  expect([...columns.payable]).toEqual([3, Number.NaN]);
  // A tracker that never tells them is another matter: all of its conversions may be paid.
  expect([...columnsOf([{ id: '2', metrics: untold }]).payable]).toEqual([9]);
});
