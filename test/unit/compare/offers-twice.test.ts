import { expect, test } from 'vitest';
import type { Link } from '../../../lib/compare/links.ts';
import { joinOffers, sumSent } from '../../../lib/compare/offers.ts';
import type { Rejection } from '../../../lib/compare/rejections.ts';
import {
  compare,
  link,
  networkSide,
  type Rows,
  rejectionOf,
  sentOf,
  trackerSide,
} from './offers-world.ts';

test('two senders with about the same clicks, which nothing joins, may be one campaign', () => {
  const sides = (clicks: number) => [
    trackerSide('k', [['a=Sweeps', 'Summer', { clicks: 1000, conversions: 10 }]]),
    trackerSide('b', [['x=Sweeps', 'Sommer', { clicks, conversions: 9 }]]),
    networkSide('n', { '1=Sweeps': { conversions: 10 } }),
  ];
  expect(compare(sides(980)).gap('Sweeps', 'conversions')).toMatchObject({
    state: 'unknown',
    hindrances: ['twice'],
  });
  expect(compare(sides(300)).gap('Sweeps', 'conversions')?.hindrances).toEqual([]);
});

test('a campaign that hardly counts makes no doubt, several of them together do', () => {
  const sides = (small: readonly number[]) => [
    trackerSide('k', [
      ['a=Sweeps', 'Summer', { clicks: 10_000, conversions: 100 }],
      ...small.map((clicks) => ['a=Sweeps', `K ${clicks}`, { clicks, conversions: 0 }] as const),
    ]),
    trackerSide(
      'b',
      small.map((clicks) => ['x=Sweeps', `B ${clicks}`, { clicks, conversions: 0 }] as const),
    ),
    networkSide('n', { '1=Sweeps': { conversions: 100 } }),
  ];
  const hindrancesOf = (small: readonly number[]) =>
    compare(sides(small)).gap('Sweeps', 'conversions')?.hindrances;
  expect(hindrancesOf([40])).toEqual([]);
  expect(hindrancesOf([40, 80])).toEqual(['twice']);
});

type Clicks = readonly number[];

/** Is an offer's sum in doubt, if these campaigns of two trackers send so many clicks, under any names? */
const isDoubtful = (ofK: Clicks, ofB: Clicks, links: readonly Link[] = []) => {
  const rows = (prefix: string, all: Clicks): Rows =>
    all.map((clicks) => ['a=Sweeps', `${prefix}${clicks}`, { clicks }]);
  const sides = [trackerSide('k', rows('K', ofK)), trackerSide('b', rows('B', ofB))];
  const senders = joinOffers(sides, links)[0]?.senders ?? [];
  const found = [senders, senders.toReversed()].map((all) =>
    sumSent(all, sides, [])?.hindered.includes('twice'),
  );
  expect(found[0], 'the order of the senders decides nothing').toBe(found[1]);
  return found[0];
};

test.each<[boolean, Clicks, Clicks]>([
  // Alike are numbers that differ by less than a tenth of the larger.
  [true, [1_000], [901]],
  [false, [1_000], [900]],
  [true, [901], [1_000]],
  [false, [900], [1_000]],
  // Smaller ones and larger ones beside it are none of its likes.
  [false, [20, 1_000], [100]],
  [false, [100], [20, 1_000]],
  [true, [20, 95, 1_000], [100]],
  // One percent of all clicks, which is what the smaller side of the likes has.
  [true, [9_800, 100], [100]],
  [false, [9_801, 100], [99]],
  [false, [10_000, 60, 62], [61]],
  [true, [10_000, 60, 62], [61, 63]],
  // Without clicks there is nothing to count twice.
  [false, [0], [0]],
  [false, [0, 1_000], [0, 5]],
])('may be one campaign under two names: %s, with %j and %j clicks', (expected, ofK, ofB) => {
  expect(isDoubtful(ofK, ofB)).toBe(expected);
});

test('a campaign that both trackers have is none that one of them has beside it', () => {
  // K1000 is B990 there, so B1000 is another campaign.
  const linked = [link(undefined, ['k', 'K1000'], ['b', 'B990'])];
  expect(isDoubtful([1_000], [990, 1_000])).toBe(true);
  expect(isDoubtful([1_000], [990, 1_000], linked)).toBe(false);
  // Nor are two of one tracker one.
  expect(isDoubtful([1_000, 1_001], [])).toBe(false);
});

test('a campaign that was told apart from its nearest like may be the next one', () => {
  const sides = [
    trackerSide('k', [['a=Sweeps', 'A', { clicks: 1_000 }]]),
    trackerSide('b', [
      ['a=Sweeps', 'X', { clicks: 950 }],
      ['a=Sweeps', 'Y', { clicks: 990 }],
    ]),
  ];
  const [fromX, fromY] = ['X', 'Y'].map((id) => rejectionOf(['k', 'A'], ['b', id]));
  const hinderedBy = (...rejected: Array<Rejection | undefined>) =>
    sentOf(
      sides,
      [],
      rejected.filter((one) => one !== undefined),
    )?.hindered;
  expect(hinderedBy(fromX)).toEqual(['twice']);
  expect(hinderedBy(fromY)).toEqual(['twice']);
  expect(hinderedBy(fromX, fromY)).toEqual([]);
});

test.each<[string, (k: string, b: string) => Rejection]>([
  ['first', (k, b) => rejectionOf(['k', k], ['b', b])],
  ['last', (k, b) => rejectionOf(['b', b], ['k', k])],
])('what was told apart from all its likes is none, its tracker named %s', (_, rejection) => {
  const sides = [
    trackerSide('k', [
      ['a=Sweeps', 'Large', { clicks: 9_900 }],
      ['a=Sweeps', 'A', { clicks: 60 }],
      ['a=Sweeps', 'C', { clicks: 59 }],
    ]),
    trackerSide('b', [
      ['a=Sweeps', 'X', { clicks: 61 }],
      ['a=Sweeps', 'Y', { clicks: 62 }],
    ]),
  ];
  expect(sentOf(sides)?.hindered).toEqual(['twice']);
  // Only the 62 clicks of Y may be counted twice, of 10,142.
  expect(sentOf(sides, [], [rejection('A', 'X'), rejection('C', 'X')])?.hindered).toEqual([]);
});

test('whether campaigns are one is told of thousands at once', () => {
  const many = (prefix: string, from: number): Rows =>
    Array.from({ length: 10_000 }, (_, at) => [
      'a=Sweeps',
      `${prefix} ${at}`,
      { clicks: from + at / 10_000 },
    ]);
  const sides = [
    trackerSide('k', many('K', 1_000)),
    trackerSide('b', many('B', 5_000)),
    networkSide('n', { '1=Sweeps': {} }),
  ];
  const [row] = joinOffers(sides, []);
  expect(sumSent(row?.senders ?? [], sides, [])?.hindered).toEqual([]);
});

test('campaigns that the user told apart are both counted, and raise no doubt', () => {
  const rejection = (a: string, b: string) => [rejectionOf(['k', a], ['b', b])];
  const sidesOf = (other: string) => [
    trackerSide('k', [['a=Sweeps', 'A', { clicks: 100, conversions: 36 }]]),
    trackerSide('b', [['a=Sweeps', other, { clicks: 99, conversions: 36 }]]),
  ];
  expect(sentOf(sidesOf('A'))?.metrics.conversions).toBe(36);
  expect(sentOf(sidesOf('A'), [], rejection('A', 'A'))).toMatchObject({
    metrics: { conversions: 72 },
    hindered: [],
  });
  expect(sentOf(sidesOf('Other'))?.hindered).toEqual(['twice']);
  expect(sentOf(sidesOf('Other'), [], rejection('A', 'Other'))?.hindered).toEqual([]);
});
