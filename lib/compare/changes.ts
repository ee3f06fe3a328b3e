import { type Metric, type Metrics, metricOf, RATIOS, sumMetrics } from '../report/metrics.ts';
import { addDays, isDay } from '../report/range.ts';
import type { Gap } from './gap.ts';
import type { Grouping } from './groupings.ts';
import type { Cell, Side } from './join.ts';

/** How a metric has changed since the days before, as a gap that nobody judges. */
export function changeOf(metric: Metric, before: Metrics | null, now: Metrics): Gap {
  const [former, latter] = [before && metricOf(before, metric), metricOf(now, metric)];
  if (former === null || latter === null) return { difference: null, gap: null, state: 'unknown' };
  const difference = latter - former;
  const noRatio = RATIOS.has(metric) || former === 0;
  return {
    difference,
    gap: noRatio ? (difference === 0 ? 0 : null) : difference / Math.abs(former),
    state: 'unknown',
  };
}

/** The ids that a row's had in the days before: those of a day are of the day that many days earlier. */
export const formerIds = (by: Grouping, ids: readonly string[], days: number): readonly string[] =>
  by === 'day' ? ids.map((id) => (isDay(id) ? addDays(id, -days) : id)) : ids;

/** A side's figures in the days before. */
export interface FormerFigures {
  /** Those of a cell; null = it was not there. */
  of(cell: Cell): Metrics | null;
  readonly total: Metrics;
}

/**
 * The figures of a side's rows in the days before, by id of the row.
 *
 * @param days how many days before: a row of a day is held against the day that many days earlier
 */
export function formerFigures(by: Grouping, rows: Side['rows'], days: number): FormerFigures {
  const before = new Map(
    rows.map(({ id, metrics }) => [by === 'day' && isDay(id) ? addDays(id, days) : id, metrics]),
  );
  return {
    of({ id, also = [] }) {
      const found = [id, ...also.map((one) => one.id)].flatMap((one) => before.get(one) ?? []);
      return found.length > 0 ? sumMetrics(found) : null;
    },
    total: sumMetrics(rows.map(({ metrics }) => metrics)),
  };
}
