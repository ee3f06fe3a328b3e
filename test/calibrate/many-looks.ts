import { columnsOf } from '../../lib/blacklist/columns.ts';
import { type CompleteRules, DEFAULT_RULES } from '../../lib/blacklist/default-rules.ts';
import { VERDICT_KINDS } from '../../lib/blacklist/placement.ts';
import { scorePlacements } from '../../lib/blacklist/score.ts';
import { judgePlacement } from '../../lib/blacklist/verdict.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import { type Chance, chanceFrom } from './chance.ts';
import { PAYOUT } from './life.ts';
import { type Line, SEED } from './measure.ts';

const STEP = 0.25;

interface Lives {
  readonly model: string;
  readonly rules: CompleteRules;
  returns(chance: Chance): number;
  /** Payouts that each life spends. */
  readonly most: number;
  readonly outside: string | null;
  /** What is stated of lives; without it, what the verdicts themselves say at the look that cuts. */
  readonly stated?: number;
}

/** Flat, so that nothing but the placement's own figures speaks; no least spend of its own. */
const ALONE = { ...DEFAULT_RULES, priorWeight: 0, payout: PAYOUT, ownSpend: 0 };

const LIVES: readonly Lives[] = [
  {
    model: 'break-even placements, the rule of one look',
    rules: ALONE,
    returns: () => 1,
    most: 40,
    outside: 'a confidence of one look does not hold over many',
    stated: 5,
  },
  {
    model: 'break-even placements, the careful rule',
    rules: { ...ALONE, looks: 'many' },
    returns: () => 1,
    most: 40,
    outside: null,
    stated: 5,
  },
  {
    model: 'placements as the prior, the rule of one look',
    rules: DEFAULT_RULES,
    returns: (chance) => chance.gamma(1.6, 2),
    most: 16,
    outside: null,
  },
  {
    model: 'placements as the prior, the careful rule',
    rules: { ...DEFAULT_RULES, looks: 'many' },
    returns: (chance) => chance.gamma(1.6, 2),
    most: 16,
    outside: null,
  },
];

/**
 * Placements that are looked at after each quarter of a payout, and left at the first cut (or keep).
 * Of lives at break-even: the share that is ever cut (kept); of others, the share of good ones (bad
 * ones) among those.
 */
export function measureManyLooks(lives: number, seed = SEED): Line[] {
  return LIVES.flatMap(({ model, rules, returns, most, outside, stated }) => {
    const chance = chanceFrom(seed);
    const truth = Float64Array.from({ length: lives }, () => returns(chance));
    const conversions = new Float64Array(lives);
    return (['cut', 'keep'] as const).map((verdict) => {
      const decided = new Uint8Array(lives);
      const sums = { all: 0, wrong: 0, stated: 0 };
      conversions.fill(0);
      for (let spent = STEP; spent <= most; spent += STEP) {
        const columns = columnsOf(
          Array.from(truth, (rate, at) => {
            conversions[at] = (conversions[at] ?? 0) + chance.poisson(rate * STEP);
            const k = conversions[at] ?? 0;
            const figures = { cost: spent * PAYOUT, conversions: k, revenue: k * PAYOUT };
            return { id: `p${at}`, metrics: metricsOf(figures) };
          }),
        );
        const { campaign, kinds } = scorePlacements(columns, rules, 1);
        for (let at = 0; at < lives; at++) {
          if (decided[at] || VERDICT_KINDS[kinds[at] ?? 0] !== verdict) continue;
          decided[at] = 1;
          const { loser } = judgePlacement(columns, at, campaign, rules, 1);
          sums.all += 1;
          sums.stated += verdict === 'cut' ? 1 - (loser ?? 0) : (loser ?? 0);
          if ((truth[at] ?? 0) >= 1 === (verdict === 'cut')) sums.wrong += 1;
        }
      }
      // At break-even exactly, a keep is as right as a cut is wrong: what counts is that it is decided.
      const ofLives = stated !== undefined;
      const share = (part: number) =>
        Math.round((10_000 * part) / (ofLives ? lives : sums.all)) / 100;
      return {
        model,
        payouts: 'alike',
        delayDays: 0,
        rangeDays: 1,
        looks: 'every quarter payout' as const,
        verdict,
        stated: stated ?? share(sums.stated),
        actual: share(ofLives ? sums.all : sums.wrong),
        cut: sums.all,
        outside,
      };
    });
  });
}
