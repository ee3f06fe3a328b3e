import { locale, t } from '../../lib/i18n.ts';
import { formatMetric } from '../../lib/report/format.ts';
import {
  isPartial,
  type Metric,
  type Metrics,
  partialBehind,
  shownOf,
} from '../../lib/report/metrics.ts';

/**
 * One formatted metric. Profit and ROI are coloured by their sign. A mark says that a sum is
 * partial, or that partial sums make the metric unknown.
 */
export function Figure({
  metrics,
  metric,
  currency,
  lacks = null,
}: {
  metrics: Metrics;
  metric: Metric;
  currency: string;
  /** What it lacks, where that is known. */
  lacks?: string | null | undefined;
}) {
  const value = shownOf(metrics, metric);
  const signed = metric === 'profit' || metric === 'roi';
  const tone = !signed || value === null || value === 0 ? '' : value > 0 ? 'gain' : 'loss';
  const text = formatMetric(metric, value, { currency, locale: locale() });
  const reason = lacks ?? partialReason(metrics, metric);
  if (reason === null) return tone ? <span class={tone}>{text}</span> : text;
  return (
    <span class="partial" title={reason}>
      <span class="dot part" role="img" aria-label={reason} />
      {text}
    </span>
  );
}

/** A metric as plain text. */
export function figureText(metrics: Metrics, metric: Metric, currency: string): string {
  const text = formatMetric(metric, shownOf(metrics, metric), { currency, locale: locale() });
  return isPartial(metrics, metric) ? t('partialText', text) : text;
}

function partialReason(metrics: Metrics, metric: Metric): string | null {
  const behind = partialBehind(metrics, metric);
  if (behind.length === 0) return null;
  if (isPartial(metrics, metric)) return t('partialSum');
  return t('partialBehind', behind.map((base) => t(`metric_${base}`)).join(', '));
}
