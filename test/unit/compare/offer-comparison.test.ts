import { expect, test } from 'vitest';
import type { Thresholds } from '../../../lib/compare/gap.ts';
import {
  type ComparedOffer,
  createOfferComparison,
} from '../../../lib/compare/offer-comparison.ts';
import { joinOffers, type OfferSide } from '../../../lib/compare/offers.ts';
import type { Rate } from '../../../lib/compare/rates.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';

const facts = {
  zone: 'UTC',
  currency: 'USD',
  basis: 'visit',
  complete: true,
  fetchedAt: Date.UTC(2026, 7, 20),
} as const;
type Facts = { -readonly [F in keyof typeof facts]: (typeof facts)[F] | string | boolean | number };

const report = (
  rows: ReadonlyArray<readonly [string[], Partial<Metrics>]>,
  change: Partial<Facts>,
) =>
  ({
    ...facts,
    ...change,
    rows: rows.map(([names, of]) => ({
      values: names.map((name) => ({ id: name, name })),
      metrics: metricsOf(of),
    })),
  }) as OfferSide['report'];
const side = (connection: string, kind: OfferSide['kind'], of: OfferSide['report']): OfferSide => ({
  connection,
  currency: of?.currency ?? 'USD',
  kind,
  report: of,
});

/** A tracker that sends to each offer by one campaign of its own. */
const tracker = (
  connection: string,
  offers: Record<string, Partial<Metrics>>,
  change: Partial<Facts> = {},
) =>
  side(
    connection,
    'tracker',
    report(
      Object.entries(offers).map(([offer, of]) => [[offer, `${offer} by ${connection}`], of]),
      change,
    ),
  );
const network = (
  connection: string,
  offers: Record<string, Partial<Metrics>>,
  change: Partial<Facts> = {},
) =>
  side(
    connection,
    'network',
    report(
      Object.entries(offers).map(([offer, of]) => [[offer], of]),
      change,
    ),
  );

function compare(
  sides: OfferSide[],
  more: { rates?: readonly Rate[]; thresholds?: Thresholds } = {},
) {
  const comparison = createOfferComparison({
    sides,
    offers: joinOffers(sides, []),
    untold: false,
    range: { from: '2026-08-01', to: '2026-08-07', zone: 'UTC' },
    now: Date.UTC(2026, 7, 21),
    rates: [],
    ...more,
  });
  const row = (name: string): ComparedOffer => {
    const found = comparison.rows.find((one) => one.name === name);
    if (!found) throw new Error(`no offer ${name}`);
    return found;
  };
  return { comparison, row };
}

const UNKNOWN = { difference: null, gap: null, state: 'unknown', hindrances: [] };

test('offers that a network has, or that are sent to, are rows; others are none', () => {
  const idle = side('k', 'tracker', null);
  const { comparison } = compare([
    tracker('b', { Sent: { clicks: 1 } }),
    idle,
    network('n', { Sent: {}, Own: {} }),
    network('m', { Other: {} }),
  ]);
  expect(comparison.rows.map(({ name, sent }) => [name, sent !== null])).toEqual([
    ['Sent', true],
    ['Own', false],
    ['Other', false],
  ]);
});

test('an offer whose campaigns count in another row is none, as nothing is sent to it besides', () => {
  const rows = (offer: string) => report([[[offer, 'Summer'], { clicks: 10 }]], {});
  const { comparison } = compare([
    side('k', 'tracker', rows('Sweeps')),
    side('b', 'tracker', rows('Sweeps of b')),
    network('n', { Own: {} }),
  ]);
  expect(comparison.rows.map(({ name, sent }) => [name, sent?.metrics.clicks])).toEqual([
    ['Sweeps', 10],
    ['Own', undefined],
  ]);
});

test('each network is held against what was sent, offer by offer and in all', () => {
  const { comparison, row } = compare([
    tracker('b', { A: { conversions: 100 }, B: { conversions: 50 }, C: { conversions: 7 } }),
    tracker('k', { A: { conversions: 20 } }),
    network('n', { A: { conversions: 60 }, D: { conversions: 9 }, E: { conversions: 4 } }),
    network('m', { B: { conversions: 50 }, D: { conversions: 1 } }),
  ]);
  expect(comparison.gap(row('A'), 2, 'conversions')).toMatchObject({
    difference: -60,
    gap: -0.5,
    state: 'red',
  });
  expect(comparison.gap(row('B'), 3, 'conversions')).toMatchObject({ gap: 0, state: 'green' });
  // Not there, or nothing was sent.
  expect(comparison.gap(row('A'), 3, 'conversions')).toEqual(UNKNOWN);
  expect(comparison.gap(row('D'), 2, 'conversions')).toEqual(UNKNOWN);
  expect(comparison.causes(row('D'), 2, 'conversions')).toEqual([]);

  const all = comparison.rows;
  expect(comparison.total(all, 2, 'conversions')).toMatchObject({ difference: -60 });
  expect(comparison.total(all, 3, 'conversions')).toMatchObject({ difference: 0, state: 'green' });
  expect(comparison.total([row('C'), row('D')], 2, 'conversions')).toEqual(UNKNOWN);
  expect(comparison.onlySent(all)).toMatchObject({ count: 1, metrics: { conversions: 7 } });
  expect(comparison.onlySent([row('A'), row('B')])).toBeNull();
  expect(comparison.onlyIn(all, 2)).toMatchObject({ count: 2, metrics: { conversions: 13 } });
  expect(comparison.onlyIn(all, 3)).toMatchObject({ count: 1, metrics: { conversions: 1 } });
  expect(comparison.onlyIn([row('A')], 2)).toBeNull();
});

test('what one side has alone is not known while the other has not told all', () => {
  const ours = tracker('k', { Own: { conversions: 7 } });
  const theirs = network('n', { Theirs: { conversions: 4 } });
  const part = { complete: false };
  const alone = (...sides: OfferSide[]) => {
    const { comparison } = compare(sides);
    const { rows } = comparison;
    const got = comparison.onlyIn(rows, sides.indexOf(theirs));
    return [comparison.onlySent(rows)?.count, got?.count];
  };
  expect(alone(ours, theirs)).toEqual([1, 1]);
  expect(alone(ours, theirs, network('m', {}, part))).toEqual([undefined, 1]);
  expect(alone(ours, theirs, side('m', 'network', null))).toEqual([undefined, 1]);
  expect(alone(ours, tracker('b', {}, part), theirs)).toEqual([1, undefined]);
  expect(alone(ours, side('b', 'tracker', null), theirs)).toEqual([1, undefined]);
});

test.each([
  // Beyond nothing and within a tenth, 300 of 4,000 clicks are amber; one conversion is chance.
  ['red', { conversions: 40, clicks: 71, revenue: 100 }],
  ['amber', { conversions: 100, clicks: 3_700, revenue: 100 }],
  ['chance', { conversions: 99, clicks: 4_000, revenue: 100 }],
  ['green', { conversions: 100, clicks: 4_000, revenue: 100 }],
])('the worst of its gaps is %s', (expected, got) => {
  const limits = { green: 0, amber: 0.1 };
  const { comparison, row } = compare(
    [
      tracker('k', {
        A: { conversions: 100, clicks: 4_000, landerViews: 0, landerClicks: 0, revenue: 100 },
      }),
      network('n', { A: got }),
    ],
    { thresholds: { conversions: limits, clicks: limits, revenue: limits } },
  );
  const metrics = ['revenue', 'conversions', 'clicks', 'cost'] as const;
  expect(comparison.worst(row('A'), metrics)).toBe(expected);
  expect(comparison.worst(row('A'), metrics.toReversed())).toBe(expected);
});

test('a row is as bad as its worst gap, whichever network it is with', () => {
  const { comparison, row } = compare([
    tracker('k', { A: { conversions: 100, revenue: 10 }, B: { conversions: 100 }, C: {} }),
    network('n', { B: { conversions: 100 } }),
    network('m', { A: { conversions: 40, revenue: 10 } }),
  ]);
  const worst = (name: string) => comparison.worst(row(name), ['cost', 'revenue', 'conversions']);
  expect([worst('A'), worst('B'), worst('C')]).toEqual(['red', 'green', 'unknown']);
  expect(comparison.worst(row('A'), [])).toBe('unknown');
});

test('each network keeps its own days, currency and reasons', () => {
  const sides = [
    tracker('k', {
      A: { conversions: 100, revenue: 200 },
      B: { conversions: 100, revenue: 200 },
      C: { conversions: 10, revenue: 20 },
    }),
    network('n', { A: { conversions: 100, revenue: 100 } }, { currency: 'EUR' }),
    network('m', { B: { conversions: 90, revenue: 200 } }, { zone: 'Asia/Tokyo' }),
  ];
  const { comparison, row } = compare(sides);
  expect(comparison.currency).toBe('USD');
  expect(comparison.gap(row('A'), 1, 'revenue').hindrances).toEqual(['currency']);
  expect(comparison.gap(row('A'), 1, 'conversions').state).toBe('green');
  expect(comparison.gap(row('B'), 2, 'conversions').hindrances).toEqual(['days']);
  expect(comparison.causes(row('B'), 2, 'conversions').map(({ key }) => key)).toEqual([
    'cause_zone',
  ]);
  expect(comparison.causes(row('C'), 1, 'conversions')).toEqual([]);
  const rated = compare(sides, {
    rates: [{ from: 'EUR', to: 'USD', rate: 2, day: '2026-08-01' }],
  });
  expect(rated.comparison.gap(rated.row('A'), 1, 'revenue')).toMatchObject({
    gap: 0,
    state: 'green',
  });
});

test('the currency is that of the first tracker that has a report', () => {
  const currencyOf = (...sides: OfferSide[]) => compare(sides).comparison.currency;
  const waiting = side('w', 'tracker', null);
  const euros = tracker('k', {}, { currency: 'EUR' });
  expect(currencyOf(network('n', {}, { currency: 'GBP' }), waiting, euros, tracker('b', {}))).toBe(
    'EUR',
  );
  expect(currencyOf(waiting, network('n', {}))).toBe('');
});

test('a report that lacks rows hinders the offers that it sends to, and their total', () => {
  const { comparison, row } = compare([
    tracker('k', { A: { conversions: 10 } }, { complete: false }),
    tracker('b', { B: { conversions: 10 } }),
    network('n', { A: { conversions: 10 }, B: { conversions: 10 } }),
  ]);
  const reasons = (name: string) => comparison.gap(row(name), 2, 'conversions').hindrances;
  expect([reasons('A'), reasons('B')]).toEqual([['incomplete'], []]);
  expect(comparison.total(comparison.rows, 2, 'conversions').hindrances).toEqual(['incomplete']);
});

test('gaps follow the user’s thresholds', () => {
  const sides = [
    tracker('k', { A: { conversions: 10_000 } }),
    network('n', { A: { conversions: 9_900 } }),
  ];
  const state = (thresholds: Thresholds) => {
    const { comparison, row } = compare(sides, { thresholds });
    return comparison.gap(row('A'), 1, 'conversions').state;
  };
  expect(state({ conversions: { green: 0.5, amber: 0.6 } })).toBe('green');
  expect(state({ conversions: { green: 0, amber: 0.001 } })).toBe('red');
});

test('while the offers of another network are not known, none is judged', () => {
  const sent = tracker('b', { Sweeps: { clicks: 1000, landerViews: 0, conversions: 100 } });
  const got = network('n', { Sweeps: { clicks: 1000, conversions: 100 } });
  const judged = (other: OfferSide) => {
    const { comparison, row } = compare([sent, got, other]);
    const { state, hindrances } = comparison.gap(row('Sweeps'), 1, 'conversions');
    const total = comparison.total(comparison.rows, 1, 'conversions');
    expect(total.hindrances).toEqual(hindrances);
    return [state, hindrances];
  };
  expect(judged(network('m', { Casino: { conversions: 1 } }))).toEqual(['green', []]);
  expect(judged(side('m', 'network', null))).toEqual(['unknown', ['networks']]);
  expect(judged(network('m', {}, { complete: false }))).toEqual(['unknown', ['networks']]);
  // What a network itself did not tell is another matter.
  const { comparison, row } = compare([sent, network('n', { Sweeps: {} }, { complete: false })]);
  expect(comparison.gap(row('Sweeps'), 1, 'conversions').hindrances).not.toContain('networks');
});
