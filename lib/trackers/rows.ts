import { type Metrics, sumMetrics } from '../report/metrics.ts';
import type { DimensionValue, ReportRow } from '../report/question.ts';

/** Rows with the same values made one, in order of first appearance. */
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
