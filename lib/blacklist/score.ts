import { gammaP } from './gamma.ts';
import type { Placement, ScoredPlacement, Verdict } from './placement.ts';
import type { RuleSettings } from './rule-settings.ts';

/** Break even at 95 %, every conversion paid, a prior worth two payouts. */
export const DEFAULT_RULES: RuleSettings = {
  targetRoi: 0,
  confidence: 0.95,
  payout: null,
  approval: 1,
  priorWeight: 2,
};

/** Least number of clicks at which a placement's lander CTR is judged by itself. */
const ENOUGH_CLICKS = 20;
/** Probability below which a lander CTR of 0, or a flood of conversions, is not chance. */
const NO_ACCIDENT = 0.001;

export interface Scored {
  /** Sorted by money at stake, most first. */
  readonly rows: ScoredPlacement[];
  /** Payout per conversion that was used, in the report's currency; null = unknown. */
  readonly payout: number | null;
}

interface Sums {
  clicks: number;
  cost: number;
  conversions: number;
  revenue: number;
  landerViews: number;
  landerClicks: number;
}

/**
 * Verdicts by the Gamma–Poisson model in payouts: conversions of a placement
 * are Poisson(r·m), m = its cost in expected payouts, r = revenue ÷ cost with a
 * Gamma prior centred on what the campaign's other placements return.
 *
 * All money is in one currency. Without a payout (none given, and no revenue anywhere) every
 * placement waits.
 */
export function scorePlacements(placements: readonly Placement[], settings: RuleSettings): Scored {
  const all = sumOf(placements);
  const payout =
    settings.payout ??
    (all.conversions > 0 && all.revenue > 0 ? all.revenue / all.conversions : null);
  const settled = createQuantiles(settings.confidence);
  const rows = placements.map((placement) => ({
    ...placement,
    verdict: judge(placement, all, payout, settings, settled),
  }));
  rows.sort((a, b) => b.verdict.atStake - a.verdict.atStake || b.cost - a.cost);
  return { rows, payout };
}

function sumOf(placements: readonly Placement[]): Sums {
  const sums: Sums = {
    clicks: 0,
    cost: 0,
    conversions: 0,
    revenue: 0,
    landerViews: 0,
    landerClicks: 0,
  };
  for (const placement of placements) {
    sums.clicks += placement.clicks;
    sums.cost += placement.cost;
    sums.conversions += placement.conversions;
    sums.revenue += placement.revenue;
    sums.landerViews += placement.landerViews ?? 0;
    sums.landerClicks += placement.landerClicks ?? 0;
  }
  return sums;
}

function judge(
  placement: Placement,
  all: Sums,
  payout: number | null,
  settings: RuleSettings,
  /** x at which P(shape, x) reaches the confidence. */
  settled: (shape: number) => number,
): Verdict {
  const bot = botSign(placement, all);
  const worth = payout === null ? 0 : payout * settings.approval;
  if (worth <= 0) return { kind: 'wait', loser: 0.5, needs: null, bot, atStake: 0 };

  const target = 1 + settings.targetRoi;
  const spent = placement.cost / worth;
  // Revenue accounts for payouts that differ; without it conversions count.
  const earned =
    placement.revenue > 0 ? placement.revenue / (worth / settings.approval) : placement.conversions;
  const paid = earned * settings.approval;
  const { alpha, beta } = priorOf(placement, all, settings.priorWeight);
  const shape = alpha + (placement.revenue > 0 ? paid : earned);
  const rate = beta + spent;
  const loser = gammaP(shape, rate * target);
  const mean = shape / rate;
  const atStake = placement.cost * (target - mean);

  if (loser >= settings.confidence) return { kind: 'cut', loser, needs: null, bot, atStake };
  if (1 - loser >= settings.confidence) return { kind: 'keep', loser, needs: null, bot, atStake };
  // Smallest further spend, in payouts, after which no conversion would mean a cut.
  const payouts = Math.max(0, settled(shape) / target - rate);
  return { kind: 'wait', loser, needs: { payouts, money: payouts * worth }, bot, atStake };
}

/**
 * Gamma prior of r = revenue ÷ cost from the campaign's other placements, worth
 * `weight` payouts; flat (α = 1, β = 0) when they say nothing.
 */
function priorOf(placement: Placement, all: Sums, weight: number): { alpha: number; beta: number } {
  const cost = all.cost - placement.cost;
  const mean = cost > 0 ? (all.revenue - placement.revenue) / cost : 0;
  if (weight <= 0 || mean <= 0) return { alpha: 1, beta: 0 };
  const clamped = Math.min(10, Math.max(0.5, weight));
  return { alpha: clamped * mean, beta: clamped };
}

/**
 * Quantiles of Gamma(shape, 1) at one confidence. Placements of a campaign
 * share a few shapes (rounded to five decimals), so each is computed once.
 */
function createQuantiles(confidence: number): (shape: number) => number {
  const known = new Map<number, number>();
  return (shape) => {
    const key = Math.round(shape * 1e5);
    const found = known.get(key);
    if (found !== undefined) return found;
    let low = 0;
    let high = 1;
    while (gammaP(shape, high) < confidence) high *= 2;
    for (let step = 0; step < 50; step++) {
      const middle = (low + high) / 2;
      if (gammaP(shape, middle) < confidence) low = middle;
      else high = middle;
    }
    known.set(key, high);
    return high;
  };
}

function botSign(placement: Placement, all: Sums): Verdict['bot'] {
  const { landerViews, landerClicks, clicks } = placement;
  const views = landerViews ?? clicks;
  if (landerClicks !== null && views > 0) {
    const otherViews = (all.landerViews || all.clicks) - views;
    const usual = otherViews > 0 ? (all.landerClicks - landerClicks) / otherViews : 0;
    if (landerClicks === 0 && usual > 0 && (1 - Math.min(usual, 1)) ** views < NO_ACCIDENT) {
      return 'noLanderClicks';
    }
    if (views >= ENOUGH_CLICKS && landerClicks / views > 0.8 && placement.revenue === 0) {
      return 'tooManyLanderClicks';
    }
  }
  const otherClicks = all.clicks - clicks;
  const usualRate = otherClicks > 0 ? (all.conversions - placement.conversions) / otherClicks : 0;
  if (placement.conversions >= 5 && usualRate > 0) {
    // Poisson tail: the chance of so many conversions at the campaign's usual rate.
    if (gammaP(placement.conversions, usualRate * clicks * 3) < NO_ACCIDENT) {
      return 'tooManyConversions';
    }
  }
  return null;
}
