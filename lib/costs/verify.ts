import { laterClicks, type Reading } from './reading.ts';

/** How finely a tracker shows costs, in its own currency. */
export interface Rounding {
  /** Step of the costs in its reports (0.01 = two decimals). */
  readonly shown: number;
  /** Step of the cost that it stores for each click. */
  readonly perClick: number;
}

/**
 * What a read-back says of an update:
 * - `verified`: the tracker shows the ordered cost, and not merely what it showed before
 * - `unchanged`: the former cost
 * - `hidden`: the ordered and the former cost look alike in this tracker, whatever happens
 * - `unclear`: it may be either; more clicks have come in than can be told apart from the change, or
 *   what the tracker rounds is as much as the change
 * - `other`: neither
 * - `unseen`: the tracker shows no cost
 */
export type Judgement = 'verified' | 'unchanged' | 'hidden' | 'unclear' | 'other' | 'unseen';

/** Errors of floating-point sums of money. */
const DUST = 1e-6;
/** Further clicks do not all cost the same: bots may be free. */
const SPREAD = 1.5;

/**
 * Compares a read-back with what an update ordered. Money in the tracker's currency.
 *
 * The nearer one counts: what is nearer to a former cost than to the ordered one is unchanged. Clicks
 * that came in after the order keep their own cost, so both costs grow with them, at a rate that two
 * read-backs show.
 *
 * @param ordered the ordered cost, of the clicks that were counted then
 * @param untouched former cost of the clicks that the update leaves out, which the tracker may show beside it
 * @param formers what the segment shows while the update is not applied
 * @param growth cost of one further click; null = not measured yet
 * @param summed rows that were added up, each rounded by the tracker
 */
export function judgeReadBack(of: {
  readonly ordered: { readonly cost: number; readonly clicks: number | null };
  readonly untouched: number;
  readonly formers: readonly Reading[];
  readonly seen: Reading;
  readonly growth: number | null;
  readonly rounding: Rounding;
  readonly summed: number;
}): Judgement {
  const { ordered, seen, growth } = of;
  const cost = seen.cost;
  if (cost === null) return 'unseen';
  // What is shown is off by half a step, and so is what was shown before.
  const shown = (of.rounding.shown / 2) * of.summed + DUST;
  const rounded = shown + (of.rounding.perClick / 2) * (ordered.clicks ?? 0);
  const known = of.formers.filter((former) => former.cost !== null);
  const later = laterClicks(ordered, seen);
  const isHidden = (former: Reading) => away(former.cost ?? 0, ordered.cost) <= shown;
  if (later === 0 && known.length > 0 && known.every(isHidden)) return 'hidden';
  if (later > 0 && growth === null) {
    // What further clicks cost is unknown, but not less than nothing: no higher former cost has become this.
    const isLower = known.length > 0 && known.every((one) => cost + 2 * shown < (one.cost ?? 0));
    return isLower && away(cost, ordered.cost) <= rounded ? 'verified' : 'unclear';
  }
  const further = (from: Reading) => laterClicks(from, seen) * (growth ?? 0) * SPREAD;
  const fromOrdered = Math.min(
    beyond(cost, ordered.cost, further(ordered)),
    beyond(cost, ordered.cost + of.untouched, further(ordered)),
  );
  const fromFormer = (former: Reading) => beyond(cost, former.cost ?? 0, further(former));
  const nearest = Math.min(...known.map(fromFormer));
  const mayBeFormer = known.some((former) => fromFormer(former) <= 2 * shown + further(former));
  if (fromOrdered < nearest && fromOrdered <= rounded) return mayBeFormer ? 'unclear' : 'verified';
  const looksAlike = (former: Reading) =>
    away(former.cost ?? 0, ordered.cost) <= rounded + further(ordered);
  if (fromOrdered <= rounded + further(ordered) && known.some(looksAlike)) return 'unclear';
  return nearest <= 2 * shown && nearest <= fromOrdered ? 'unchanged' : 'other';
}

/**
 * Cost of one further click, from two read-backs.
 * @returns null when no clicks came in between, or the cost fell
 */
export function growthBetween(first: Reading, second: Reading): number | null {
  if (first.cost === null || second.cost === null) return null;
  const clicks = laterClicks(first, second);
  const cost = second.cost - first.cost;
  return clicks > 0 && cost >= 0 ? cost / clicks : null;
}

const away = (a: number, b: number): number => Math.abs(a - b);

/** How far a cost is from what starts at `from` and has grown by at most `growth`. */
const beyond = (cost: number, from: number, growth: number): number =>
  Math.max(0, from - cost, cost - (from + growth));
