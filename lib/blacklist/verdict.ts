import { botSignOf } from './bots.ts';
import { completeRules } from './default-rules.ts';
import { earnedBy, ownViewOf, spentBy } from './evidence.ts';
import { gammaP, gammaQuantile } from './gamma.ts';
import { lastingConfidence, loserEvidence, spendToCut, winnerEvidence } from './looks.ts';
import type { Campaign, PlacementColumns, Verdict, VerdictReason } from './placement.ts';
import { atOwnPayout, earningConfidence, type Gamma, posteriorOf, priorFor } from './posterior.ts';
import type { RuleSettings } from './rule-settings.ts';

/**
 * The verdict on one placement, in full: the Gamma–Poisson model in payouts, step by step.
 * `scorePlacements` comes to the same kinds and savings for all rows at once.
 *
 * @param days that the figures cover, at least 1
 */
export function judgePlacement(
  columns: PlacementColumns,
  row: number,
  campaign: Campaign,
  rules: RuleSettings,
  days: number,
): Verdict {
  const { targetRoi, confidence, approval, ownSpend, looks } = completeRules(rules);
  const target = 1 + targetRoi;
  const known = knownOf(columns, row, campaign, approval);
  const bot = botSignOf(columns, row, campaign);
  const onHold = shareOnHold(columns, row);
  if (typeof known === 'string') return { ...NOTHING_KNOWN, why: known, bot, onHold };

  const { spent, earned, worth } = known;
  const prior = priorFor(campaign, spent, earned);
  const posterior = posteriorOf(campaign, spent, earned, columns.payable[row] || 0);
  const { shape, rate } = posterior;
  const loser = gammaP(shape, rate * target);
  /** How sure it is that so many conversions on so many payouts lose. A part of one counts as one. */
  const surelyLoses = (of: Gamma, conversions: number, payouts: number): number =>
    looks === 'one'
      ? gammaP(of.shape, of.rate * target)
      : lastingConfidence(loserEvidence(Math.ceil(conversions), payouts * target));
  const sure = {
    cut: surelyLoses(posterior, earned, spent),
    keep:
      looks === 'one'
        ? earningConfidence(prior, posterior, target)
        : lastingConfidence(winnerEvidence(Math.floor(earned), spent * target)),
  };
  const returns = shape / rate;
  const figures = {
    loser,
    spent,
    earned,
    returns,
    onHold,
    bot,
    savingPerDay: ((columns.cost[row] ?? Number.NaN) / days) * (1 - returns),
  };
  const own = ownViewOf(columns, row, campaign, approval);
  const ownSpent = spent / own.times;
  const ownPosterior = atOwnPayout(prior, spent, own);
  const isSpared =
    own.revenue >= spent * target ||
    (own.times > 1 && surelyLoses(ownPosterior, own.earned, ownSpent) < confidence);
  const enough = spent >= ownSpend;
  if (sure.cut >= confidence && enough && !isSpared) {
    return { kind: 'cut', why: 'loses', confidence: sure.cut, needs: null, ...figures };
  }
  if (sure.keep >= confidence && earned > 0) {
    return { kind: 'keep', why: 'earns', confidence: sure.keep, needs: null, ...figures };
  }
  const toCut = (of: Gamma, conversions: number, payouts: number): number =>
    looks === 'one'
      ? gammaQuantile(of.shape, confidence) / target - of.rate
      : spendToCut(Math.ceil(conversions), confidence) / target - payouts;
  const payouts = Math.max(
    0,
    ownSpend - spent,
    (own.revenue || 0) / target - spent,
    toCut(posterior, earned, spent),
    own.times > 1 ? own.times * toCut(ownPosterior, own.earned, ownSpent) : 0,
  );
  return {
    kind: 'wait',
    why:
      sure.cut >= confidence
        ? isSpared
          ? 'ownRevenue'
          : 'ownSpend'
        : earned === 0 && 1 - loser >= confidence
          ? 'ownConversions'
          : 'open',
    confidence: Math.max(sure.cut, sure.keep),
    needs: target > 0 ? { payouts, money: payouts * worth } : null,
    ...figures,
  };
}

const NOTHING_KNOWN = {
  kind: 'unknown',
  loser: null,
  confidence: null,
  spent: null,
  earned: null,
  returns: null,
  needs: null,
  savingPerDay: null,
} as const;

/** What a placement spent and earned in payouts, or why that cannot be told. */
function knownOf(
  columns: PlacementColumns,
  row: number,
  campaign: Campaign,
  approval: number,
): { readonly spent: number; readonly earned: number; readonly worth: number } | VerdictReason {
  if (columns.unnamed[row] === 1) return 'unnamed';
  const cost = columns.cost[row] ?? Number.NaN;
  const ripe = columns.ripeCost[row] ?? Number.NaN;
  const isPartial = columns.partial[row] === 1;
  if (Number.isNaN(cost) || Number.isNaN(ripe)) return isPartial ? 'partial' : 'noCost';
  if (cost <= 0) return 'free';
  if (ripe <= 0) return 'unripe';
  if (campaign.worth === null) return 'noPayout';
  const earned = earnedBy(columns, row, campaign, approval);
  if (Number.isNaN(earned)) {
    const isCounted = !Number.isNaN(columns.payable[row] ?? Number.NaN);
    return isPartial || isCounted ? 'partial' : 'noConversions';
  }
  return { spent: spentBy(columns, row, campaign), earned, worth: campaign.worth };
}

function shareOnHold(columns: PlacementColumns, row: number): number | null {
  const hold = columns.hold[row] ?? Number.NaN;
  const of = columns.payable[row] ?? Number.NaN;
  return Number.isNaN(hold) || !(of > 0) ? null : Math.min(1, hold / of);
}
