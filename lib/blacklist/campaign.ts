import { completeRules } from './default-rules.ts';
import { earnedBy, spentBy, type Worth, worthOf } from './evidence.ts';
import { gammaP } from './gamma.ts';
import type { Campaign, PlacementColumns } from './placement.ts';
import type { RuleSettings } from './rule-settings.ts';

/** What a campaign's placements say together. */
export function weighCampaign(columns: PlacementColumns, rules: RuleSettings): Campaign {
  const { confidence, targetRoi, approval, priorWeight } = completeRules(rules);
  const worth = worthOf(columns, rules);
  const sums = {
    spent: 0,
    earned: 0,
    squares: 0,
    clicks: 0,
    landerViews: 0,
    landerClicks: 0,
    conversions: 0,
  };
  const known = { clicks: 0, cost: 0 };
  for (let row = 0; row < columns.cost.length; row++) {
    sums.clicks += columns.clicks[row] || 0;
    const landerViews = columns.landerViews[row] || 0;
    sums.landerViews += landerViews;
    if (landerViews > 0) sums.landerClicks += columns.landerClicks[row] || 0;
    sums.conversions += columns.conversions[row] || 0;
    const [clicks, cost] = [columns.clicks[row] ?? Number.NaN, columns.cost[row] ?? Number.NaN];
    if (clicks >= 0 && cost >= 0) {
      known.clicks += clicks;
      known.cost += cost;
    }
    const spent = spentBy(columns, row, worth);
    const earned = earnedBy(columns, row, worth, approval);
    if (!(spent > 0) || Number.isNaN(earned)) continue;
    sums.spent += spent;
    sums.earned += earned;
    sums.squares += spent * spent;
  }
  const loser = sums.spent > 0 ? gammaP(1 + sums.earned, sums.spent * (1 + targetRoi)) : null;
  const { within, between } = worth.payoutSpread;
  return {
    ...worth,
    ...sums,
    costPerClick: known.clicks > 0 ? known.cost / known.clicks : null,
    // A payout that the user gives is no estimate.
    payoutDoubt:
      rules.payout === null && sums.earned > 0
        ? within / sums.earned + (between * sums.squares) / sums.spent ** 2
        : 0,
    priorWeight: priorWeight ?? learnWeight(columns, worth, approval, sums),
    loser,
    loses: (loser ?? 0) >= confidence,
  };
}

/** Weight of the prior where the campaign says nothing, and what that belief counts for, in placements. */
const USUAL_WEIGHT = 2;
const USUAL_COUNTS = 5;
const LEAST_WEIGHT = 0.5;
const MOST_WEIGHT = 10;

const COUNT_ALONE = { within: 1, between: 0 } as const;

/**
 * Weight of the prior in payouts: mean ÷ variance of the placements' returns. The variance is that of
 * k ÷ m beyond what chance explains (method of moments), each weighted by its precision, together with
 * a usual value that counts as much as five placements with very many conversions.
 */
function learnWeight(
  columns: PlacementColumns,
  worth: Worth,
  approval: number,
  { spent: allSpent, earned: allEarned }: { readonly spent: number; readonly earned: number },
): number {
  if (!(allEarned > 0)) return USUAL_WEIGHT;
  const mean = allEarned / allSpent;
  const usual = mean / USUAL_WEIGHT;
  // How payouts differ between placements is no part of it: the posterior allows for that by itself.
  const byCount = { ...worth, payoutSpread: COUNT_ALONE };
  let weights = USUAL_COUNTS / usual ** 2;
  let variance = weights * usual;
  for (let row = 0; row < columns.cost.length; row++) {
    const spent = spentBy(columns, row, byCount);
    const earned = earnedBy(columns, row, byCount, approval);
    if (!(spent > 0) || Number.isNaN(earned)) continue;
    const beyond = ((earned - mean * spent) ** 2 - earned) / (spent * spent);
    const weight = 1 / (mean / spent + usual) ** 2;
    weights += weight;
    variance += weight * beyond;
  }
  const learnt = (mean * weights) / Math.max(variance, Number.MIN_VALUE);
  return Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, learnt));
}
