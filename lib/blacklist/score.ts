import { createBoundaries } from './boundary.ts';
import { weighCampaign } from './campaign.ts';
import { completeRules } from './default-rules.ts';
import { earnedBy, ownViewOf, spentBy } from './evidence.ts';
import { gammaQ } from './gamma.ts';
import { lastingConfidence, loserEvidence, winnerEvidence } from './looks.ts';
import { orderByHighest } from './order.ts';
import { type PlacementColumns, type Scores, VERDICT_KINDS } from './placement.ts';
import { atOwnPayout, earningConfidence, posteriorOf, priorFor } from './posterior.ts';
import type { RuleSettings } from './rule-settings.ts';

const [UNKNOWN, CUT, KEEP, WAIT] = [
  VERDICT_KINDS.indexOf('unknown'),
  VERDICT_KINDS.indexOf('cut'),
  VERDICT_KINDS.indexOf('keep'),
  VERDICT_KINDS.indexOf('wait'),
];

/**
 * Kinds of verdict and savings of all placements, as `judgePlacement` finds them one by one: a million
 * in half a second. Of each row only what decides it is computed, and its loss probability only where
 * it is cut.
 *
 * @param days that the figures cover, at least 1
 */
export function scorePlacements(
  columns: PlacementColumns,
  rules: RuleSettings,
  days: number,
): Scores {
  const campaign = weighCampaign(columns, rules);
  const { targetRoi, confidence, approval, ownSpend, looks } = completeRules(rules);
  const target = 1 + targetRoi;
  const boundaries = createBoundaries(confidence);
  const count = columns.cost.length;
  const kinds = new Uint8Array(count).fill(UNKNOWN);
  const savingPerDay = new Float64Array(count).fill(Number.NaN);
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
  const counts = [0, 0, 0, 0];
  let expectedGood = 0;
  let saving = 0;
  let unnamed = 0;
  for (let row = 0; row < count; row++) {
    if (columns.unnamed[row] === 1) {
      unnamed += columns.clicks[row] || 0;
      continue;
    }
    const spent = spentBy(columns, row, campaign);
    const cost = columns.cost[row] ?? Number.NaN;
    const earned = earnedBy(columns, row, campaign, approval);
    if (!(spent > 0) || !(cost > 0) || Number.isNaN(earned)) continue;
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
    const kind = isCut ? CUT : isKept ? KEEP : WAIT;
    const saved = (cost / days) * (1 - shape / rate);
    kinds[row] = kind;
    savingPerDay[row] = saved;
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (isCut) {
      expectedGood += gammaQ(shape, x);
      saving += saved;
    }
  }
  const [, cut = 0, keep = 0, wait = 0] = counts;
  return {
    campaign,
    kinds,
    savingPerDay,
    order: orderByHighest(savingPerDay),
    summary: {
      cut,
      keep,
      wait,
      unknown: count - cut - keep - wait,
      expectedGood,
      savingPerDay: saving,
      unnamedClicks: campaign.clicks > 0 ? unnamed / campaign.clicks : null,
    },
  };
}
