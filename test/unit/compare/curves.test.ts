import fc from 'fast-check';
import jStat from 'jstat';
import { describe, expect, test } from 'vitest';
import { type Curve, matchCurves } from '../../../lib/compare/curves.ts';
import { finish } from '../../../lib/compare/steps.ts';
import { randomFrom } from '../../simulators/model/random.ts';

const HOURS = 48;
/** The rhythm that all campaigns share. */
const rhythm = (hour: number): number => 1.2 + Math.sin(((hour % 24) / 24) * 2 * Math.PI);

/** A number that is Poisson distributed (Knuth, in parts so that e^−mean stays a number). */
function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let rest = mean; rest > 0; rest -= 50) {
    const limit = Math.exp(-Math.min(50, rest));
    for (let product = random(); product > limit; product *= random()) count++;
  }
  return count;
}

const visitors = (mean: number, random: () => number, shape = rhythm): number[] =>
  Array.from({ length: HOURS }, (_, hour) => poisson(mean * shape(hour), random));

/** What a tracker sees that loses each click with a probability. */
const seenOf = (clicks: readonly number[], loss: number, random: () => number): number[] =>
  clicks.map((count) => Array.from({ length: count }, random).filter((one) => one >= loss).length);

const curves = (of: Record<string, number[]>): Curve<string>[] =>
  Object.entries(of).map(([name, clicks]) => ({ of: name, clicks }));

const matched = (a: Curve<string>[], b: Curve<string>[]): string[] =>
  finish(matchCurves(a, b)).map((match) => `${match.a}-${match.b}`);

/** An account of campaigns with one rhythm, seen by two trackers. */
function account(seed: number, count: number, loss: readonly [number, number]) {
  const random = randomFrom(seed);
  const real = Array.from({ length: count }, () => visitors(5 + 200 * random(), random));
  const sideOf = (share: number, prefix: string) =>
    real.map((clicks, at) => ({ of: `${prefix}${at}`, clicks: seenOf(clicks, share, random) }));
  return [sideOf(loss[0], 'a'), sideOf(loss[1], 'b')] as const;
}

describe('the same visitors, counted twice', () => {
  test.each([
    [0.01, 0.03],
    [0.05, 0.08],
    [0, 0.2],
  ])('are found under any name, at losses of %d and %d', (...loss) => {
    const [a, b] = account(7, 30, loss);
    const expected = a.map((_, at) => `a${at}-b${at}`);
    expect(matched(a, b.toReversed()).sort()).toEqual(expected.sort());
  });

  test('and their correlation and level are told', () => {
    const [a, b] = account(3, 1, [0, 0.1]);
    const [match] = finish(matchCurves(a, b));
    expect(match?.correlation).toBeGreaterThan(0.9);
    expect(match?.level).toBeCloseTo(-0.1, 1);
    const [ours, theirs] = [a[0]?.clicks ?? [], b[0]?.clicks ?? []];
    expect(match?.correlation).toBeCloseTo(jStat.corrcoeff(ours, theirs), 12);
    expect(match?.level).toBeCloseTo(jStat.sum(theirs) / jStat.sum(ours) - 1, 12);
  });
});

describe('unrelated campaigns', () => {
  test('give none, though they share the rhythm, the level and the hours of rest', () => {
    const works = (hour: number): number => (hour % 24 < 8 ? 0 : rhythm(hour));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const random = randomFrom(seed);
        const side = (prefix: string) =>
          Array.from({ length: 20 }, (_, at) => ({
            of: `${prefix}${at}`,
            clicks: visitors(60, random, at % 2 ? works : rhythm),
          }));
        expect(matched(side('a'), side('b'))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('give none when the hours of the same campaigns are shuffled', () => {
    const shuffle = (clicks: readonly number[], random: () => number): number[] =>
      clicks
        .map((count) => ({ count, key: random() }))
        .sort((one, other) => one.key - other.key)
        .map(({ count }) => count);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const [a, b] = account(seed, 8, [0.02, 0.02]);
        const random = randomFrom(seed + 1);
        const shuffled = b.map(({ of, clicks }) => ({ of, clicks: shuffle(clicks, random) }));
        expect(matched(a, shuffled)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('give none when each is paced to the same number of clicks an hour', () => {
    const random = randomFrom(5);
    const paced = () => Array.from({ length: HOURS }, () => 100 + Math.round(random()));
    expect(matched(curves({ a: paced() }), curves({ b: paced() }))).toEqual([]);
  });
});

describe('nothing is proposed', () => {
  const random = randomFrom(11);
  const clicks = visitors(80, random);

  test('where two of a side match', () => {
    expect(matched(curves({ a: clicks }), curves({ b: clicks, c: clicks }))).toEqual([]);
    expect(matched(curves({ a: clicks, b: clicks }), curves({ c: clicks }))).toEqual([]);
    expect(matched(curves({ a: clicks }), curves({ b: clicks }))).toEqual(['a-b']);
  });

  test('with too few clicks, or too few hours', () => {
    const few = clicks.map((_, hour) => (hour % 2 ? 2 : 1));
    expect(matched(curves({ a: few }), curves({ b: few }))).toEqual([]);
    const day = clicks.slice(0, 23);
    expect(matched(curves({ a: day }), curves({ b: day }))).toEqual([]);
    const once = clicks.map((count, hour) => (hour < 20 ? count : 0));
    expect(matched(curves({ a: once }), curves({ b: once }))).toEqual([]);
  });

  test('where one has less than two thirds of the other', () => {
    const half = seenOf(clicks, 0.5, random);
    expect(matched(curves({ a: clicks }), curves({ b: half }))).toEqual([]);
    expect(matched(curves({ a: half }), curves({ b: clicks }))).toEqual([]);
  });

  test('of nothing', () => {
    expect(matched([], curves({ b: clicks }))).toEqual([]);
    expect(matched(curves({ a: clicks }), [])).toEqual([]);
  });
});

describe('just enough', () => {
  /** Hours of few and many clicks by turns: exactly alike but for the level. */
  const turns = (hours: number, few: number, many: number): number[] =>
    Array.from({ length: hours }, (_, hour) => (hour % 2 ? few : many));
  const found = (a: number[], b: number[]): number => matched(curves({ a }), curves({ b })).length;

  test('are 24 hours with clicks', () => {
    expect(found(turns(24, 20, 90), turns(24, 20, 90))).toBe(1);
    expect(found(turns(23, 20, 90), turns(23, 20, 90))).toBe(0);
    const rested = [...turns(24, 20, 90), ...Array<number>(24).fill(0)];
    expect(found(rested, rested)).toBe(1);
    expect(found(rested.with(0, 0), rested.with(0, 0))).toBe(0);
  });

  test('are 100 clicks on both sides', () => {
    expect(found(turns(25, 1, 7), turns(25, 1, 7))).toBe(1);
    const [few, more] = [turns(50, 1, 3), turns(50, 1.5, 4.5)];
    expect([jStat.sum(few), jStat.sum(more)]).toEqual([100, 150]);
    expect([found(few, few), found(few, more), found(more, few)]).toEqual([1, 1, 1]);
    const less = few.with(0, 2).map((count) => count * 0.998);
    expect([found(less, more), found(more, less), found(less, less)]).toEqual([0, 0, 0]);
    // Near enough to those of 100 clicks in all but their number.
    expect([found(less, few), found(few, less)]).toEqual([0, 0]);
    const enough = few.with(0, 2).with(1, 2);
    expect([found(enough, few), found(few, enough)]).toEqual([1, 1]);
  });

  test('are two thirds of the other side’s clicks', () => {
    expect([found(turns(40, 20, 100), turns(40, 30, 150))]).toEqual([1]);
    expect([found(turns(40, 30, 150), turns(40, 20, 100))]).toEqual([1]);
    expect([found(turns(40, 20, 100), turns(40, 31, 155))]).toEqual([0]);
    expect([found(turns(40, 31, 155), turns(40, 20, 100))]).toEqual([0]);
  });

  // The χ² distribution of another library.
  test.each([
    [24, 0, 1],
    [48, 0, 1],
    [48, 0, 60],
    [24, 48, 1],
  ])(
    'is a χ² over %i hours, beside %i without clicks, that chance gives one of %i pairs once in a million accounts',
    (hours, without, pairs) => {
      const ours = Array.from({ length: hours }, (_, hour) => 400 * rhythm(hour) + 100);
      const rest = Array<number>(without).fill(0);
      const apart = (size: number): number[] =>
        ours.map((count, hour) => count + (hour % 2 ? size : -size));
      const limit = jStat.chisquare.inv(1e-6 / pairs, hours - 1);
      const chi = (size: number): number =>
        jStat.sum(ours.map((count, hour) => size ** 2 / (count + (apart(size)[hour] ?? 0))));
      let [low, high] = [0, 100];
      for (let step = 0; step < 50; step++) {
        const middle = (low + high) / 2;
        if (chi(middle) < limit) low = middle;
        else high = middle;
      }
      /** Others of the same level, whose hours are another campaign's. */
      const strangers = Array.from({ length: pairs - 1 }, (_, at) => ({
        of: `x${at}`,
        clicks: ours.toReversed().map((count, hour) => count + ((hour + at) % 2 ? 90 : -90)),
      }));
      const matches = (size: number): string[] =>
        matched(curves({ a: [...ours, ...rest] }), [
          ...curves({ b: [...apart(size), ...rest] }),
          ...strangers,
        ]);
      expect(matches(low * 0.995)).toEqual(['a-b']);
      expect(matches(low * 1.005)).toEqual([]);
    },
  );
});

test('what is found is what comparing each with each finds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const [a, b] = account(seed, 6, [0.03, 0.06]);
      const strangers = account(seed + 1, 4, [0, 0])[1].map((one) => ({
        ...one,
        of: `x${one.of}`,
      }));
      const found = matched([...a], [...b, ...strangers]);
      // The oracle: χ² of each pair of the whole table, by the definition, none left out.
      const chi = (one: Curve<string>, other: Curve<string>): number => {
        const sum = (list: readonly number[]) => list.reduce((all, count) => all + count, 0);
        const [left, right] = [sum(one.clicks), sum(other.clicks)];
        return one.clicks.reduce((all, count, hour) => {
          const both = count + (other.clicks[hour] ?? 0);
          if (both === 0) return all;
          const [ours, theirs] = [left, right].map((part) => (both * part) / (left + right));
          return (
            all +
            (count - (ours ?? 0)) ** 2 / (ours ?? 1) +
            ((other.clicks[hour] ?? 0) - (theirs ?? 0)) ** 2 / (theirs ?? 1)
          );
        }, 0);
      };
      const near = a.flatMap((one) =>
        [...b, ...strangers]
          .filter((other) => chi(one, other) < 12)
          .map((other) => `${one.of}-${other.of}`),
      );
      expect(found.every((pair) => near.includes(pair))).toBe(true);
      expect(found.sort()).toEqual(a.map((_, at) => `a${at}-b${at}`).sort());
    }),
    { numRuns: 20 },
  );
});
