import type { FigureColumn, PlacementColumns } from './placement.ts';

/** What a condition of a rule of thumb is about; each as the table and the tracker show it. */
export const MEASURES = [
  /** Cost ÷ payout. */
  'spent',
  'cost',
  'clicks',
  'conversions',
  'revenue',
  'profit',
  'roi',
  'cr',
  'epc',
  'landerViews',
  'landerCtr',
] as const;
export type Measure = (typeof MEASURES)[number];

/** Those that are money, in the condition's currency. */
export const MONEY: ReadonlySet<Measure> = new Set(['cost', 'revenue', 'profit', 'epc']);

export const COMPARISONS = ['atLeast', 'above', 'atMost', 'below'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export interface Condition {
  readonly measure: Measure;
  readonly is: Comparison;
  /** ROI and rates as ratios: −0.3 = −30 %. */
  readonly value: number;
  /** Of money; in figures of another currency the condition is met by none. */
  readonly currency?: string | undefined;
}

/** Conditions that must all be met. */
export type ConditionGroup = readonly Condition[];
/** A rule of thumb picks what meets one of its groups; one without groups picks nothing. */
export type ThumbRule = readonly ConditionGroup[];

export const MOST_GROUPS = 5;
export const MOST_CONDITIONS = 5;

/**
 * What makes the list: the verdicts, what the verdicts cut and the rule picks, what either of them
 * says, or the rule, whatever the verdicts.
 */
export const LIST_BY = ['verdict', 'both', 'either', 'rule'] as const;
export type ListBy = (typeof LIST_BY)[number];

/** Is a placement on the list, before anything by hand? */
export function isListed(by: ListBy, isCut: boolean, isPicked: boolean): boolean {
  if (by === 'verdict') return isCut;
  if (by === 'rule') return isPicked;
  return by === 'both' ? isCut && isPicked : isCut || isPicked;
}

/** Is a condition about money in another currency than the figures? */
export const isOfOther = ({ measure, currency: own }: Condition, currency: string): boolean =>
  MONEY.has(measure) && own !== currency;

/** The rule for figures in a currency: conditions in another one are met by none. */
export const ruleIn = (rule: ThumbRule, currency: string): ThumbRule =>
  rule.map((group) =>
    group.map((one) => (isOfOther(one, currency) ? { ...one, value: Number.NaN } : one)),
  );

/** How a measure is read: a column, one less another, or one per another. */
type Reading =
  | { readonly of: FigureColumn }
  | { readonly of: FigureColumn; readonly less: FigureColumn }
  | { readonly of: FigureColumn; readonly per: FigureColumn };

const READINGS: { readonly [M in Measure]: Reading } = {
  spent: { of: 'cost' },
  cost: { of: 'cost' },
  clicks: { of: 'clicks' },
  conversions: { of: 'conversions' },
  revenue: { of: 'revenue' },
  profit: { of: 'revenue', less: 'cost' },
  roi: { of: 'revenue', per: 'cost' },
  cr: { of: 'conversions', per: 'clicks' },
  epc: { of: 'revenue', per: 'clicks' },
  landerViews: { of: 'landerViews' },
  landerCtr: { of: 'landerClicks', per: 'landerViews' },
};

/**
 * Which placements a rule of thumb picks: 1 by row. A figure that is not known meets no condition, and
 * clicks without a placement meet none: a million rows take some milliseconds a condition.
 *
 * @param payout per conversion, in the columns' currency; null = unknown, so none meets one in payouts
 */
export function pickedBy(
  rule: ThumbRule,
  columns: PlacementColumns,
  payout: number | null,
): Uint8Array {
  const picked = new Uint8Array(columns.cost.length);
  const met = new Uint8Array(picked.length);
  for (const group of rule) {
    if (group.length === 0) continue;
    for (let row = 0; row < met.length; row++) met[row] = columns.unnamed[row] === 1 ? 0 : 1;
    for (const condition of group) narrow(met, condition, columns, payout);
    for (let row = 0; row < met.length; row++) if (met[row] === 1) picked[row] = 1;
  }
  return picked;
}

/** Takes from the rows those that do not meet a condition. No comparison with NaN is true. */
function narrow(
  met: Uint8Array,
  condition: Condition,
  columns: PlacementColumns,
  payout: number | null,
): void {
  const reading = READINGS[condition.measure];
  const [low, high] = boundsOf(condition, payout);
  const first = columns[reading.of];
  if ('per' in reading) {
    const second = columns[reading.per];
    for (let row = 0; row < met.length; row++) {
      const under = second[row] ?? Number.NaN;
      const value = (first[row] ?? Number.NaN) / under;
      if (!(under > 0 && value >= low && value <= high)) met[row] = 0;
    }
  } else if ('less' in reading) {
    const second = columns[reading.less];
    for (let row = 0; row < met.length; row++) {
      const value = (first[row] ?? Number.NaN) - (second[row] ?? Number.NaN);
      if (!(value >= low && value <= high)) met[row] = 0;
    }
  } else {
    for (let row = 0; row < met.length; row++) {
      const value = first[row] ?? Number.NaN;
      if (!(value >= low && value <= high)) met[row] = 0;
    }
  }
}

/** Differences of rounding are none: three times 0.1 is 0.3. */
const ROUNDING = 1e-9;

/** The least and the greatest value that meets a condition, of what its measure reads. */
function boundsOf(
  { measure, is, value }: Condition,
  payout: number | null,
): readonly [low: number, high: number] {
  const limit =
    measure === 'spent' ? value * (payout ?? Number.NaN) : measure === 'roi' ? 1 + value : value;
  const off = ROUNDING * Math.max(1, Math.abs(limit));
  if (is === 'atLeast') return [limit - off, Number.POSITIVE_INFINITY];
  if (is === 'above') return [limit + off, Number.POSITIVE_INFINITY];
  return [Number.NEGATIVE_INFINITY, is === 'atMost' ? limit + off : limit - off];
}
