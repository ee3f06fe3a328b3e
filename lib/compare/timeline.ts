import { type Metric, MONEY, metricOf } from '../report/metrics.ts';
import type { Report } from '../report/question.ts';
import type { Range } from '../report/range.ts';
import { type ComparedSide, type Comparison, createComparison } from './comparison.ts';
import type { Thresholds } from './gap.ts';
import type { JoinedRow } from './join.ts';
import { inCurrency, type Rate, rateBetween } from './rates.ts';
import { axisOf, progressOf, seriesOf, type TimeAxis, type TimeGrouping } from './series.ts';

/** One side of a chart. */
export interface TimedSide
  extends Pick<ComparedSide, 'connection' | 'currency' | 'kind' | 'ofOffer' | 'hindered'> {
  /** null = nothing is known yet. */
  readonly report: Report | null;
  readonly groupBy: TimeGrouping;
}

/**
 * Why a side has no line. `zone`: its days are another zone's, and it has no hours. `currency`: its
 * money is in another currency than the base's, and there is no rate. `unknown`: it has no figure of
 * this at all.
 */
export type LeftOut = 'zone' | 'currency' | 'unknown';

/** Sides over the days or hours of a range, all in the range's zone. */
export interface Timeline {
  readonly axis: TimeAxis;
  /** How many of the axis's steps have begun. */
  readonly begun: number;
  /** Index of the step that is not over yet; null = none. */
  readonly running: number | null;
  /** Each row is a step that has begun; the base is the first side. */
  readonly comparison: Comparison;
  /** Why a side has no line of a metric; null = it has one, or nothing is known of it yet. */
  leftOut(side: number, metric: Metric): LeftOut | null;
  /** The rate by which a side's money is drawn; null = none is needed, or there is none. */
  rate(side: number): Rate | null;
  /** Of all money; the base's. */
  readonly currency: string;
  /** A side's figures, one per step that has begun, its money in the base's currency; null = unknown. */
  values(side: number, metric: Metric): ReadonlyArray<number | null>;
}

/**
 * Lays sides over a common time axis.
 *
 * @param of.now epoch ms
 */
export function createTimeline(of: {
  readonly range: Range;
  /** The base first. */
  readonly sides: readonly TimedSide[];
  readonly now: number;
  /** Do the sides share the traffic? See `JoinedRow`. */
  readonly split?: true | undefined;
  /** Without a rate, money of another currency than the base's is left out. */
  readonly rates?: readonly Rate[];
  readonly thresholds?: Thresholds;
}): Timeline {
  const { range, sides, now, split, rates = [], thresholds } = of;
  const axis = axisOf(range);
  const { begun, running } = progressOf(axis, now);
  const series = sides.map(({ report, groupBy }) =>
    report ? seriesOf(axis, report, groupBy, now) : null,
  );
  const rows = axis.steps.slice(0, begun).map(
    ({ name }, step): JoinedRow => ({
      key: name,
      name,
      by: 'link',
      ...(split ? { split } : {}),
      cells: series.map((one) => {
        const metrics = one?.[step];
        return metrics ? { id: name, name, metrics } : null;
      }),
    }),
  );
  const comparison = createComparison({
    sides: sides.map((side, at) => ({
      ...side,
      rows: [],
      // Its days are the range's by now.
      report: side.report && series[at] ? { ...side.report, zone: range.zone } : null,
    })),
    rows,
    range,
    now,
    rates,
    ...(thresholds ? { thresholds } : {}),
  });
  const currency = currencyOf(sides[0]);
  const ratesOf = sides.map((side) => {
    const own = currencyOf(side);
    return own === currency ? null : rateBetween(rates, own, currency);
  });
  const values = (side: number, metric: Metric) => {
    const rate = ratesOf[side];
    return rows.map(({ cells }) => {
      const cell = cells[side];
      return cell ? metricOf(rate ? inCurrency(cell.metrics, rate) : cell.metrics, metric) : null;
    });
  };
  return {
    axis,
    begun,
    running,
    comparison,
    currency,
    rate: (side) => ratesOf[side] ?? null,
    values,
    leftOut(side, metric) {
      const one = sides[side];
      if (!one?.report) return null;
      if (!series[side]) return 'zone';
      if (MONEY.has(metric) && one.report.currency !== currency && !ratesOf[side])
        return 'currency';
      return begun > 0 && values(side, metric).every((value) => value === null) ? 'unknown' : null;
    },
  };
}

const currencyOf = (side: TimedSide | undefined): string =>
  side?.report?.currency ?? side?.currency ?? '';
