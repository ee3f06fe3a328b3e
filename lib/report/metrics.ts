/**
 * Base metrics are additive counts; money is in the report's currency.
 * null = the tracker does not report it; never shown as 0.
 */
export const BASE_METRICS = [
  'clicks',
  'uniqueClicks',
  'bots',
  'landerViews',
  'landerClicks',
  'conversions',
  'leads',
  'sales',
  'rejected',
  'hold',
  'cost',
  'revenue',
] as const;
export type BaseMetric = (typeof BASE_METRICS)[number];
export type Metrics = { readonly [M in BaseMetric]: number | null };

/** Derived metrics; ratios are plain ratios (ROI 0.6 = 60 %), money is per unit. */
export const DERIVED_METRICS = ['profit', 'roi', 'cr', 'epc', 'cpc', 'cpa', 'landerCtr'] as const;
export type DerivedMetric = (typeof DERIVED_METRICS)[number];
export type Metric = BaseMetric | DerivedMetric;

/** Metrics in a currency. */
export const MONEY: ReadonlySet<Metric> = new Set<Metric>([
  'cost',
  'revenue',
  'profit',
  'epc',
  'cpc',
  'cpa',
]);

/** All base metrics unknown. */
export const NO_METRICS: Metrics = Object.freeze(
  Object.fromEntries(BASE_METRICS.map((metric) => [metric, null])),
) as Metrics;

/** Metrics with the given ones known and all others unknown. */
export function metricsOf(known: Partial<Metrics>): Metrics {
  return { ...NO_METRICS, ...known };
}

/**
 * Sums rows metric by metric. A metric that is unknown in every row is unknown in the sum. One that
 * is unknown in some rows counts as 0 there, because trackers leave out what is zero.
 */
export function sumMetrics(rows: Iterable<Metrics>): Metrics {
  const sums: Record<string, number | null> = { ...NO_METRICS };
  for (const row of rows) {
    for (const metric of BASE_METRICS) {
      const value = row[metric];
      if (value !== null) sums[metric] = (sums[metric] ?? 0) + value;
    }
  }
  return sums as Metrics;
}

function ratio(upper: number | null, lower: number | null): number | null {
  return upper === null || lower === null || lower === 0 ? null : upper / lower;
}

/** Any metric of a row or a total; derived metrics are computed from the sums. */
export function metricOf(of: Metrics, metric: Metric): number | null {
  switch (metric) {
    case 'profit':
      return of.revenue === null || of.cost === null ? null : of.revenue - of.cost;
    case 'roi':
      return ratio(metricOf(of, 'profit'), of.cost);
    case 'cr':
      return ratio(of.conversions, of.clicks);
    case 'epc':
      return ratio(of.revenue, of.clicks);
    case 'cpc':
      return ratio(of.cost, of.clicks);
    case 'cpa':
      return ratio(of.cost, of.conversions);
    case 'landerCtr':
      return ratio(of.landerClicks, of.landerViews);
    default:
      return of[metric];
  }
}
