import { z } from '../zod.ts';
import { grown } from './reading.ts';
import type { Rounding } from './verify.ts';

/** How a cost was split over the values of a token before an update of all clicks. Money in the tracker's currency. */
export const costSplitSchema = z.object({
  /** Token slot from 1. */
  slot: z.int().check(z.gte(1)),
  /** The values, those first whose costs differ most from an even spread. */
  values: z.array(
    z.object({
      value: z.string(),
      cost: z.number(),
      clicks: z.number(),
      /** Can its cost be set by itself? */
      settable: z.boolean(),
    }),
  ),
  /** Number of further values. */
  others: z.int(),
});
export type CostSplit = z.infer<typeof costSplitSchema>;

/** Figures of one value of a token; '' = clicks without one. */
export interface ValueFigures {
  readonly value: string;
  readonly cost: number | null;
  readonly clicks: number | null;
  /** Those among the clicks; null = not counted. */
  readonly bots: number | null;
}

interface Whole {
  readonly cost: number | null;
  readonly clicks: number | null;
}

interface Known extends ValueFigures {
  readonly cost: number;
  readonly clicks: number;
}

/** Errors of floating-point sums of money. */
const DUST = 1e-6;

/** More of them would make a record that is slow to store. */
const MOST_VALUES = 100;

/**
 * The split of a segment's cost over the values of a token; null when it is not known as a whole.
 *
 * @param settable may the tracker be told to set the cost of this value?
 * @param summed rows that make up each figure, each rounded by the tracker
 */
export function splitOf(
  slot: number,
  rows: readonly ValueFigures[],
  whole: Whole,
  of: {
    readonly rounding: Rounding;
    readonly summed: number;
    readonly settable: (value: string) => boolean;
  },
): CostSplit | null {
  const known = rows.filter(isKnown);
  const [cost, clicks] = [sum(known, costOf), sum(known, clicksOf)];
  if (known.length < rows.length || whole.cost === null || clicks !== whole.clicks) return null;
  if (Math.abs(cost - whole.cost) > of.rounding.shown * of.summed * (rows.length + 1)) return null;
  // Whether bots cost anything is not told: what fits the costs better.
  const [away] = [paidOf, clicksOf]
    .map((weight) => {
      const rate = commonRate(known, weight);
      return (row: Known) => Math.abs(row.cost - rate * weight(row));
    })
    .sort((a, b) => sum(known, a) - sum(known, b)) as [(row: Known) => number];
  const kept = known.toSorted((a, b) => away(b) - away(a)).slice(0, MOST_VALUES);
  return {
    slot,
    values: kept.map(({ value, ...row }) => ({
      value,
      cost: row.cost,
      clicks: row.clicks,
      settable: of.settable(value),
    })),
    others: known.length - kept.length,
  };
}

/** What brings a former split back. Money in the tracker's currency. */
export interface Restored {
  /** The total to be set first, for all clicks; what is not set again afterwards keeps its share of it. */
  readonly base: number;
  /** The cost of each value that is set afterwards. */
  readonly values: ReadonlyArray<{ readonly value: string; readonly cost: number }>;
  /** The cost of the whole once all are set. */
  readonly total: number;
  /** Number of values that share what is left evenly, and cost something else before. */
  readonly lost: number;
}

/** A base beyond so many times the total would be dangerous, should what follows it fail. */
const MOST_TIMES = 10;

/**
 * How to restore a split after its total was spread evenly: all clicks are set so that what had the
 * common cost of a click has it again, then the values that had another are set one by one. Clicks
 * that came in since get the former cost of a click.
 *
 * @param before cost and clicks of the whole before the update
 * @param now figures by value as the tracker shows them now, the update's cost being spread over them
 * @param byCost do the present costs show the share of each value? Otherwise its clicks tell it
 * @param most values that can be set again
 * @returns null when it cannot be restored
 */
export function restoreSplit(
  split: CostSplit,
  before: { readonly cost: number; readonly clicks: number },
  now: readonly ValueFigures[],
  of: {
    readonly byCost: boolean;
    readonly rounding: Rounding;
    readonly summed: number;
    readonly most: number;
  },
): Restored | null {
  const present = now.filter(isKnown);
  if (present.length < now.length) return null;
  const weight = (row: Known) => (of.byCost ? row.cost : paidOf(row));
  const weights = sum(present, weight);
  const rows = new Map(present.map((row) => [row.value, row]));
  const former = split.values.flatMap((one): Former[] => {
    const row = rows.get(one.value);
    if (!row) return [];
    const { clicks } = row;
    return [{ ...one, clicks, cost: one.cost * grown(one.clicks, clicks), weight: weight(row) }];
  });
  if (weights <= 0 || former.length < split.values.length) return null;
  const kept = new Set(former.map(({ value }) => value));
  const others = {
    cost:
      (before.cost - sum(split.values, costOf)) *
      grown(
        before.clicks - sum(split.values, clicksOf),
        sum(
          present.filter(({ value }) => !kept.has(value)),
          clicksOf,
        ),
      ),
    weight: weights - sum(former, weightOf),
  };
  const total = sum(former, costOf) + others.cost;
  const away = (one: Former, rate: number) => Math.abs(one.cost - rate * one.weight);

  /** What is left to all clicks when the values that do not have this cost a click are set one by one. */
  const planAt = (rate: number): Restored | null => {
    const chosen = former
      .filter((one) => one.settable && away(one, rate) > tolerance(one, of))
      .sort((a, b) => away(b, rate) - away(a, rate))
      .slice(0, of.most);
    const rest = former.filter((one) => !chosen.includes(one));
    const cost = Math.max(0, sum(rest, costOf) + others.cost);
    const weight = sum(rest, weightOf) + others.weight;
    // What has this cost a click is among the rest, which therefore has a weight.
    const shared = cost / weight;
    const base = shared * weights;
    if (base > MOST_TIMES * total) return null;
    const all = { clicks: before.clicks };
    const areOthersLost =
      Math.abs(others.cost - shared * others.weight) >
      tolerance(all, { ...of, summed: of.summed * (split.others + 1) });
    return {
      base,
      values: chosen.map(({ value, cost }) => ({ value, cost })),
      total,
      lost:
        rest.filter((one) => away(one, shared) > tolerance(one, of)).length +
        (areOthersLost ? split.others : 0),
    };
  };

  const unset = former.filter(({ settable }) => !settable);
  const rates = [
    commonRate([...former, others], weightOf),
    ...(sum(unset, weightOf) > 0 ? [sum(unset, costOf) / sum(unset, weightOf)] : []),
  ];
  // Without a value to be set one by one it restores what was even, or nothing.
  const plans = rates
    .flatMap((rate) => planAt(rate) ?? [])
    .filter(({ values, lost }) => values.length > 0 || lost === 0);
  // The closest one; of those, the one with the fewest writes.
  return plans.sort((a, b) => a.lost - b.lost || a.values.length - b.values.length)[0] ?? null;
}

interface Former {
  readonly value: string;
  readonly cost: number;
  readonly clicks: number;
  readonly settable: boolean;
  /** Its share of what is spread evenly, in the unit of all weights. */
  readonly weight: number;
}

const isKnown = (row: ValueFigures): row is Known => row.cost !== null && row.clicks !== null;

const costOf = ({ cost }: { readonly cost: number }): number => cost;

/** Bots cost nothing where they are told apart. */
const paidOf = ({ clicks, bots }: Known): number => Math.max(0, clicks - (bots ?? 0));

const clicksOf = ({ clicks }: { readonly clicks: number }): number => clicks;

const weightOf = ({ weight }: { readonly weight: number }): number => weight;

/** The cost of one unit of weight that most of the weight has: the weighted median. */
function commonRate<T extends { readonly cost: number }>(
  rows: readonly T[],
  weight: (row: T) => number,
): number {
  const weighted = rows
    .filter((row) => weight(row) > 0)
    .toSorted((a, b) => a.cost / weight(a) - b.cost / weight(b));
  let left = sum(weighted, weight) / 2;
  for (const row of weighted) {
    left -= weight(row);
    if (left <= 0) return row.cost / weight(row);
  }
  return 0;
}

/** What the tracker's rounding can hide of a value's cost. */
const tolerance = (
  { clicks }: { readonly clicks: number },
  { rounding, summed }: { readonly rounding: Rounding; readonly summed: number },
): number => rounding.shown * summed + rounding.perClick * clicks + DUST;

const sum = <T>(list: readonly T[], of: (one: T) => number): number =>
  list.reduce((all, one) => all + of(one), 0);
