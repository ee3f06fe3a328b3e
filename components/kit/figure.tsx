import { locale } from '../../lib/i18n.ts';
import { formatMetric } from '../../lib/report/format.ts';
import { type Metric, type Metrics, metricOf } from '../../lib/report/metrics.ts';

/** One formatted metric. Profit and ROI are coloured by their sign. */
export function Figure({
  metrics,
  metric,
  currency,
}: {
  metrics: Metrics;
  metric: Metric;
  currency: string;
}) {
  const value = metricOf(metrics, metric);
  const signed = metric === 'profit' || metric === 'roi';
  const tone = !signed || value === null || value === 0 ? '' : value > 0 ? 'gain' : 'loss';
  return <span class={tone}>{formatMetric(metric, value, { currency, locale: locale() })}</span>;
}
