import { expect, test } from 'vitest';
import type { Link } from '../../../lib/compare/links.ts';
import { createOfferComparison } from '../../../lib/compare/offer-comparison.ts';
import {
  joinOffers,
  type OfferSide,
  sentSide,
  sumSent,
  withSentClicks,
} from '../../../lib/compare/offers.ts';
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

/** The ids in each row, side by side. */
const idsByRow = (
  sides: readonly OfferSide[],
  links: readonly Link[] = [],
  rejected: readonly Rejection[] = [],
) =>
  joinOffers(sides, links, rejected).map(({ cells }) =>
    cells.map((cell) => cell && [cell, ...(cell.also ?? [])].map(({ id }) => id).join()),
  );

const sentOf = (
  sides: readonly OfferSide[],
  links: readonly Link[] = [],
  rejected: readonly Rejection[] = [],
) => sumSent(joinOffers(sides, links, rejected)[0]?.senders ?? [], sides, []);

const link = (kind: 'offer' | undefined, ...members: Array<[string, string]>): Link => ({
  id: 'l',
  how: 'hand',
  createdAt: 0,
  ...(kind ? { kind } : {}),
  members: members.map(member),
});

const member = ([connection, campaignId]: [string, string]) => ({
  ...{ connection, campaignId, name: '' },
});

const rejectionOf = (a: [string, string], b: [string, string]): Rejection => ({
  ...{ id: '', rejectedAt: 0 },
  members: [member(a), member(b)],
});

test.each([
  ['#701 Sweeps'],
  ['Sweeps [701]'],
  ['Sweeps (701) DE'],
  ['Sweeps id 701'],
  ['Sweeps ID:701'],
  ['Sweeps ID: 701'],
  ['Sweeps #701 (2026)'],
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
  ['Sweeps idx701'],
  ['Sweeps (v701)'],
  ['#701 or #702'],
  ['android 701'],
  ['701-799 Dating'],
  ['701 – 799'],
  ['[701-799] Dating'],
  ['[701 – 799] Dating'],
  ['Sweeps 701 - DE'],
])('a number that is no id, or is one of two, joins nothing: %s', (name) => {
  const tracker = trackerSide('k', [[`9=${name}`, 'A', {}]]);
  const network = networkSide('n', { '701=Other name': {}, '702=Another': {} });
  expect(joined([tracker, network])).toEqual({});
});

test('only a network’s ids count, and only in the names of trackers', () => {
  const sides = [
    trackerSide('k', [['9=#701 Sweeps', 'A', {}]]),
    // Its own offer 701 is another one.
    trackerSide('b', [['701=Keto', 'B', {}]]),
    networkSide('m', { '5=#701 VPN': {} }),
    networkSide('n', { '701=Other name': {} }),
  ];
  expect(idsByRow(sides)).toEqual([
    ['9', null, null, '701'],
    [null, '701', null, null],
    [null, null, '5', null],
  ]);
});

test('rows that ids or campaigns joined have keys of their own, whatever the order of the sides', () => {
  const k = trackerSide('k', [
    ['7=#701 Sweeps', 'A', {}],
    ['8=#702 Keto', 'B', {}],
    ['9=Own name', 'C', {}],
    ['10=Another', 'D', {}],
  ]);
  const b = trackerSide('b', [
    ['x=701 - Sweeps', 'E', {}],
    ['y=702 - Keto', 'F', {}],
  ]);
  const n = networkSide('n', { 701: {}, 702: {}, 703: {}, 704: {} });
  const links = [
    { ...link(undefined, ['k', 'C'], ['n', '703']), id: 'l1' },
    { ...link(undefined, ['k', 'D'], ['n', '704']), id: 'l2' },
  ];
  const keys = (...sides: OfferSide[]) =>
    joinOffers(sides, links)
      .map(({ key }) => key)
      .sort();
  expect(new Set(keys(k, b, n)).size).toBe(4);
  expect(keys(b, k, n)).toEqual(keys(k, b, n));
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

test('its only one is told by its own clicks alone, and by those that reached an offer', () => {
  const k = trackerSide('k', [
    ['7=Of another campaign', 'B', {}],
    ['9=Own name', 'A', {}],
    ['', 'A', {}],
  ]);
  const network = networkSide('n', { '701=One': {}, '702=Two': {} });
  expect(joined([k, network], [link(undefined, ['k', 'A'], ['n', '702'])])).toEqual({ 702: ['9'] });
});

test('campaigns of several trackers that are linked to an offer each bring their own', () => {
  const sides = [
    trackerSide('k', [['9=Own name', 'A', {}]]),
    trackerSide('b', [['x=Its name', 'B', {}]]),
    networkSide('n', { '702=Two': {} }),
  ];
  // A connection that is not compared, and a campaign without clicks, bring nothing.
  const all = link(undefined, ['k', 'A'], ['z', 'A'], ['k', 'Z'], ['b', 'B'], ['n', '702']);
  expect(idsByRow(sides, [all])).toEqual([['9', 'x', '702']]);
});

test('a campaign that is linked to several offers says that they are one, on one network or more', () => {
  const one = trackerSide('k', [['9=Own name', 'A', { conversions: 100 }]]);
  const sides = [
    one,
    networkSide('n', { '702=Two': { conversions: 60 }, '703=Three': { conversions: 40 } }),
    networkSide('m', { '5=Five': {} }),
  ];
  const onOne = link(undefined, ['k', 'A'], ['n', '702'], ['n', '703']);
  expect(idsByRow(sides, [onOne])).toEqual([
    ['9', '702,703', null],
    [null, null, '5'],
  ]);
  expect(joinOffers(sides, [onOne])[0]?.cells[1]?.metrics.conversions).toBe(100);
  const onTwo = link(undefined, ['k', 'A'], ['n', '702'], ['m', '5']);
  expect(idsByRow(sides, [onTwo])).toEqual([
    ['9', '702', '5'],
    [null, '703', null],
  ]);
});

test('campaigns that are linked to no offer of a network say nothing of their own offers', () => {
  const sides = [
    trackerSide('k', [['9=Own name', 'A', {}]]),
    trackerSide('b', [['x=Its name', 'B', {}]]),
    networkSide('n', {}),
  ];
  expect(idsByRow(sides, [link(undefined, ['k', 'A'], ['b', 'B'])])).toEqual([
    ['9', null, null],
    [null, 'x', null],
  ]);
});

test.each<[string, Rows]>([
  [
    'sends to several',
    [
      ['9=Own name', 'A', {}],
      ['8=Another', 'A', {}],
    ],
  ],
  ['sends to one that is linked by hand', [['7=Own name', 'A', {}]]],
  ['has no clicks', [['9=Own name', 'B', {}]]],
])('the offers of a network that are linked to a campaign stay apart if it %s', (_, rows) => {
  const network = networkSide('n', { '701=One': {}, '702=Two': {}, '703=Three': {} });
  const links = [
    link('offer', ['k', '7'], ['n', '701']),
    link(undefined, ['k', 'A'], ['n', '702'], ['n', '703']),
  ];
  const rowsOf = idsByRow([trackerSide('k', rows), network], links);
  expect(rowsOf.filter(([ours]) => ours === null).map(([, theirs]) => theirs)).toEqual(
    expect.arrayContaining(['702', '703']),
  );
});

test('clicks without an offer are no offer', () => {
  const sides = [
    trackerSide('k', [
      ['', 'A', { clicks: 5 }],
      ['a=Sweeps', 'A', { clicks: 7 }],
    ]),
    networkSide('n', { '': {}, '1=Sweeps': {} }),
  ];
  expect(idsByRow(sides)).toEqual([['a', '1']]);
  expect(sentOf(sides)?.metrics.clicks).toBe(7);
});

test('offers that the user told apart are not joined by name; campaigns are others’', () => {
  const sides = [trackerSide('k', [['a=Sweeps', 'A', {}]]), networkSide('n', { '1=Sweeps': {} })];
  const apart = (kind: Pick<Rejection, 'kind'>): Rejection[] => [
    { ...rejectionOf(['k', 'a'], ['n', '1']), ...kind },
  ];
  expect(idsByRow(sides, [], apart({ kind: 'offer' }))).toEqual([
    ['a', null],
    [null, '1'],
  ]);
  expect(idsByRow(sides, [], apart({}))).toEqual([['a', '1']]);
});

test('a link of offers says nothing of the campaigns with the same ids', () => {
  const sides = [
    trackerSide('k', [['1=Sweeps', '1=Summer', { clicks: 10 }]]),
    trackerSide('b', [['2=Keto', '2=Winter', { clicks: 20 }]]),
  ];
  expect(sentOf(sides, [link('offer', ['k', '1'], ['b', '2'])])?.metrics.clicks).toBe(30);
  // Nor of a network's offer with the id of a campaign.
  const network = networkSide('n', { '7=Other': {} });
  const other = trackerSide('k', [['1=Sweeps', '8', {}]]);
  expect(joined([other, network], [link('offer', ['k', '8'], ['n', '7'])])).toEqual({});
});

test('a sender has its name, its clicks to this offer, and all trackers that have it', () => {
  const sides = [
    trackerSide('k', [
      ['a=Sweeps', '12=Summer', { clicks: 10 }],
      ['b=#1 Sweeps', '12=Summer', { clicks: 5 }],
      ['c=Keto', '12=Summer', { clicks: 3 }],
    ]),
    trackerSide('m', [['m=Sweeps', '4=Own', { clicks: 2 }]]),
    trackerSide('b', [['x=Sweeps', '7=summer', { clicks: 9 }]]),
    networkSide('n', { '1=Sweeps': {} }),
  ];
  const { senders } =
    joinOffers(sides, [link('offer', ['k', 'a'], ['k', 'b'], ['n', '1'])])[0] ?? {};
  expect(
    senders?.map(({ connection, id, name, on, metrics }) => [
      ...[connection, id, name, on.join('+')],
      metrics.clicks,
    ]),
  ).toEqual([
    ['k', '12', 'Summer', 'k+b', 15],
    ['m', '4', 'Own', 'm', 2],
  ]);
});

test('campaigns that one link joins on a tracker are counted there, each by itself', () => {
  const sides = [
    trackerSide('k', [
      ['a=Sweeps', '12=Summer', { clicks: 10 }],
      ['a=Sweeps', '13=Summer 2', { clicks: 5 }],
    ]),
    trackerSide('b', [['x=Sweeps', '7=Both', { clicks: 15 }]]),
  ];
  const both = link(undefined, ['k', '12'], ['k', '13'], ['b', '7']);
  expect(
    joinOffers(sides, [both])[0]?.senders.map(({ id, name, on }) => [id, name, on.join('+')]),
  ).toEqual([
    ['12', 'Summer', 'k+b'],
    ['13', 'Summer 2', 'k+b'],
  ]);
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
  const sent = sumSent(joinOffers(sides, [])[0]?.senders ?? [], sides, []);
  expect(sent?.metrics).toMatchObject({
    clicks: 3,
    cost: 10,
    revenue: 20,
    partial: ['cost', 'revenue'],
  });
});

test('money comes into the sum by the rates that there are, which are told', () => {
  const euros = { currency: 'EUR' as 'USD' };
  const sides = [
    trackerSide('k', [['a=Sweeps', 'A', { cost: 10, revenue: 20 }]]),
    trackerSide('e', [['a=Sweeps', 'B', { cost: 5, revenue: 6 }]], euros),
    trackerSide('f', [['a=Sweeps', 'C', { cost: 1, revenue: 1 }]], euros),
    trackerSide('g', [['a=Sweeps', 'D', { cost: 100, revenue: 100 }]], {
      currency: 'GBP' as 'USD',
    }),
  ];
  const rate = { from: 'EUR', to: 'USD', rate: 1.5, day: '2026-08-01' };
  const sent = sumSent(joinOffers(sides, [])[0]?.senders ?? [], sides, [rate]);
  expect(sent?.metrics).toMatchObject({ cost: 19, revenue: 30.5, partial: ['cost', 'revenue'] });
  expect(sent?.rates).toEqual([rate]);
  expect(sent?.reports.map(({ currency }) => currency)).toEqual(['USD', 'USD', 'USD', 'USD']);
});

test('a sum stands in a comparison as a tracker of whole offers, with the facts of all its reports', () => {
  const [first, second] = [facts, { ...facts, zone: 'Asia/Tokyo' }];
  expect(sentSide({ reports: [first, second], hindered: ['twice'] })).toEqual({
    connection: '',
    currency: 'USD',
    kind: 'tracker',
    ofOffer: true,
    rows: [],
    report: first,
    also: [second],
    hindered: ['twice'],
  });
});

test('a network’s clicks are held against those that left a lander or saw none', () => {
  // 600 of 1,000 clicks saw a lander, which 300 left; 400 went straight to the offer.
  const sent = { clicks: 1_000, landerViews: 600, landerClicks: 300, cost: 5 };
  const { gap } = compare([
    trackerSide('k', [['a=Sweeps', 'A', sent]]),
    networkSide('n', { '1=Sweeps': { clicks: 700 } }),
  ]);
  expect(gap('Sweeps', 'clicks')).toMatchObject({ difference: 0, gap: 0, state: 'green' });
  expect(withSentClicks(metricsOf(sent))).toEqual(metricsOf({ ...sent, clicks: 700 }));
  expect(withSentClicks(metricsOf({ clicks: 1_000 })).clicks).toBeNull();
});

const compare = (sides: OfferSide[], untold = false) => {
  const comparison = createOfferComparison({
    sides,
    offers: joinOffers(sides, []),
    untold,
    range,
    now: Date.UTC(2026, 7, 21),
    rates: [],
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
