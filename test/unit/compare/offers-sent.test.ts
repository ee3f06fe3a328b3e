import { expect, test } from 'vitest';
import {
  joinOffers,
  type OfferSide,
  sentSide,
  sumSent,
  withSentClicks,
} from '../../../lib/compare/offers.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import { compare, facts, link, networkSide, type Rows, trackerSide } from './offers-world.ts';

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

test('money of another currency is not added, which hinders the sum of money', () => {
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
  expect(sent?.hindered).toEqual(['currency']);
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
