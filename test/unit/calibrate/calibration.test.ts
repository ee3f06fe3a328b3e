import { expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import { scorePlacements } from '../../../lib/blacklist/score.ts';
import type { Condition } from '../../../lib/blacklist/thumb-rule.ts';
import { chanceFrom } from '../../calibrate/chance.ts';
import { live } from '../../calibrate/life.ts';
import { measureManyLooks } from '../../calibrate/many-looks.ts';
import { measure } from '../../calibrate/measure.ts';
import { BASE, CASES } from '../../calibrate/worlds.ts';

const SPENT: Condition = { measure: 'spent', is: 'atLeast', value: 2 };
const NONE: Condition = { measure: 'conversions', is: 'atMost', value: 0 };

/** A sample of what `npm run calibrate` measures, from the same seed each time. */
const PLACEMENTS = 6_000;
const SAMPLE = [
  'returns as the prior, its weight learnt',
  'approval 50 %, not told',
  'approval 50 %, rejected told',
  'approval 50 %, all told',
  'payouts that vary',
  'delay learnt from the log',
  'delay learnt from the log, a slower offer since 6 days',
  'delay from the tracker’s mean',
];

test.each(SAMPLE)('%s: no more is cut or kept wrongly than is stated', (model) => {
  const found = CASES.filter((one) => one.model === model);
  expect(found.length).toBeGreaterThan(0);
  for (const one of found.slice(0, 3)) {
    for (const { verdict, stated, actual, cut } of measure(one, PLACEMENTS)) {
      expect(cut, verdict).toBeGreaterThan(20);
      // Two points, and three standard errors of a sample as small as this.
      const share = ((stated ?? 0) + 2) / 100;
      const error = 100 * Math.sqrt((share * (1 - share)) / cut);
      expect(actual, `${one.payouts}, ${verdict}`).toBeLessThanOrEqual(100 * share + 3 * error);
    }
  }
});

test('where many placements just miss the target, few of them are kept, in other campaigns too', () => {
  const [one] = CASES.filter(({ model }) => model === 'good, usual and bad ones, and bots');
  if (!one) throw new Error('There is no such case.');
  const [, keep] = measure(one, 20_000, 7);
  expect(keep?.cut).toBeGreaterThan(100);
  expect(keep?.actual).toBeLessThanOrEqual((keep?.stated ?? 0) + 2);
});

test('the cases outside of the model show that a wrong promise would be seen', () => {
  const [untold] = CASES.filter(({ model }) => model === 'delay not allowed for').flatMap((one) =>
    measure(one, PLACEMENTS),
  );
  expect(untold?.actual).toBeGreaterThan(10);
});

test('break-even placements: the careful rule cuts few of them in all their lives, the other many', () => {
  const lines = measureManyLooks(400).filter(({ verdict }) => verdict === 'cut');
  const of = (model: string) => lines.find((line) => line.model === model)?.actual ?? Number.NaN;
  expect(of('break-even placements, the careful rule')).toBeLessThan(5);
  expect(of('break-even placements, the rule of one look')).toBeGreaterThan(15);
});

test.each<[string, Condition[]]>([
  ['2 × payout without a conversion', [SPENT, NONE]],
  ['ROI below −30 % after 2 payouts', [SPENT, { measure: 'roi', is: 'below', value: -0.3 }]],
  [
    '8 conversions on 8 payouts',
    [
      { ...SPENT, value: 8 },
      { ...NONE, value: 8 },
    ],
  ],
])('of what a rule of thumb picks, as many are good as is said: %s', (_, group) => {
  const chance = chanceFrom(11);
  const rules = { ...DEFAULT_RULES, priorWeight: 2, thumbRule: [group] };
  const seen = { picked: 0, said: 0, good: 0 };
  for (let campaign = 0; campaign < 60; campaign++) {
    const { columns, truth } = live(BASE, chance);
    const { rule, picked } = scorePlacements(columns, rules, 1);
    seen.picked += rule.picked;
    seen.said += rule.expectedGood;
    seen.good += truth.filter((returns, row) => returns >= 1 && picked[row] === 1).length;
  }
  expect(seen.picked).toBeGreaterThan(300);
  expect(seen.said).toBeGreaterThan(5);
  // One point in a hundred, and three standard errors.
  const off = 0.01 * seen.picked + 3 * Math.sqrt(seen.said);
  expect(Math.abs(seen.good - seen.said)).toBeLessThanOrEqual(off);
});
