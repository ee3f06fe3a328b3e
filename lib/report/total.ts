import { type Metrics, metricsOf, partOf, sumMetrics } from './metrics.ts';
import type { Report } from './question.ts';

/**
 * The sum of a report's rows. Without rows it is 0 in what the tracker counts. When a limit stopped
 * the report, the sum covers only a part: it is partial, and unknown without rows.
 */
export function totalOf({
  rows,
  counted,
  complete,
}: Pick<Report, 'rows' | 'counted' | 'complete'>): Metrics {
  if (!complete) return partOf(sumMetrics(rows.map(({ metrics }) => metrics)));
  if (rows.length > 0) return sumMetrics(rows.map(({ metrics }) => metrics));
  return metricsOf(Object.fromEntries(counted.map((metric) => [metric, 0])));
}
