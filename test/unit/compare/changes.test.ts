import { expect, test } from 'vitest';
import { changeOf, formerFigures, formerIds } from '../../../lib/compare/changes.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';

const of = (clicks: number, cost = 0, revenue = 0) => metricsOf({ clicks, cost, revenue });
const cell = (id: string, ...also: string[]) => ({
  ...{ id, name: id, metrics: of(1) },
  also: also.map((one) => ({ id: one, name: one })),
});
const row = (id: string, clicks: number) => ({ id, name: id, metrics: of(clicks) });

test('a count changes by a part of what it was; a loss that shrinks is a gain', () => {
  expect(changeOf('clicks', of(200), of(150))).toEqual({
    ...{ difference: -50, gap: -0.25 },
    state: 'unknown',
  });
  expect(changeOf('profit', of(1, 100, 0), of(1, 50, 0))).toMatchObject({ gap: 0.5 });
});

test('a ratio changes by points', () => {
  const change = changeOf('roi', of(1, 100, 150), of(1, 100, 120));
  expect(change.gap).toBeNull();
  expect(change.difference).toBeCloseTo(-0.3, 10);
});

test('from nothing there is no part; what is unknown has no change', () => {
  expect(changeOf('clicks', of(0), of(5))).toMatchObject({ difference: 5, gap: null });
  expect(changeOf('clicks', of(0), of(0))).toMatchObject({ difference: 0, gap: 0 });
  const unknown = { difference: null, gap: null, state: 'unknown' };
  expect(changeOf('clicks', null, of(5))).toEqual(unknown);
  expect(changeOf('bots', of(1), of(5))).toEqual(unknown);
  expect(changeOf('bots', metricsOf({ bots: 1 }), of(5))).toEqual(unknown);
  expect(changeOf('bots', of(1), metricsOf({ bots: 5 }))).toEqual(unknown);
});

test('a row’s figures before are those of all its campaigns; of a day, those of the day as far back', () => {
  const campaigns = formerFigures('campaign', [row('1', 10), row('2', 5)], 7);
  expect(campaigns.of(cell('1', '2'))?.clicks).toBe(15);
  expect(campaigns.of(cell('3'))).toBeNull();
  expect(campaigns.total.clicks).toBe(15);
  const days = formerFigures('day', [row('2026-02-27', 10)], 7);
  expect(days.of(cell('2026-03-06'))?.clicks).toBe(10);
  expect(days.of(cell('2026-02-27'))).toBeNull();
  // A campaign may bear the name of a day.
  expect(formerFigures('campaign', [row('2026-02-27', 10)], 7).of(cell('2026-02-27'))?.clicks).toBe(
    10,
  );
});

test('a row of a day was that of the day as far back; any other was itself', () => {
  expect(formerIds('day', ['2026-03-06', 'total'], 7)).toEqual(['2026-02-27', 'total']);
  expect(formerIds('campaign', ['2026-03-06', '5'], 7)).toEqual(['2026-03-06', '5']);
});
