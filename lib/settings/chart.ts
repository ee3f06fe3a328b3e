import type { Metric } from '../report/metrics.ts';

/** Metrics that the dashboard's charts can show. */
export const CHART_METRICS = [
  'conversions',
  'clicks',
  'revenue',
  'cost',
  'profit',
  'roi',
] as const satisfies readonly Metric[];

/** The dashboard's charts: is the one above the table unfolded, and what do they show? */
export interface ChartSetting {
  readonly open: boolean;
  readonly metric: (typeof CHART_METRICS)[number];
}

export const DEFAULT_CHART: ChartSetting = { open: false, metric: 'conversions' };
