import { describe, expect, test } from 'vitest';
import { judgeBaseline } from '../../../lib/compare/baseline.ts';
import { addDays } from '../../../lib/report/range.ts';

const FIRST = '2026-08-01';
const DAYS = 14;
const fortnight = (other: (at: number) => number, base: number) =>
  Array.from({ length: DAYS }, (_, at) => ({
    day: addDays(FIRST, at),
    base,
    other: other(at),
    unit: 1,
  }));

describe('beside what days lost that chance is nothing to', () => {
  const TRAFFIC = 1_000_000;
  const LOST = 40_000;
  const before = fortnight((at) => TRAFFIC - LOST + (at % 2 === 0 ? 2_000 : -2_000), TRAFFIC);
  /** Published: Student's t for a tail of 0.25 %, of 13 degrees of freedom. */
  const T = 3.372;
  /** Standard deviation of the days' losses, as a sample's. */
  const DEVIATION = 2_000 * Math.sqrt(DAYS / (DAYS - 1));

  // Days differ, not clicks: more traffic in a day tells no more of it, less traffic tells less.
  test.each([
    ['as much traffic', 1, T * DEVIATION * Math.sqrt(1 + 1 / DAYS)],
    ['four times the traffic', 4, T * DEVIATION * Math.sqrt(1 + 4 / DAYS)],
    ['a quarter of the traffic', 1 / 4, 2 * T * DEVIATION * Math.sqrt(1 + 1 / (4 * DAYS))],
  ])('a day of %s has changed beyond the interval that predicts one more', (_, times, bound) => {
    const judged = (saved: number) =>
      judgeBaseline({
        before,
        now: { base: times * TRAFFIC, other: times * (TRAFFIC - LOST + saved), unit: 1 },
        days: 1,
        pairing: 'same',
      });
    expect(judged(0.97 * bound).kind).not.toBe('changed');
    expect(judged(1.03 * bound)).toMatchObject({ kind: 'changed', wider: false });
  });
});

describe('a day that stands out', () => {
  const before = fortnight((at) => (at === 7 ? 860 : 960 + (at % 3)), 1_000);
  const usualDays = (days: number) =>
    judgeBaseline({
      before,
      now: { base: 1_000 * days, other: 880 * days, unit: 1 },
      days,
      from: addDays(FIRST, DAYS),
      pairing: 'same',
    }).usual.days;

  test('is a rhythm where days that hold the same weekday are as far off', () => {
    expect(usualDays(1)).toBe(DAYS);
    expect(usualDays(6)).toBe(DAYS);
  });

  test('is none beside a week or more, which holds every weekday', () => {
    expect(usualDays(7)).toBe(DAYS - 1);
    expect(usualDays(8)).toBe(DAYS - 1);
  });
});
