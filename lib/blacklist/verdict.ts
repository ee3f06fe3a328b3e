import { botSignOf } from './bots.ts';
import { completeRules } from './default-rules.ts';
import { earnedBy, spentBy } from './evidence.ts';
import { gammaP, gammaQuantile } from './gamma.ts';
import { lastingConfidence, loserEvidence, spendToCut, winnerEvidence } from './looks.ts';
import type { Campaign, PlacementColumns, Verdict, VerdictReason } from './placement.ts';
import { earningConfidence, posteriorOf, priorFor } from './posterior.ts';
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
  const posterior = posteriorOf(campaign, spent, earned, columns.payable[row] || 0);
  const { shape, rate } = posterior;
  const loser = gammaP(shape, rate * target);
  const winner = earningConfidence(priorFor(campaign, spent, earned), posterior, target);
  // Conversions expected at the target, and whole ones: a part of one counts as one.
  const expected = spent * target;
  const whole = Math.ceil(earned);
  const sure =
    looks === 'one'
      ? { cut: loser, keep: winner }
      : {
          cut: lastingConfidence(loserEvidence(whole, expected)),
          keep: lastingConfidence(winnerEvidence(Math.floor(earned), expected)),
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
  const enough = spent >= ownSpend;
  if (sure.cut >= confidence && enough) {
    return { kind: 'cut', why: 'loses', confidence: sure.cut, needs: null, ...figures };
  }
  if (sure.keep >= confidence && earned > 0) {
    return { kind: 'keep', why: 'earns', confidence: sure.keep, needs: null, ...figures };
  }
  const toCut =
    looks === 'one'
      ? gammaQuantile(shape, confidence) / target - rate
      : spendToCut(whole, confidence) / target - spent;
  const payouts = Math.max(0, toCut, ownSpend - spent);
  return {
    kind: 'wait',
    why:
      sure.cut >= confidence
        ? 'ownSpend'
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
  if (Number.isNaN(earned)) return isPartial ? 'partial' : 'noConversions';
  return { spent: spentBy(columns, row, campaign), earned, worth: campaign.worth };
}

function shareOnHold(columns: PlacementColumns, row: number): number | null {
  const hold = columns.hold[row] ?? Number.NaN;
  const of = columns.payable[row] ?? Number.NaN;
  return Number.isNaN(hold) || !(of > 0) ? null : Math.min(1, hold / of);
}
