import type { CostUpdate } from './update.ts';

/** Costs that were set for single values of a token. */
export interface CostParts {
  /** Token slot from 1. */
  readonly slot: number;
  /** Number of its values that have a cost of their own. */
  readonly count: number;
  /** Their costs together, in the tracker's currency. */
  readonly sum: number;
}

/** What is known of an earlier update. */
interface Earlier {
  readonly order: CostUpdate;
  /** Its cost in the tracker's currency. */
  readonly expected: number;
  readonly state: string;
  readonly undoes: string | null;
  /** Is it one of several that together restore a split? */
  readonly group?: object | undefined;
}

/** States in which the tracker neither has an update's cost nor may get it. */
const WITHOUT_COST: ReadonlySet<string> = new Set([
  'failed',
  'notSent',
  'superseded',
  'cancelled',
  'undone',
]);

/**
 * The costs per token value that an update of all clicks would overwrite, by slot.
 *
 * @param earlier updates of any campaign, newest first
 */
export function partsUnder(update: CostUpdate, earlier: readonly Earlier[]): CostParts[] {
  if (update.token !== null) return [];
  const parts = new Map<number, Map<string, number>>();
  /** Whole-campaign updates met so far: what is older and overlaps them is gone. */
  const over: CostUpdate[] = [];
  for (const { order, expected, state, undoes, group } of earlier) {
    const same = order.connection === update.connection && order.campaignId === update.campaignId;
    if (!same || WITHOUT_COST.has(state) || !overlap(order, update)) continue;
    if (order.token === null) over.push(order);
    else if ((undoes === null || group) && !over.some((whole) => overlap(whole, order))) {
      const { slot, value } = order.token;
      const values = parts.get(slot) ?? new Map<string, number>();
      parts.set(slot, values);
      const key = JSON.stringify([value, order.range.from, order.range.to]);
      if (!values.has(key)) values.set(key, expected);
    }
  }
  return [...parts].map(([slot, values]) => ({
    slot,
    count: new Set([...values.keys()].map((key) => JSON.parse(key)[0])).size,
    sum: [...values.values()].reduce((sum, cost) => sum + cost, 0),
  }));
}

const overlap = ({ range: a }: CostUpdate, { range: b }: CostUpdate): boolean =>
  a.from <= b.to && b.from <= a.to;

/** Cost of one token value; '' = clicks without one, whose cost cannot be set. null = unknown. */
export interface PartCost {
  readonly value: string;
  readonly cost: number | null;
}

interface KnownCost extends PartCost {
  readonly cost: number;
}
const isKnown = (part: PartCost): part is KnownCost => part.cost !== null;

/**
 * New costs of the parts that add up to a total and keep the ratio of the present ones; null when
 * they cannot. What cannot be set stays as it is and counts towards the total. All in one currency.
 */
export function scaleParts(parts: readonly PartCost[], total: number): readonly KnownCost[] | null {
  const known = parts.filter(isKnown);
  if (known.length < parts.length) return null;
  const sumOf = (some: readonly KnownCost[]) => some.reduce((sum, { cost }) => sum + cost, 0);
  const kept = sumOf(known.filter(({ value }) => value === ''));
  const scaled = known.filter(({ value, cost }) => value !== '' && cost > 0);
  const now = sumOf(scaled);
  if (now <= 0 || total < kept) return null;
  const factor = (total - kept) / now;
  return scaled.map(({ value, cost }) => ({ value, cost: cost * factor }));
}
