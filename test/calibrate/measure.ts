import { VERDICT_KINDS } from '../../lib/blacklist/placement.ts';
import { scorePlacements } from '../../lib/blacklist/score.ts';
import { type Condition, type ConditionGroup, pickedBy } from '../../lib/blacklist/thumb-rule.ts';
import { judgePlacement } from '../../lib/blacklist/verdict.ts';
import { chanceFrom } from './chance.ts';
import { live, PAYOUT } from './life.ts';
import { BASE, type Case } from './worlds.ts';

/** A line of the table: of the placements with this verdict, how many deserved it not. In percent. */
export interface Line {
  readonly model: string;
  readonly payouts: string;
  /** Mean days from click to conversion; 0 = at once. */
  readonly delayDays: number;
  readonly rangeDays: number;
  readonly looks: 'one' | 'every quarter payout';
  readonly verdict: 'cut' | 'keep';
  /** What the verdicts themselves expect; null = the rule does not say. */
  readonly stated: number | null;
  readonly actual: number;
  /** Number of placements with this verdict. */
  readonly cut: number;
  /** Why the promise is not made; null = it is. */
  readonly outside: string | null;
}

const percent = (part: number, of: number): number =>
  of === 0 ? 0 : Math.round((10_000 * part) / of) / 100;

/** The seed of the published table. */
export const SEED = 2026;

/** The lines `cut` and `keep` of a case, over campaigns with this many placements in all. */
export function measure(one: Case, placements: number, seed = SEED): Line[] {
  const { world, rules } = one;
  const chance = chanceFrom(seed);
  const target = 1 + rules.targetRoi;
  const seen = {
    cut: { all: 0, stated: 0, wrong: 0 },
    keep: { all: 0, stated: 0, wrong: 0 },
  };
  for (let done = 0; done < placements; done += world.placements) {
    const { columns, truth } = live(world, chance);
    const { campaign, kinds } = scorePlacements(columns, rules, 1);
    truth.forEach((returns, row) => {
      const kind = VERDICT_KINDS[kinds[row] ?? 0];
      if (kind !== 'cut' && kind !== 'keep') return;
      const { confidence } = judgePlacement(columns, row, campaign, rules, 1);
      const isLoser = returns < target;
      seen[kind].all += 1;
      seen[kind].stated += 1 - (confidence ?? Number.NaN);
      if (isLoser !== (kind === 'cut')) seen[kind].wrong += 1;
    });
  }
  return (['cut', 'keep'] as const).map((verdict) => ({
    model: one.model,
    payouts: one.payouts,
    delayDays: world.delay?.days ?? 0,
    rangeDays: world.delay?.rangeDays ?? 1,
    looks: 'one',
    verdict,
    stated: percent(seen[verdict].stated, seen[verdict].all),
    actual: percent(seen[verdict].wrong, seen[verdict].all),
    cut: seen[verdict].all,
    outside: one.outside ?? null,
  }));
}

const NO_CONVERSION: Condition = { measure: 'conversions', is: 'atMost', value: 0 };
const spent = (value: number): Condition => ({ measure: 'spent', is: 'atLeast', value });

/** Rules of thumb, and how sure those who use them say that they are. */
const FOLK: ReadonlyArray<{
  readonly model: string;
  readonly stated: number | null;
  /** @param clicksPerConversion of the campaign */
  rule(clicksPerConversion: number): ConditionGroup;
}> = [
  {
    model: 'folk: 2 × payout without a conversion',
    stated: 13.53,
    rule: () => [spent(2), NO_CONVERSION],
  },
  {
    model: 'folk: 3 × payout without a conversion',
    stated: 4.98,
    rule: () => [spent(3), NO_CONVERSION],
  },
  {
    model: 'folk: 1/CR clicks without a conversion',
    stated: 36.79,
    rule: (clicks) => [{ measure: 'clicks', is: 'atLeast', value: clicks }, NO_CONVERSION],
  },
  {
    model: 'folk: ROI below −30 % after a payout',
    stated: null,
    rule: () => [spent(1), { measure: 'roi', is: 'below', value: -0.3 }],
  },
];

const FOLK_OUTSIDE = 'a rule of thumb, for comparison';

/** What rules of thumb cut in the same campaigns. */
export function measureFolk(placements: number, seed = SEED): Line[] {
  const worlds: Case['world'][] = [
    BASE,
    { ...BASE, delay: { days: 1, rangeDays: 3, known: 'nothing' } },
  ];
  return worlds.flatMap((world) => {
    const counts = FOLK.map(() => ({ all: 0, wrong: 0 }));
    const chance = chanceFrom(seed);
    for (let done = 0; done < placements; done += world.placements) {
      const { columns, truth } = live(world, chance);
      const clicksPerConversion = sum(columns.clicks) / sum(columns.conversions);
      FOLK.forEach(({ rule }, nth) => {
        const count = counts[nth];
        const picked = pickedBy([rule(clicksPerConversion)], columns, PAYOUT);
        truth.forEach((returns, row) => {
          if (!count || picked[row] !== 1) return;
          count.all += 1;
          if (returns >= 1) count.wrong += 1;
        });
      });
    }
    return FOLK.map(({ model, stated }, rule) => ({
      model,
      payouts: 'alike',
      delayDays: world.delay?.days ?? 0,
      rangeDays: world.delay?.rangeDays ?? 1,
      looks: 'one' as const,
      verdict: 'cut' as const,
      stated,
      actual: percent(counts[rule]?.wrong ?? 0, counts[rule]?.all ?? 0),
      cut: counts[rule]?.all ?? 0,
      outside: FOLK_OUTSIDE,
    }));
  });
}

const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);
