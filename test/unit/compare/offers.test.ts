import { expect, test } from 'vitest';
import type { Link } from '../../../lib/compare/links.ts';
import { createOfferComparison } from '../../../lib/compare/offer-comparison.ts';
import { joinOffers, type OfferSide, sumSent } from '../../../lib/compare/offers.ts';
import type { Rejection } from '../../../lib/compare/rejections.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';

const range = { from: '2026-08-01', to: '2026-08-07', zone: 'UTC' };
const facts = {
  zone: 'UTC',
  currency: 'USD',
  basis: 'visit',
  complete: true,
  fetchedAt: Date.UTC(2026, 7, 20),
} as const;

type Rows = ReadonlyArray<readonly [offer: string, campaign: string, of: Partial<Metrics>]>;

/** Offers and campaigns have their names as ids, unless they are written as `id=name`. */
const value = (written: string) => {
  const [id = '', name = id] = written.split('=');
  return { id, name };
};

const trackerSide = (
  connection: string,
  rows: Rows,
  change: Partial<typeof facts> = {},
): OfferSide => ({
  connection,
  currency: 'USD',
  kind: 'tracker',
  report: {
    ...facts,
    ...change,
    rows: rows.map(([offer, campaign, of]) => ({
      values: [value(offer), value(campaign)],
      metrics: metricsOf(of),
    })),
  },
});

const networkSide = (connection: string, offers: Record<string, Partial<Metrics>>): OfferSide => ({
  connection,
  currency: 'USD',
  kind: 'network',
  report: {
    ...facts,
    rows: Object.entries(offers).map(([offer, of]) => ({
      values: [value(offer)],
      metrics: metricsOf(of),
    })),
  },
});

/** Which of a tracker's offers stand in the row of each network's offer. */
const joined = (sides: readonly OfferSide[], links: readonly Link[] = []) =>
  Object.fromEntries(
    joinOffers(sides, links).flatMap(({ cells }) => {
      const [theirs, ours] = [cells.at(-1), cells[0]];
      return theirs && ours
        ? [[theirs.id, [ours, ...(ours.also ?? [])].map(({ id }) => id)] as const]
        : [];
    }),
  );

const link = (kind: 'offer' | undefined, ...members: Array<[string, string]>): Link => ({
  id: 'l',
  how: 'hand',
  createdAt: 0,
  ...(kind ? { kind } : {}),
  members: members.map(([connection, campaignId]) => ({ connection, campaignId, name: '' })),
});

test.each([
  ['#701 Sweeps'],
  ['Sweeps [701]'],
  ['Sweeps (701) DE'],
  ['Sweeps id 701'],
  ['Sweeps ID:701'],
  ['offer 701'],
  ['Offer #701'],
  ['701 - Sweeps'],
  ['701|Sweeps'],
])('a network’s offer id in a name joins: %s', (name) => {
  const tracker = trackerSide('k', [[`9=${name}`, 'A', {}]]);
  expect(joined([tracker, networkSide('n', { '701=Other name': {} })])).toEqual({ 701: ['9'] });
});

test.each([
  ['Sweeps 701'],
  ['701 Sweeps'],
  ['#7012 Sweeps'],
  ['#17015'],
  ['Sweeps701'],
  ['#701 or #702'],
  ['android 701'],
  ['701-799 Dating'],
  ['701 – 799'],
  ['[701-799] Dating'],
])('a number that is no id, or is one of two, joins nothing: %s', (name) => {
  const tracker = trackerSide('k', [[`9=${name}`, 'A', {}]]);
  const network = networkSide('n', { '701=Other name': {}, '702=Another': {} });
  expect(joined([tracker, network])).toEqual({});
});

test('an id that two networks have joins neither', () => {
  const sides = [
    trackerSide('k', [['9=#701 Sweeps', 'A', {}]]),
    networkSide('m', { '701=One': {} }),
    networkSide('n', { '701=Two': {} }),
  ];
  expect(joinOffers(sides, []).filter(({ cells }) => cells[0] && (cells[1] || cells[2]))).toEqual(
    [],
  );
});

test('names join when each side has them once; similar ones never', () => {
  const network = networkSide('n', { '1=Sweeps DE': {}, '2=Keto FR': {}, '3=VPN': {} });
  const tracker = trackerSide('k', [
    ['a=Sweeps DE', 'A', {}],
    ['b=keto-fr', 'A', {}],
    ['c=VPN', 'A', {}],
    ['d=VPN', 'B', {}],
    ['e=Sweeps DE 2', 'B', {}],
  ]);
  expect(joined([tracker, network])).toEqual({ 1: ['a'], 2: ['b'] });
});

test('several offers of a tracker may carry one network’s id', () => {
  const tracker = trackerSide('k', [
    ['a=#701 Sweeps DE', 'A', { clicks: 3 }],
    ['b=#701 Sweeps FR', 'B', { clicks: 4 }],
  ]);
  const sides = [tracker, networkSide('n', { '701=Sweeps': {} })];
  expect(joined(sides)).toEqual({ 701: ['a', 'b'] });
  const [row] = joinOffers(sides, []);
  expect(row?.senders.map(({ id, metrics }) => [id, metrics.clicks])).toEqual([
    ['A', 3],
    ['B', 4],
  ]);
});

test('a link of offers by hand overrides the id in a name; links of campaigns are others’', () => {
  const tracker = trackerSide('k', [['9=#701 Sweeps', 'A', {}]]);
  const network = networkSide('n', { '701=One': {}, '702=Two': {} });
  const sides = [tracker, network];
  expect(joined(sides, [link('offer', ['k', '9'], ['n', '702'])])).toEqual({ 702: ['9'] });
  // Campaign 9 is not offer 9.
  expect(joined(sides, [link(undefined, ['k', '9'], ['n', '702'])])).toEqual({ 701: ['9'] });
});

test('a campaign that is linked to a network’s offer says which offer its only one is', () => {
  const network = networkSide('n', { '701=One': {}, '702=Two': {} });
  const linked = [link(undefined, ['k', 'A'], ['n', '702'])];
  const one = trackerSide('k', [['9=Own name', 'A', {}]]);
  expect(joined([one, network], linked)).toEqual({ 702: ['9'] });
  const two = trackerSide('k', [
    ['9=Own name', 'A', {}],
    ['8=Another', 'A', {}],
  ]);
  expect(joined([two, network], linked)).toEqual({});
});

test('a campaign of two trackers counts on the first, by name or by link', () => {
  const network = networkSide('n', { '1=Sweeps': {} });
  const k = trackerSide('k', [
    ['a=Sweeps', '12=Summer', { clicks: 100 }],
    ['a=Sweeps', '13=Winter', { clicks: 50 }],
  ]);
  const b = trackerSide('b', [
    ['x=Sweeps', '7=summer', { clicks: 90 }],
    ['x=Sweeps', '8=Renamed', { clicks: 45 }],
    ['x=Sweeps', '9=Own', { clicks: 7 }],
  ]);
  const sendersOf = (...sides: OfferSide[]) =>
    joinOffers(sides, [link(undefined, ['k', '13'], ['b', '8'])])[0]?.senders.map(
      ({ connection, id }) => connection + id,
    );
  expect(sendersOf(k, b, network)).toEqual(['k12', 'k13', 'b9']);
  expect(sendersOf(b, k, network)).toEqual(['b7', 'b8', 'b9']);
});

test('money of another currency is not added', () => {
  const k = trackerSide('k', [['a=Sweeps', 'A', { clicks: 1, cost: 10, revenue: 20 }]]);
  const e = trackerSide('e', [['a=Sweeps', 'B', { clicks: 2, cost: 5, revenue: 6 }]], {
    currency: 'EUR' as 'USD',
  });
  const sides = [k, e];
  const sent = sumSent(joinOffers(sides, [])[0]?.senders ?? [], sides);
  expect(sent?.metrics).toMatchObject({
    clicks: 3,
    cost: 10,
    revenue: 20,
    partial: ['cost', 'revenue'],
  });
});

const compare = (sides: OfferSide[], untold = false) => {
  const comparison = createOfferComparison({
    sides,
    offers: joinOffers(sides, []),
    untold,
    range,
    now: Date.UTC(2026, 7, 21),
  });
  const gap = (name: string, metric: 'conversions' | 'clicks' | 'revenue') => {
    const row = comparison.rows.find((one) => one.name === name);
    return row ? comparison.gap(row, sides.length - 1, metric) : null;
  };
  return { comparison, gap };
};

test('a whole offer is judged against all that runs it', () => {
  const { gap } = compare([
    trackerSide('k', [
      ['a=Sweeps', 'A', { conversions: 10, revenue: 20 }],
      ['a=Sweeps', 'B', { conversions: 62, revenue: 124 }],
    ]),
    networkSide('n', { '1=Sweeps': { conversions: 72, revenue: 144 } }),
  ]);
  expect(gap('Sweeps', 'conversions')).toMatchObject({ difference: 0, gap: 0, state: 'green' });
  expect(gap('Sweeps', 'revenue')).toMatchObject({ gap: 0, state: 'green' });
});

test('nothing is judged where a tracker does not tell, or its days are others', () => {
  const rows: Rows = [['a=Sweeps', 'A', { conversions: 10 }]];
  const network = networkSide('n', { '1=Sweeps': { conversions: 72 } });
  expect(
    compare([trackerSide('k', rows), network], true).gap('Sweeps', 'conversions'),
  ).toMatchObject({
    state: 'unknown',
    hindrances: ['incomplete'],
  });
  const other = trackerSide('b', [['a=Sweeps', 'B', { conversions: 1 }]], {
    zone: 'Asia/Tokyo' as 'UTC',
  });
  expect(
    compare([trackerSide('k', rows), other, network]).gap('Sweeps', 'conversions'),
  ).toMatchObject({ state: 'unknown', hindrances: ['days'] });
  expect(compare([trackerSide('k', rows), network]).gap('Sweeps', 'conversions')?.state).toBe(
    'red',
  );
});

test('totals are over the offers that both have; the others stand by themselves', () => {
  const { comparison } = compare([
    trackerSide('k', [
      ['a=Sweeps', 'A', { conversions: 10, revenue: 20 }],
      ['b=Own', 'A', { conversions: 5, revenue: 7 }],
      ['b=Own', 'B', { conversions: 1, revenue: 1 }],
    ]),
    networkSide('n', {
      '1=Sweeps': { conversions: 9, revenue: 18 },
      '2=Theirs': { conversions: 3, revenue: 30 },
    }),
  ]);
  const { rows } = comparison;
  expect(comparison.total(rows, 1, 'revenue')).toMatchObject({ difference: -2, gap: -0.1 });
  expect(comparison.onlySent(rows)).toMatchObject({ count: 1, metrics: { revenue: 8 } });
  expect(comparison.onlyIn(rows, 1)).toMatchObject({ count: 1, metrics: { revenue: 30 } });
});

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
  expect(sumSent(row?.senders ?? [], sides)?.hindered).toEqual([]);
});

test('an offer of two networks is judged against neither: each got a part', () => {
  const { comparison } = compare([
    trackerSide('k', [['a=Sweeps', 'A', { conversions: 100 }]]),
    networkSide('m', { '1=Sweeps': { conversions: 60 } }),
    networkSide('n', { '8=Sweeps': { conversions: 40 }, '9=Own': { conversions: 7 } }),
  ]);
  const row = comparison.rows.find(({ name }) => name === 'Sweeps');
  if (!row) throw new Error('no row');
  for (const network of [1, 2]) {
    expect(comparison.gap(row, network, 'conversions')).toMatchObject({
      state: 'unknown',
      hindrances: ['offer'],
    });
    expect(comparison.total(comparison.rows, network, 'conversions')).toMatchObject({
      hindrances: ['offer'],
    });
  }
});

test('campaigns that the user told apart are both counted, and raise no doubt', () => {
  const rejection = (a: string, b: string): Rejection => ({
    ...{ id: '', rejectedAt: 0 },
    members: [
      { connection: 'k', campaignId: a, name: '' },
      { connection: 'b', campaignId: b, name: '' },
    ],
  });
  const sidesOf = (other: string) => [
    trackerSide('k', [['a=Sweeps', 'A', { clicks: 100, conversions: 36 }]]),
    trackerSide('b', [['a=Sweeps', other, { clicks: 99, conversions: 36 }]]),
  ];
  const sentOf = (sides: readonly OfferSide[], rejected: readonly Rejection[]) =>
    sumSent(joinOffers(sides, [], rejected)[0]?.senders ?? [], sides);
  expect(sentOf(sidesOf('A'), [])?.metrics.conversions).toBe(36);
  expect(sentOf(sidesOf('A'), [rejection('A', 'A')])).toMatchObject({
    metrics: { conversions: 72 },
    hindered: [],
  });
  expect(sentOf(sidesOf('Other'), [])?.hindered).toEqual(['twice']);
  expect(sentOf(sidesOf('Other'), [rejection('A', 'Other')])?.hindered).toEqual([]);
});
