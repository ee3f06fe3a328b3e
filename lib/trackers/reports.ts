import { type BaseMetric, type Metrics, sumMetrics } from '../report/metrics.ts';
import type { DimensionValue, Question, Report, ReportRow } from '../report/question.ts';
import { totalOf } from '../report/total.ts';
import type { TrackerClient } from './adapter.ts';

/** Merges rows with equal values, in order of first appearance. */
export function folded(rows: readonly ReportRow[]): ReportRow[] {
  const parts = new Map<string, { values: readonly DimensionValue[]; metrics: Metrics[] }>();
  for (const { values, metrics } of rows) {
    const key = values.length === 1 ? (values[0]?.id ?? '') : JSON.stringify(values.map(idOf));
    const part = parts.get(key);
    if (part === undefined) parts.set(key, { values, metrics: [metrics] });
    else part.metrics.push(metrics);
  }
  return [...parts.values()].map(({ values, metrics: [first, ...more] }) => ({
    values,
    metrics: first && more.length === 0 ? first : sumMetrics(first ? [first, ...more] : more),
  }));
}

const idOf = ({ id }: DimensionValue): string => id;

/**
 * Wraps rows that were just fetched as a report. The rows of a total become one.
 *
 * @param counted the metrics that this tracker counts
 * @param zone IANA zone whose midnights divide the days
 */
export function reportOf(
  client: TrackerClient,
  { groupBy, range }: Question,
  { rows, complete }: Pick<Report, 'rows' | 'complete'>,
  counted: readonly BaseMetric[],
  zone: string = range.zone,
): Report {
  const { currency, basis } = client.connection;
  return {
    rows:
      groupBy.length === 0 ? [{ values: [], metrics: totalOf({ rows, counted, complete }) }] : rows,
    counted,
    zone,
    currency,
    basis,
    fetchedAt: client.now(),
    complete,
  };
}
