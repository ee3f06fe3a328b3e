import { expect, test } from 'vitest';
import { measureManyLooks } from '../../calibrate/many-looks.ts';
import { measure } from '../../calibrate/measure.ts';
import { CASES } from '../../calibrate/worlds.ts';

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
