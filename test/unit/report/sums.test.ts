import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BASE_METRICS,
  type BaseMetric,
  DERIVED_METRICS,
  type DerivedMetric,
  type Metrics,
  metricOf,
  metricsOf,
  NO_METRICS,
  partialBehind,
  partOf,
  shownOf,
  sumMetrics,
  withMetric,
} from '../../../lib/report/metrics.ts';
import { totalOf } from '../../../lib/report/total.ts';

/** A row of whole figures, any of them unknown: sums without rounding. */
const row: fc.Arbitrary<Metrics> = fc
  .record(
    Object.fromEntries(
      BASE_METRICS.map((metric) => [metric, fc.option(fc.integer({ min: -1e9, max: 1e9 }))]),
    ) as Record<BaseMetric, fc.Arbitrary<number | null>>,
  )
  .map(metricsOf);
const rows = fc.array(row);
const someRows = fc.array(row, { minLength: 1, maxLength: 5 });

/** What the formulas of derived metrics name. */
const BEHIND: Readonly<Record<DerivedMetric, readonly BaseMetric[]>> = {
  profit: ['revenue', 'cost'],
  roi: ['revenue', 'cost'],
  cr: ['conversions', 'clicks'],
  epc: ['revenue', 'clicks'],
  cpc: ['cost', 'clicks'],
  cpa: ['cost', 'conversions'],
  landerCtr: ['landerClicks', 'landerViews'],
};

describe('a sum', () => {
  test('has the ratios of its sums, not sums or means of ratios', () => {
    const total = sumMetrics([
      metricsOf({ cost: 10, revenue: 30 }),
      metricsOf({ cost: 90, revenue: 90 }),
    ]);
    expect(metricOf(total, 'roi')).toBeCloseTo(0.2, 10);
  });

  test('over an unknown cost has no ROI and no profit, and says of the cost that it is partial', () => {
    const total = sumMetrics([
      metricsOf({ clicks: 10, cost: 100, revenue: 150 }),
      metricsOf({ clicks: 10, revenue: 150 }),
    ]);
    expect(total).toEqual(metricsOf({ clicks: 20, cost: 100, revenue: 300, partial: ['cost'] }));
    expect(shownOf(total, 'cost')).toBe(100);
    expect(metricOf(total, 'cost')).toBeNull();
    expect(metricOf(total, 'roi')).toBeNull();
    expect(metricOf(total, 'profit')).toBeNull();
    expect(metricOf(total, 'epc')).toBe(15);
    expect(partialBehind(total, 'roi')).toEqual(['cost']);
    expect(partialBehind(total, 'cost')).toEqual(['cost']);
    expect(partialBehind(total, 'epc')).toEqual([]);
  });

  test('does not know what no row knows', () => {
    expect(sumMetrics([metricsOf({ clicks: 5 }), metricsOf({ clicks: 2 })])).toEqual(
      metricsOf({ clicks: 7 }),
    );
    expect(sumMetrics([])).toEqual(NO_METRICS);
    expect(sumMetrics([metricsOf({ bots: 0 })]).bots).toBe(0);
  });

  test('is that of the known figures, metric by metric, and partial exactly where some are not', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const total = sumMetrics(all);
        for (const metric of BASE_METRICS) {
          const known = all.flatMap((each) => each[metric] ?? []);
          const sum = known.map(BigInt).reduce((a, b) => a + b, 0n);
          expect(total[metric]).toBe(known.length === 0 ? null : Number(sum));
          const partial = known.length > 0 && known.length < all.length;
          expect(total.partial.includes(metric)).toBe(partial);
          expect(metricOf(total, metric)).toBe(partial ? null : total[metric]);
          expect(shownOf(total, metric)).toBe(total[metric]);
        }
      }),
    );
  });

  test('has a ratio exactly where both parts are told by all rows, and there is something to divide by', () => {
    fc.assert(
      fc.property(someRows, (all) => {
        const total = sumMetrics(all);
        for (const metric of DERIVED_METRICS) {
          const told = BEHIND[metric].every((base) => all.every((each) => each[base] !== null));
          const lower = metric === 'profit' ? 1 : total[BEHIND[metric][1] ?? 'clicks'];
          expect(metricOf(total, metric) !== null).toBe(told && lower !== 0);
          expect(shownOf(total, metric)).toBe(metricOf(total, metric));
          const untold = BEHIND[metric].filter((base) => total.partial.includes(base));
          expect(partialBehind(total, metric)).toEqual(untold);
        }
      }),
    );
  });

  test('does not depend on the order of the rows', () => {
    const shuffled = rows.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([all, mixed]) => {
        expect(sumMetrics(mixed)).toEqual(sumMetrics(all));
      }),
    );
  });

  test('does not depend on how the rows are split', () => {
    fc.assert(
      fc.property(fc.array(someRows), (groups) => {
        expect(sumMetrics(groups.map(sumMetrics))).toEqual(sumMetrics(groups.flat()));
      }),
    );
  });
});

test('a metric that is replaced is whole, or unknown', () => {
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(...BASE_METRICS),
      fc.option(fc.integer()),
      (all, metric, value) => {
        const total = sumMetrics(all);
        const changed = withMetric(total, metric, value);
        expect(metricOf(changed, metric)).toBe(value);
        for (const other of BASE_METRICS.filter((each) => each !== metric)) {
          expect(changed[other]).toBe(total[other]);
          expect(metricOf(changed, other)).toBe(metricOf(total, other));
        }
      },
    ),
  );
});

describe('the total of a report', () => {
  const reportOf = (all: readonly Metrics[], complete: boolean) => ({
    rows: all.map((metrics) => ({ values: [], metrics })),
    counted: ['clicks', 'revenue'] as const,
    complete,
  });

  test('is the sum of its rows', () => {
    fc.assert(
      fc.property(someRows, (all) => {
        expect(totalOf(reportOf(all, true))).toEqual(sumMetrics(all));
      }),
    );
  });

  test('that a limit stopped is a sum over a part, and nothing is derived from it', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const total = totalOf(reportOf(all, false));
        expect(total).toEqual(partOf(sumMetrics(all)));
        for (const metric of BASE_METRICS) {
          expect(metricOf(total, metric)).toBeNull();
          expect(total.partial.includes(metric)).toBe(total[metric] !== null);
        }
        for (const metric of DERIVED_METRICS) expect(metricOf(total, metric)).toBeNull();
      }),
    );
  });

  test('without a row is 0 in what the tracker counts, and unknown in the rest', () => {
    expect(totalOf(reportOf([], true))).toEqual(metricsOf({ clicks: 0, revenue: 0 }));
    expect(totalOf(reportOf([], false))).toEqual(NO_METRICS);
  });

  test('without a row does not make the total of others partial', () => {
    const others = [metricsOf({ clicks: 5, revenue: 3 })];
    const totals = [totalOf(reportOf([], true)), totalOf(reportOf(others, true))];
    expect(sumMetrics(totals)).toEqual(metricsOf({ clicks: 5, revenue: 3 }));
  });
});
