/** Base metrics are additive counts; money is in the report's currency. */
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
type Figures = { readonly [M in BaseMetric]: number | null };

/** Base metrics of a row or a sum. null = unknown: nobody tells it; never shown as 0. */
export interface Metrics extends Figures {
  /**
   * Metrics that are sums over a part: some rows of the sum do not tell them. Each has a number,
   * which is shown as partial and from which nothing is derived. In the order of `BASE_METRICS`.
   */
  readonly partial: readonly BaseMetric[];
}

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

/** Metrics that are ratios without a unit. */
export const RATIOS: ReadonlySet<Metric> = new Set<Metric>(['roi', 'cr', 'landerCtr']);

/** All base metrics unknown. */
export const NO_METRICS: Metrics = Object.freeze({
  ...(Object.fromEntries(BASE_METRICS.map((metric) => [metric, null])) as Figures),
  partial: Object.freeze([]),
});

/** Metrics with the given ones known and all others unknown. */
export function metricsOf(known: Partial<Metrics>): Metrics {
  return { ...NO_METRICS, ...known };
}

/** Sums figures. A sum is partial when some of them are unknown, and unknown when all are. */
export function sumFigures(figures: Iterable<number | null>): {
  readonly sum: number | null;
  readonly partial: boolean;
} {
  let sum: number | null = null;
  let untold = false;
  for (const figure of figures) {
    if (figure === null) untold = true;
    else sum = (sum ?? 0) + figure;
  }
  return { sum, partial: untold && sum !== null };
}

/**
 * Sums rows metric by metric. A metric that is unknown in every row is unknown in the sum; one that
 * is unknown or partial in some rows is partial. The sum of no rows is unknown.
 */
export function sumMetrics(rows: readonly Metrics[]): Metrics {
  const sums: Partial<Record<BaseMetric, number | null>> = {};
  const partial = BASE_METRICS.filter((metric) => {
    const figures = sumFigures(rows.map((row) => row[metric]));
    sums[metric] = figures.sum;
    return figures.partial || rows.some((row) => row.partial.includes(metric));
  });
  return metricsOf({ ...sums, partial });
}

/** Metrics of which more rows are missing: everything that is known is partial. */
export function partOf(metrics: Metrics): Metrics {
  return { ...metrics, partial: BASE_METRICS.filter((metric) => metrics[metric] !== null) };
}

/** The metrics with one of them replaced; that one is then whole, or unknown. */
export function withMetric(of: Metrics, metric: BaseMetric, value: number | null): Metrics {
  return { ...of, [metric]: value, partial: of.partial.filter((other) => other !== metric) };
}

/** The base metrics that derived ones are computed from. */
const PARTS: { readonly [M in DerivedMetric]: readonly [BaseMetric, BaseMetric] } = {
  profit: ['revenue', 'cost'],
  roi: ['revenue', 'cost'],
  cr: ['conversions', 'clicks'],
  epc: ['revenue', 'clicks'],
  cpc: ['cost', 'clicks'],
  cpa: ['cost', 'conversions'],
  landerCtr: ['landerClicks', 'landerViews'],
};

const DERIVED: ReadonlySet<Metric> = new Set(DERIVED_METRICS);
const isDerived = (metric: Metric): metric is DerivedMetric => DERIVED.has(metric);

/** Is a metric itself a sum over a part? */
export const isPartial = ({ partial }: { partial: readonly Metric[] }, metric: Metric): boolean =>
  partial.includes(metric);

/**
 * Any metric of a row or a total, to calculate and compare with: unknown if it is partial. Derived
 * metrics are computed from the sums; one is unknown if a sum behind it is unknown or partial.
 */
export function metricOf(of: Metrics, metric: Metric): number | null {
  if (!isDerived(metric)) return isPartial(of, metric) ? null : of[metric];
  const [first, second] = PARTS[metric];
  const [upper, lower] = [metricOf(of, first), metricOf(of, second)];
  if (upper === null || lower === null) return null;
  if (metric === 'profit') return upper - lower;
  if (lower === 0) return null;
  return (metric === 'roi' ? upper - lower : upper) / lower;
}

/** Any metric of a row or a total, to be shown: the sum over the part if it is partial. */
export function shownOf(of: Metrics, metric: Metric): number | null {
  return isDerived(metric) ? metricOf(of, metric) : of[metric];
}

/** The partial sums behind a metric: itself, or those that make it unknown. */
export function partialBehind(of: Metrics, metric: Metric): readonly BaseMetric[] {
  const behind: readonly BaseMetric[] = isDerived(metric) ? PARTS[metric] : [metric];
  return behind.filter((base) => isPartial(of, base));
}
