import { describe, expect, test } from 'vitest';
import {
  arrivalsByMean,
  arrivedBetween,
  arrivedBy,
  type Delayed,
} from '../../../lib/blacklist/arrivals.ts';
import { learnArrivals } from '../../../lib/blacklist/learn-arrivals.ts';
import { randomFrom } from '../../simulators/model/random.ts';

const HOUR = 3_600_000;
const line = {
  conversions: null,
  points: [
    [0, 0.2],
    [10, 0.8],
    [20, 1],
  ],
} as const;

describe('when conversions arrive', () => {
  test('straight lines between the points; all have arrived after the last', () => {
    expect(arrivedBy(line, 0)).toBeCloseTo(0.2, 12);
    expect(arrivedBy(line, 5)).toBeCloseTo(0.5, 12);
    expect(arrivedBy(line, 10)).toBeCloseTo(0.8, 12);
    expect(arrivedBy(line, 15)).toBeCloseTo(0.9, 12);
    expect(arrivedBy(line, 20)).toBe(1);
    expect(arrivedBy(line, 25)).toBe(1);
    expect(
      arrivedBy(
        {
          conversions: null,
          points: [
            [4, 0.5],
            [8, 1],
          ],
        },
        2,
      ),
    ).toBeCloseTo(0.25, 12);
  });

  test('over clicks of many ages, the mean', () => {
    expect(arrivedBetween(line, 0, 10)).toBeCloseTo(0.5, 10);
    expect(arrivedBetween(line, 10, 20)).toBeCloseTo(0.9, 10);
    expect(arrivedBetween(line, 20, 90)).toBeCloseTo(1, 12);
  });

  test('by the mean delay alone: an exponential', () => {
    const arrivals = arrivalsByMean(HOUR);
    expect(arrivals).toMatchObject({ from: 'mean', conversions: null });
    for (const hours of [0, 0.5, 1, 2, 5]) {
      expect(arrivedBy(arrivals, hours * HOUR)).toBeCloseTo(1 - Math.exp(-hours), 2);
    }
    expect(arrivedBy(arrivals, 8 * HOUR)).toBe(1);
    expect(arrivedBy(arrivals, 6 * HOUR)).toBeCloseTo(1 - Math.exp(-6), 6);
    expect(arrivalsByMean(HOUR, 'setting').from).toBe('setting');
  });

  test('no delay at all: everything has arrived', () => {
    expect(arrivedBetween(arrivalsByMean(0), 0, HOUR)).toBe(1);
  });
});

describe('learnt from a log', () => {
  /** Enough of them to be believed. */
  const often = (entries: readonly Delayed[], times = 20): Delayed[] =>
    Array.from({ length: times }, () => entries).flat();

  test('all watched for long: the plain share by each age', () => {
    const arrivals = learnArrivals(
      often([
        { delay: 1, watched: 99 },
        { delay: 2, watched: 99 },
        { delay: 2, watched: 99 },
        { delay: 4, watched: 99 },
      ]),
    );
    expect(arrivals).toEqual({
      from: 'log',
      settled: true,
      offers: [],
      conversions: 80,
      points: [
        [0, expect.closeTo(0, 12)],
        [1, expect.closeTo(0.25, 12)],
        [2, expect.closeTo(0.75, 12)],
        [4, 1],
      ],
    });
  });

  test('young clicks show quick conversions only, which is allowed for', () => {
    // Half take 1 and half take 3. Of clicks watched for 2, the slow half cannot be seen yet.
    const arrivals = learnArrivals(
      often([
        { delay: 1, watched: 50 },
        { delay: 3, watched: 50 },
        { delay: 1, watched: 2 },
      ]),
    );
    expect(arrivals?.points).toEqual([
      [0, expect.closeTo(0, 12)],
      [1, expect.closeTo(0.5, 12)],
      [3, 1],
    ]);
  });

  test('a click watched exactly as long as its conversion took counts as watched', () => {
    const arrivals = learnArrivals(
      often([
        { delay: 1, watched: 3 },
        { delay: 3, watched: 3 },
        { delay: 1, watched: 50 },
        { delay: 3, watched: 50 },
      ]),
    );
    expect(arrivals?.points[1]).toEqual([1, expect.closeTo(0.5, 12)]);
  });

  test('a clock that runs ahead is no delay; what cannot be is left out', () => {
    const arrivals = learnArrivals([
      ...often([
        { delay: -5, watched: 9 },
        { delay: 2, watched: 9 },
      ]),
      { delay: 8, watched: 3 },
    ]);
    expect(arrivals?.conversions).toBe(40);
    expect(arrivals?.points).toEqual([
      [0, expect.closeTo(0, 12)],
      [0, expect.closeTo(0.5, 12)],
      [2, 1],
    ]);
  });

  test('fewer than thirty conversions tell nothing', () => {
    expect(learnArrivals(often([{ delay: 1, watched: 2 }], 29))).toBeNull();
    expect(learnArrivals(often([{ delay: 1, watched: 2 }], 30))?.conversions).toBe(30);
  });

  describe('of young clicks alone', () => {
    /** What a log shows of delays that are exponential: clicks spread evenly over some hours. */
    const logOf = (mean: number, hours: number, clicks: number, seed = 7): Delayed[] => {
      const random = randomFrom(seed);
      return Array.from({ length: clicks }, () => ({
        delay: -Math.log(1 - random()) * mean,
        watched: random() * hours,
      })).filter(({ delay, watched }) => delay <= watched);
    };

    test('what is still to come is allowed for: no share is above the true one', () => {
      for (const seed of [1, 2, 3, 4, 5, 6]) {
        const arrivals = learnArrivals(logOf(24, 72, 1500, seed));
        if (!arrivals) throw new Error('nothing learnt');
        expect(arrivals.settled).toBe(true);
        for (const hours of [6, 12, 24, 48, 72, 96, 144]) {
          const share = arrivedBy(arrivals, hours);
          const truth = 1 - Math.exp(-hours / 24);
          // Of what arrives within 72 h, 67 % are there after 24 h; of all, 63 %.
          expect(share, `${seed}: ${hours} h`).toBeLessThan(truth + 0.03);
          expect(share, `${seed}: ${hours} h`).toBeGreaterThan(truth - 0.12);
        }
        expect(arrivedBy(arrivals, 20 * 72)).toBe(1);
      }
    });

    test('which take longer than they have been watched: too little is known', () => {
      for (const seed of [1, 2, 3, 4, 5, 6]) {
        expect(learnArrivals(logOf(72, 72, 1500, seed))?.settled, `${seed}`).toBe(false);
      }
      // As even over the time as if there were no end to it.
      const even = Array.from({ length: 100 }, (_, at) => ({ delay: at, watched: 100 }));
      expect(learnArrivals(even)?.settled).toBe(false);
      expect(learnArrivals(logOf(72, 1000, 1500))?.settled).toBe(true);
    });

    test('few of them are no proof that all have come', () => {
      // The likeliest mean is a third of the watch in both; of few it may well be longer.
      const some = [0.05, 0.1, 0.2, 0.3, 0.45, 0.75].map((delay) => ({ delay, watched: 1 }));
      expect(learnArrivals(often(some, 5))?.settled).toBe(false);
      expect(learnArrivals(often(some, 100))?.settled).toBe(true);
    });

    test('none of which came late, though many could have: that is all', () => {
      // Held for three days each, and watched for four to six.
      const held = Array.from({ length: 60 }, (_, at) => ({ delay: 72, watched: 96 + at }));
      const arrivals = learnArrivals(held);
      expect(arrivals?.settled).toBe(true);
      expect(arrivals && arrivedBy(arrivals, 72)).toBe(1);
    });

    test('a single one that was watched for longer does not stand for all', () => {
      const most = Array.from({ length: 60 }, (_, at) => ({ delay: 1 + (at % 3), watched: 40 }));
      const arrivals = learnArrivals([...most, { delay: 50, watched: 51 }]);
      // By the product limit alone, none but it would have arrived before the age of 50.
      expect(arrivals && arrivedBy(arrivals, 2)).toBeGreaterThan(0.5);
    });
  });

  describe('of several offers', () => {
    const slow = often([{ delay: 5, watched: 9, offer: 'slow' }], 30);
    const quick = often([{ delay: 1, watched: 9, offer: 'quick' }], 40);

    test('has a curve for each', () => {
      const arrivals = learnArrivals([...slow, ...quick]);
      expect(arrivals?.conversions).toBe(70);
      const share = (id: string, age: number) => {
        const curve = arrivals?.offers.find((offer) => offer.id === id);
        return curve && arrivedBy(curve, age);
      };
      expect([share('quick', 1), share('slow', 1)]).toEqual([1, expect.closeTo(0.2, 12)]);
      expect(share('slow', 5)).toBe(1);
      expect(arrivals?.offers.map(({ conversions }) => conversions)).toEqual([30, 40]);
    });

    test('has none for those with too few conversions, or without a name', () => {
      const some = learnArrivals([...slow.slice(1), ...quick]);
      expect(some?.offers.map(({ id }) => id)).toEqual(['quick']);
      const untold = slow.map((one) => ({ ...one, offer: null }));
      expect(learnArrivals([...untold, ...quick])?.offers.map(({ id }) => id)).toEqual(['quick']);
    });

    test('has none of its own for the only one', () => {
      expect(learnArrivals(quick)?.offers).toEqual([]);
    });
  });

  test('a long log becomes a short curve that is as true', () => {
    const random = randomFrom(5);
    const log = Array.from({ length: 12_000 }, () => ({
      delay: -Math.log(1 - random()) * 24,
      watched: random() * 240,
    })).filter(({ delay, watched }) => delay <= watched);
    const arrivals = learnArrivals(log);
    if (!arrivals) throw new Error('nothing learnt');
    expect(arrivals.points.length).toBeLessThanOrEqual(201);
    expect(arrivals.points.length).toBeGreaterThan(150);
    expect(arrivals.points[0]?.[0]).toBe(0);
    expect(arrivals.points.at(-1)?.[1]).toBe(1);
    for (const hours of [2, 6, 12, 24, 48, 96]) {
      expect(arrivedBy(arrivals, hours)).toBeCloseTo(1 - Math.exp(-hours / 24), 1.7);
    }
    // Left alone, the log says that conversions come much faster.
    const plain = log.filter(({ delay }) => delay <= 24).length / log.length;
    expect(plain).toBeGreaterThan(1 - Math.exp(-1) + 0.03);
    const ages = arrivals.points.map(([age]) => age);
    expect(ages).toEqual([...ages].sort((a, b) => a - b));
  });
});
