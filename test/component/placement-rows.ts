import { columnsOf } from '../../lib/blacklist/columns.ts';
import { type Metrics, metricsOf } from '../../lib/report/metrics.ts';

export type Row = Partial<Metrics> & { readonly id: string; readonly ripeCost?: number };
export const figures = (rows: readonly Row[]) =>
  columnsOf(
    rows.map(({ id, ripeCost, ...known }) => ({
      id,
      metrics: metricsOf(known),
      ...(ripeCost === undefined ? {} : { ripeCost }),
    })),
  );

/** Two that lose, one that earns, one that waits; a conversion pays 4. */
export const ROWS: readonly Row[] = [
  { id: '101', clicks: 900, conversions: 0, cost: 40, revenue: 0 },
  { id: '102', clicks: 700, conversions: 1, cost: 30, revenue: 4 },
  { id: '103', clicks: 900, conversions: 40, cost: 60, revenue: 160 },
  { id: '104', clicks: 90, conversions: 1, cost: 4, revenue: 4 },
];
