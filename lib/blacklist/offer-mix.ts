import type { DaysRead } from './ripeness.ts';

/** What an offer's clicks of some days have cost and brought by now. */
export interface OfferFigures {
  /** The offer's id. */
  readonly id: string;
  readonly cost: number;
  readonly conversions: number;
}

/** Conversions at the campaign's own rate that an offer begins with: of a new one little is known. */
const USUAL_COUNTS = 2;

/**
 * The share (0–1) of their conversions that have arrived, for each group of days, by the offers that
 * their clicks were sent to. An offer counts by the conversions that its clicks are expected to bring
 * in the end, not by those that are there: the slow ones' are not.
 *
 * @param figures offers by group of days; null = not told: there, the share of all offers together
 */
export function arrivedByOffers(
  days: readonly DaysRead[],
  figures: ReadonlyArray<readonly OfferFigures[] | null>,
): number[] {
  const arrivedOf = ({ offers, arrived }: DaysRead, id: string): number =>
    offers.get(id) ?? arrived;
  /** By offer: conversions, and the cost that had the time to bring them. */
  const sums = new Map<string, { conversions: number; ripeCost: number }>();
  const all = { conversions: 0, ripeCost: 0 };
  days.forEach((group, at) => {
    for (const { id, cost, conversions } of figures[at] ?? []) {
      const sum = sums.get(id) ?? { conversions: 0, ripeCost: 0 };
      sums.set(id, sum);
      for (const to of [sum, all]) {
        to.conversions += conversions;
        to.ripeCost += cost * arrivedOf(group, id);
      }
    }
  });
  const usualCost = (USUAL_COUNTS * all.ripeCost) / all.conversions;
  const perCost = (id: string): number => {
    const { conversions = 0, ripeCost = 0 } = sums.get(id) ?? {};
    return all.conversions > 0 ? (conversions + USUAL_COUNTS) / (ripeCost + usualCost) : 1;
  };
  return days.map((group, at) => {
    let [arrived, expected] = [0, 0];
    for (const { id, cost } of figures[at] ?? []) {
      const brings = cost * perCost(id);
      expected += brings;
      arrived += brings * arrivedOf(group, id);
    }
    return expected > 0 ? arrived / expected : group.arrived;
  });
}
