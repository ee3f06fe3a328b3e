import { t } from '../../lib/i18n.ts';
import type { Metric } from '../../lib/report/metrics.ts';

/** A metric's name in a sentence, where it is not shortened as in the head of a column. */
export const metricWord = (metric: Metric): string =>
  t(metric === 'conversions' ? 'conversionsWord' : `metric_${metric}`);
