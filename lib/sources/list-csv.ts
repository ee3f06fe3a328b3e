import type { ListedBy } from '../blacklist/standing.ts';
import { csvText } from '../report/csv.ts';

/** An id as it goes out, with the figures behind it; money in one currency. null = unknown. */
export interface CsvRow {
  readonly id: string;
  readonly clicks: number | null;
  readonly cost: number | null;
  readonly conversions: number | null;
  readonly revenue: number | null;
  readonly verdict: {
    readonly kind: string;
    /** 0–1. */
    readonly confidence: number | null;
  };
  readonly listedBy: ListedBy;
}

/**
 * A list with its figures as CSV: one row for every id that goes out, written as it goes out.
 *
 * @param targetRoi what the verdicts are about, a ratio: `cut` is below it
 */
export function listCsv(
  rows: readonly CsvRow[],
  { currency, targetRoi }: { readonly currency: string; readonly targetRoi: number },
): string {
  return csvText([
    [
      'placement',
      'clicks',
      `cost_${currency}`,
      'conversions',
      `revenue_${currency}`,
      'verdict',
      'confidence',
      'target_roi',
      'listed_by',
    ],
    ...rows.map(({ id, clicks, cost, conversions, revenue, verdict, listedBy }) => [
      id,
      clicks,
      rounded(cost),
      conversions,
      rounded(revenue),
      verdict.kind,
      floored(verdict.confidence),
      targetRoi,
      listedBy,
    ]),
  ]);
}

/** Four decimals. */
const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 10_000) / 10_000;

/** Four decimals, downwards: what is not certain is not written as 1. */
const floored = (value: number | null): number | null =>
  value === null ? null : Math.floor(value * 10_000) / 10_000;
