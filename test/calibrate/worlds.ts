import { type CompleteRules, DEFAULT_RULES } from '../../lib/blacklist/default-rules.ts';
import type { Chance } from './chance.ts';
import type { World } from './life.ts';

/** A world, and the rules by which its placements are judged. */
export interface Case {
  readonly model: string;
  readonly payouts: string;
  readonly world: World;
  readonly rules: CompleteRules;
  /** Why the promise is not made; missing = it is. */
  readonly outside?: string;
}

/** Returns as the usual prior has them: mean 0.8, worth two payouts. */
const usual = (chance: Chance) => chance.gamma(1.6, 2);
const spend = (chance: Chance) => chance.exponential(4);
export const BASE: World = { placements: 200, returns: usual, spend };
const rules = (change: Partial<CompleteRules> = {}) => ({ ...DEFAULT_RULES, ...change });
const fixed = (
  model: string,
  world: Partial<World>,
  change: Partial<CompleteRules> = {},
): Case => ({
  model,
  payouts: 'alike',
  world: { ...BASE, ...world },
  rules: rules(change),
});
const varied = (
  sigma: number,
  between: number,
  change: Partial<CompleteRules> = {},
  world: Partial<World> = {},
): Case => ({
  model: `payouts that vary${world.placements ? `, ${world.placements} placements` : ''}`,
  payouts: `σ ${sigma}, placements ±${between}`,
  world: { ...BASE, ...world, payouts: { sigma, between } },
  rules: rules(change),
});
/** One placement in ten brings conversions that pay many times as much, as many times more seldom. */
const rich = (times: number, payouts: number, outside?: string): Case => ({
  model: `one in ten pays ${times} times as much, ${payouts} payouts spent`,
  payouts: `1 and ${times}`,
  world: {
    ...BASE,
    spend: (chance) => chance.exponential(payouts),
    payouts: { sigma: 0, between: 0, rich: { share: 0.1, times } },
  },
  rules: rules(),
  ...(outside === undefined ? {} : { outside }),
});
const DELAYS = {
  log: 'delay learnt from the log',
  mean: 'delay from the tracker’s mean',
  setting: 'delay not told: 24 h left out',
  nothing: 'delay not allowed for',
} as const;
const late = (
  days: number,
  rangeDays: number,
  known: NonNullable<World['delay']>['known'],
  outside?: string,
): Case => ({
  model: DELAYS[known],
  payouts: 'alike',
  world: { ...BASE, delay: { days, rangeDays, known } },
  rules: rules(),
  ...(outside === undefined ? {} : { outside }),
});

const TOO_YOUNG =
  'nearly all of these campaigns are too young for verdicts; the log of a few looks old enough by chance';
/** A campaign that began with the days that are judged: the log is as young. */
const young = ({ model, world, ...more }: Case): Case => ({
  ...more,
  model: `${model}, a young campaign`,
  world: { ...world, ...(world.delay && { delay: { ...world.delay, isYoung: true } }) },
});

/** Conversions are counted on their own date, not on that of the click. */
const byOwnDate = ({ model, world, ...more }: Case): Case => ({
  ...more,
  model: `${model}, by own date`,
  world: { ...world, ...(world.delay && { delay: { ...world.delay, basis: 'postback' } }) },
});

/** Good, usual and bad placements, and bots. */
const mixed = (chance: Chance): number => {
  const draw = chance.even();
  return draw < 0.15 ? 1.6 : draw < 0.6 ? 0.9 : draw < 0.9 ? 0.1 : 0;
};

export const CASES: readonly Case[] = [
  fixed('returns as the prior', {}, { priorWeight: 2 }),
  fixed('returns as the prior, its weight learnt', {}),
  fixed('the same at 80 %', {}, { confidence: 0.8 }),
  fixed('the same at 90 %', {}, { confidence: 0.9 }),
  fixed('the same at 99 %', {}, { confidence: 0.99 }),
  fixed('target ROI 30 %', {}, { targetRoi: 0.3 }),
  fixed('a losing campaign (mean 0.5)', { returns: (chance) => chance.gamma(1, 2) }),
  fixed('an earning campaign (mean 1.2)', { returns: (chance) => chance.gamma(2.4, 2) }),
  fixed('placements alike (weight 10)', { returns: (chance) => chance.gamma(8, 10) }),
  fixed('placements unlike (weight 0.5)', { returns: (chance) => chance.gamma(0.4, 0.5) }),
  fixed('good, usual and bad ones, and bots', { returns: mixed }),
  fixed('ten placements', { placements: 10 }),
  fixed('two thousand placements', { placements: 2000 }),
  fixed('a few spend most', { spend: (chance) => 0.5 / chance.even() ** 0.7 }),
  fixed('approval 50 %, not told', { approval: { rate: 0.5, told: 'nothing' } }, { approval: 0.5 }),
  fixed(
    'approval 50 %, rejected told',
    { approval: { rate: 0.5, told: 'rejected' } },
    { approval: 0.5 },
  ),
  fixed(
    'approval 50 %, all told',
    { approval: { rate: 0.5, told: 'approved' } },
    { approval: 0.5 },
  ),
  varied(0.5, 0),
  varied(1, 0),
  varied(1, 0.3),
  varied(1, 0.6),
  varied(1, 0.3, {}, { placements: 30 }),
  varied(0, 0.6),
  rich(5, 4),
  rich(5, 40),
  rich(
    10,
    4,
    'what spent less than a payout of its own and has no conversion looks like a loser at the others’ payout',
  ),
  rich(10, 40),
  late(0.25, 3, 'log'),
  late(1, 3, 'log'),
  late(1, 7, 'log'),
  late(1, 14, 'log'),
  late(3, 7, 'log'),
  {
    ...late(0.25, 14, 'log'),
    model: 'delay learnt from the log, a slower offer since 6 days',
    world: {
      ...BASE,
      delay: { days: 0.25, rangeDays: 14, known: 'log', second: { days: 2, since: 6 } },
    },
  },
  young(late(0.5, 3, 'log')),
  young(late(1, 3, 'log')),
  young(late(3, 7, 'log')),
  young(late(5, 14, 'log')),
  young(late(2, 3, 'log', TOO_YOUNG)),
  young(late(5, 7, 'log', TOO_YOUNG)),
  late(1, 3, 'mean'),
  byOwnDate(late(1, 3, 'mean')),
  byOwnDate(late(3, 7, 'mean')),
  byOwnDate(late(1, 7, 'log')),
  { ...byOwnDate(late(0.25, 7, 'setting')), model: 'delay not told, by own date' },
  late(0.25, 3, 'setting'),
  late(0.25, 7, 'setting'),
  late(1, 3, 'setting', 'a third of the conversions come after the 24 h that are left out'),
  late(1, 14, 'setting', 'a third of the conversions come after the 24 h that are left out'),
  late(1, 3, 'nothing', 'today’s clicks are judged as if they had had their time'),
  {
    ...fixed('conversions in threes', { burst: 3 }),
    outside: 'conversions of one visitor count as three independent ones',
  },
];
