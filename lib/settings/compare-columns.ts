import type { Metric } from '../report/metrics.ts';
import type { CompareColumns } from './compare-column-schema.ts';

export type { CompareColumns } from './compare-column-schema.ts';

/** The metrics that a comparison can show, in the order of its columns. */
export const COMPARED_METRICS = [
  'clicks',
  'uniqueClicks',
  'bots',
  'landerViews',
  'landerClicks',
  'landerCtr',
  'conversions',
  'leads',
  'sales',
  'hold',
  'rejected',
  'cr',
  'revenue',
  'epc',
  'cost',
  'cpc',
  'cpa',
  'profit',
  'roi',
] as const satisfies readonly Metric[];

export const DEFAULT_COLUMNS: CompareColumns = {
  metrics: ['clicks', 'conversions', 'revenue', 'cost', 'profit', 'roi'],
  without: [],
  layout: 'metric',
};
