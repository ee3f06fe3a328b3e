import { createBoundaries } from './boundary.ts';
import { weighCampaign } from './campaign.ts';
import { completeRules } from './default-rules.ts';
import { earnedBy, ownViewOf, spentBy } from './evidence.ts';
import { gammaQ } from './gamma.ts';
import { lastingConfidence, loserEvidence, winnerEvidence } from './looks.ts';
import { orderByHighest } from './order.ts';
import {
  type PlacementColumns,
  type Scores,
  VERDICT_KINDS,
  type VerdictKind,
} from './placement.ts';
import { atOwnPayout, earningConfidence, posteriorOf, priorFor } from './posterior.ts';
import type { RuleSettings } from './rule-settings.ts';
import { isListed, pickedBy, type ThumbRule } from './thumb-rule.ts';

const [UNKNOWN, CUT, KEEP, WAIT] = [
  VERDICT_KINDS.indexOf('unknown'),
  VERDICT_KINDS.indexOf('cut'),
  VERDICT_KINDS.indexOf('keep'),
  VERDICT_KINDS.indexOf('wait'),
];

/**
 * Kinds of verdict and savings of all placements, as `judgePlacement` finds them one by one: a million
 * in half a second. Of each row only what decides it is computed, and its loss probability only where
 * it is on the list or the rule of thumb picks it.
 *
 * @param days that the figures cover, at least 1
 */
export function scorePlacements(
  columns: PlacementColumns,
  rules: RuleSettings,
  days: number,
): Scores {
  const campaign = weighCampaign(columns, rules);
  const { targetRoi, confidence, approval, ownSpend, looks, thumbRule, listBy } =
    completeRules(rules);
  const target = 1 + targetRoi;
  const boundaries = createBoundaries(confidence);
  const count = columns.cost.length;
  const kinds = new Uint8Array(count).fill(UNKNOWN);
  const savingPerDay = new Float64Array(count).fill(Number.NaN);
  const picked = pickedBy(thumbRule, columns, campaign.payout);
  const listed = new Uint8Array(count);
  /** Does its own revenue speak against the cut? */
  const isSpared = (row: number, spent: number, earned: number): boolean => {
    const own = ownViewOf(columns, row, campaign, approval);
    if (own.revenue >= spent * target) return true;
    if (own.times === 1) return false;
    if (looks === 'many') {
      const expected = (spent / own.times) * target;
      return lastingConfidence(loserEvidence(Math.ceil(own.earned), expected)) < confidence;
    }
    const { shape, rate } = atOwnPayout(priorFor(campaign, spent, earned), spent, own);
    return !boundaries.isBelow(shape, rate * target);
  };
  const list = { good: 0, saving: 0 };
  const rule = { good: 0, saving: 0 };
  let unnamed = 0;
  for (let row = 0; row < count; row++) {
    if (columns.unnamed[row] === 1) {
      unnamed += columns.clicks[row] || 0;
      continue;
    }
    const isPicked = picked[row] === 1;
    const spent = spentBy(columns, row, campaign);
    const cost = columns.cost[row] ?? Number.NaN;
    const earned = earnedBy(columns, row, campaign, approval);
    if (!(spent > 0) || !(cost > 0) || Number.isNaN(earned)) {
      if (isListed(listBy, false, isPicked)) listed[row] = 1;
      continue;
    }
    const posterior = posteriorOf(campaign, spent, earned, columns.payable[row] || 0);
    const { shape, rate } = posterior;
    const x = rate * target;
    const expected = spent * target;
    const isCut =
      spent >= ownSpend &&
      (looks === 'one'
        ? boundaries.isBelow(shape, x)
        : lastingConfidence(loserEvidence(Math.ceil(earned), expected)) >= confidence) &&
      !isSpared(row, spent, earned);
    const isKept =
      !isCut &&
      earned > 0 &&
      (looks === 'one'
        ? boundaries.isAbove(shape, x) &&
          earningConfidence(priorFor(campaign, spent, earned), posterior, target) >= confidence
        : lastingConfidence(winnerEvidence(Math.floor(earned), expected)) >= confidence);
    const saved = (cost / days) * (1 - shape / rate);
    kinds[row] = isCut ? CUT : isKept ? KEEP : WAIT;
    savingPerDay[row] = saved;
    const isOn = isListed(listBy, isCut, isPicked);
    if (!isOn && !isPicked) continue;
    const good = gammaQ(shape, x);
    if (isOn) {
      listed[row] = 1;
      list.good += good;
      list.saving += saved;
    }
    if (isPicked) {
      rule.good += good;
      rule.saving += saved;
    }
  }
  const all = countKinds(kinds);
  const ofRule = countKinds(kinds, picked);
  const onList = countKinds(kinds, listed);
  const judged = ofRule.cut + ofRule.keep + ofRule.wait;
  return {
    campaign,
    kinds,
    picked,
    listed,
    savingPerDay,
    order: orderByHighest(savingPerDay),
    summary: {
      ...all,
      listed: onList.cut + onList.keep + onList.wait + onList.unknown,
      byRule: onList.keep + onList.wait + onList.unknown,
      untold: onList.unknown,
      expectedGood: list.good,
      savingPerDay: list.saving,
      unnamedClicks: campaign.clicks > 0 ? unnamed / campaign.clicks : null,
    },
    rule: {
      picked: judged + ofRule.unknown,
      young: countYoung(picked, columns, thumbRule, campaign.payout),
      kinds: ofRule,
      sure: judged > 0 ? 1 - rule.good / judged : null,
      expectedGood: rule.good,
      savingPerDay: rule.saving,
    },
  };
}

/** From this share on, clicks have had their time. */
const RIPE = 0.99;

/** How many rows a rule picks only by clicks that have had no time to convert. */
function countYoung(
  picked: Uint8Array,
  columns: PlacementColumns,
  rule: ThumbRule,
  payout: number | null,
): number {
  if (rule.length === 0) return 0;
  const { cost, ripeCost, clicks } = columns;
  const ripe = ripeCost.map((value, row) => {
    const all = cost[row] ?? Number.NaN;
    return value >= RIPE * all ? all : value;
  });
  // Clicks are as ripe as what they cost; of free ones it is not asked.
  const old = clicks.map((value, row) => {
    const of = cost[row] ?? Number.NaN;
    return of > 0 ? (value * (ripe[row] ?? Number.NaN)) / of : value;
  });
  const still = pickedBy(rule, { ...columns, cost: ripe, clicks: old }, payout);
  return picked.reduce(
    (count, one, row) =>
      one === 1 && still[row] !== 1 && (ripe[row] ?? 0) < (cost[row] ?? 0) ? count + 1 : count,
    0,
  );
}

/** How many rows have each kind of verdict: all of them, or those marked 1. */
function countKinds(kinds: Uint8Array, marked?: Uint8Array): Record<VerdictKind, number> {
  const counts = [0, 0, 0, 0];
  for (let row = 0; row < kinds.length; row++) {
    const kind = kinds[row] ?? 0;
    if (!marked || marked[row] === 1) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  const [unknown = 0, cut = 0, keep = 0, wait = 0] = counts;
  return { unknown, cut, keep, wait };
}
