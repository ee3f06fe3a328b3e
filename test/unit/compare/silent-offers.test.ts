import { describe, expect, test } from 'vitest';
import type { Link } from '../../../lib/compare/links.ts';
import {
  type ComparedOffer,
  createOfferComparison,
} from '../../../lib/compare/offer-comparison.ts';
import { joinOffers, type OfferSide } from '../../../lib/compare/offers.ts';
import { withSilentOffers } from '../../../lib/compare/silent-offers.ts';
import { type BaseMetric, type Metrics, metricsOf } from '../../../lib/report/metrics.ts';
import { facts, link, networkSide, type Rows, range, trackerSide } from './offers-world.ts';

const TRACKED: readonly BaseMetric[] = [
  'clicks',
  'landerViews',
  'landerClicks',
  'conversions',
  'revenue',
];
const GOT: readonly BaseMetric[] = ['clicks', 'conversions', 'revenue'];

type Facts = Partial<typeof facts> & { counted?: readonly BaseMetric[] };
const withFacts = (side: OfferSide, change: object): OfferSide => ({
  ...side,
  report: side.report && { ...side.report, ...change },
});
const tracker = (connection: string, rows: Rows, change: Facts = {}) =>
  withFacts(trackerSide(connection, rows), { counted: TRACKED, ...change });
const network = (
  connection: string,
  offers: Record<string, Partial<Metrics>>,
  change: Facts = {},
) => withFacts(networkSide(connection, offers), { counted: GOT, ...change });

const sent = (conversions: number): Partial<Metrics> => ({
  ...{ clicks: 1_000, landerViews: 0, landerClicks: 0 },
  ...{ conversions, revenue: 3 * conversions },
});

function compare(sides: readonly OfferSide[], links: readonly Link[]) {
  const offers = withSilentOffers(joinOffers(sides, links), sides, links);
  const comparison = createOfferComparison({
    ...{ sides, offers, untold: false, range },
    ...{ now: Date.UTC(2026, 7, 21), rates: [] },
  });
  const { rows } = comparison;
  const row = (name: string): ComparedOffer => {
    const found = rows.find((one) => one.name === name);
    if (!found) throw new Error(`no offer ${name}`);
    return found;
  };
  const names = rows.map(({ name }) => name);
  const only = (side: number) => comparison.onlyIn(rows, side)?.count ?? 0;
  return { comparison, row, names, only, onlySent: comparison.onlySent(rows)?.count ?? 0 };
}

const LINK = link('offer', ['k', '9'], ['n', '701']);
const named: Link = {
  ...LINK,
  members: LINK.members.map((one) => ({ ...one, name: `linked ${one.campaignId}` })),
};

describe('a linked offer of which a complete report of the network has no row', () => {
  test.each([
    [100, 'red'],
    [3, 'red'],
    // One may lie on the edge of a day.
    [1, 'chance'],
  ])('got nothing: %i conversions against 0 are %s', (conversions, state) => {
    const { comparison, row, only, onlySent } = compare(
      [tracker('k', [['9=Own', 'A', sent(conversions)]]), network('n', { '5=Theirs': {} })],
      [named],
    );
    const found = row('Own');
    expect(found.cells[1]).toEqual({
      ...{ id: '701', name: 'linked 701' },
      metrics: metricsOf({ clicks: 0, conversions: 0, revenue: 0 }),
    });
    expect(comparison.gap(found, 1, 'conversions')).toEqual({
      ...{ difference: -conversions, gap: -1, state, hindrances: [] },
    });
    expect(comparison.gap(found, 1, 'clicks')).toMatchObject({ difference: -1_000, state: 'red' });
    expect(comparison.gap(found, 1, 'revenue')).toMatchObject({ difference: -3 * conversions });
    expect(comparison.total(comparison.rows, 1, 'conversions').difference).toBe(-conversions);
    expect([only(1), onlySent]).toEqual([1, 0]);
  });

  test.each<[string, OfferSide, number]>([
    ['incomplete', network('n', {}, { complete: false as true }), 0],
    ['of names alone', networkSide('n', {}), 1],
    ['not known', { ...network('n', {}), report: null }, 0],
  ])('may have got anything where the report is %s', (_, side, lacks) => {
    const { row, onlySent } = compare([tracker('k', [['9=Own', 'A', sent(100)]]), side], [named]);
    expect(row('Own').cells[1]).toBeNull();
    // Nor is it known that the network lacks it.
    expect(onlySent).toBe(lacks);
  });

  test('is 0 only in what the network counts', () => {
    const { comparison, row } = compare(
      [tracker('k', [['9=Own', 'A', sent(5)]]), network('n', {}, { counted: ['conversions'] })],
      [named],
    );
    expect(comparison.gap(row('Own'), 1, 'conversions').state).toBe('red');
    expect(comparison.gap(row('Own'), 1, 'clicks').difference).toBeNull();
  });

  test('is not missed where another one has its name', () => {
    const sides = [
      tracker('k', [['9=Sweeps', 'A', sent(5)]]),
      network('n', { '5=Sweeps': sent(5) }),
    ];
    const { comparison, row } = compare(sides, [named]);
    expect(row('Sweeps').cells[1]?.id).toBe('5');
    expect(comparison.gap(row('Sweeps'), 1, 'conversions').state).toBe('green');
  });

  test('is told by a link of the campaign that sends to it alone', () => {
    const sides = (rows: Rows) => [tracker('k', rows), network('n', {})];
    const ofCampaign = link(undefined, ['k', 'A'], ['n', '701']);
    const alone = compare(sides([['9=Own', 'A', sent(5)]]), [ofCampaign]);
    expect(alone.row('Own').cells[1]).toMatchObject({ id: '701', metrics: { conversions: 0 } });
    const rows: Rows = [
      ['9=Own', 'A', sent(5)],
      ['8=Other', 'A', sent(5)],
    ];
    expect(compare(sides(rows), [ofCampaign]).onlySent).toBe(2);
    // By both: two offers, of which neither has a row.
    const other = link(undefined, ['k', 'B'], ['n', '702']);
    const both = compare(
      sides([
        ['9=Own', 'A', sent(5)],
        ['9=Own', 'B', sent(5)],
      ]),
      [ofCampaign, ofCampaign, other],
    );
    expect(both.row('Own').cells[1]).toMatchObject({ id: '701', also: [{ id: '702' }] });
    expect(both.comparison.gap(both.row('Own'), 1, 'conversions').difference).toBe(-10);
  });

  test('is none where another network of the link has its own', () => {
    const three = link('offer', ['k', '9'], ['n', '701'], ['m', '5']);
    const { comparison, row } = compare(
      [
        tracker('k', [['9=Own', 'A', sent(100)]]),
        network('n', { '701=Theirs': sent(100) }),
        network('m', {}),
      ],
      [three],
    );
    expect(row('Own').cells[2]).toBeNull();
    expect(comparison.gap(row('Own'), 1, 'conversions').state).toBe('green');
  });

  test('is no row where nothing was sent either', () => {
    expect(compare([tracker('k', []), network('n', {})], [named]).names).toEqual([]);
  });
});

describe('a linked offer of which complete reports of the trackers have no row', () => {
  const got = network('n', { '701=Theirs': { clicks: 40, conversions: 3, revenue: 9 } });

  test('was sent nothing: 0 against 3 conversions is red', () => {
    const { comparison, row, only, onlySent } = compare(
      [tracker('k', [['5=Other', 'A', sent(1)]]), got],
      [named],
    );
    const found = row('Theirs');
    expect(found).toMatchObject({ senders: [], sent: { hindered: [], rates: [] } });
    expect(found.sent?.reports).toEqual([facts]);
    expect(comparison.gap(found, 1, 'conversions')).toEqual({
      ...{ difference: 3, gap: null, state: 'red', hindrances: [] },
    });
    expect(comparison.gap(found, 1, 'clicks')).toMatchObject({ difference: 40, state: 'red' });
    expect(comparison.total(comparison.rows, 1, 'conversions').difference).toBe(3);
    expect([only(1), onlySent]).toEqual([0, 1]);
  });

  test('is known whatever a network has not told; of a tracker that has not told all, nothing is', () => {
    const ours = tracker('k', [['5=Other', 'A', sent(1)]]);
    const sentWith = (...others: OfferSide[]) => {
      const sides = [ours, got, ...others];
      const { cells } = compare(sides, [named]).row('Theirs');
      return cells[0]?.metrics.conversions ?? null;
    };
    const part = { complete: false };
    expect(sentWith(withFacts(network('m', {}), part))).toBe(0);
    expect(sentWith(withFacts(tracker('b', []), part))).toBeNull();
  });

  test('is not told by a tracker that counts too little', () => {
    const { comparison, row } = compare(
      [tracker('k', [], { counted: ['clicks', 'conversions'] }), got],
      [named],
    );
    expect(comparison.gap(row('Theirs'), 1, 'conversions').state).toBe('red');
    expect(comparison.gap(row('Theirs'), 1, 'clicks').hindrances).toEqual(['sent']);
    expect(comparison.gap(row('Theirs'), 1, 'revenue').difference).toBeNull();
  });

  test.each<[string, OfferSide[]]>([
    ['the tracker', [tracker('k', [], { complete: false as true })]],
    ['another one', [tracker('k', []), tracker('b', [], { complete: false as true })]],
    ['one that never answered', [tracker('k', []), { ...tracker('b', []), report: null }]],
  ])('may have been sent anything where %s tells but a part', (_, trackers) => {
    const { only, row } = compare([...trackers, got], [named]);
    expect(row('Theirs').sent).toBeNull();
    // Nor is it known that they lack it.
    expect(only(trackers.length)).toBe(0);
  });

  test('has what the other tracker of the link sent', () => {
    const three = link('offer', ['k', '9'], ['b', '3'], ['n', '701']);
    const { row } = compare(
      [tracker('k', []), tracker('b', [['3=Own', 'A', sent(3)]]), got],
      [three],
    );
    expect(row('Own').cells[0]).toBeNull();
    expect(row('Own').sent?.metrics.conversions).toBe(3);
  });

  test('is unknown where another tracker’s campaigns of it count in another row', () => {
    // B has it by its name; its campaign counts on K, which calls the offer something else.
    const sides = [
      tracker('k', [['5=Another', 'Summer', sent(3)]]),
      tracker('b', [['3=Theirs', 'Summer', sent(3)]]),
      got,
    ];
    const { row, only } = compare(sides, [named]);
    expect(row('Theirs').cells.map((cell) => cell?.id)).toEqual([undefined, '3', '701']);
    expect(row('Theirs').sent).toBeNull();
    expect(only(2)).toBe(1);
  });

  test('is 0 in any currency', () => {
    const euros = network(
      'n',
      { '701=Theirs': { conversions: 3, revenue: 9 } },
      {
        currency: 'EUR' as 'USD',
      },
    );
    const { comparison, row } = compare([tracker('k', []), euros], [named]);
    expect(comparison.gap(row('Theirs'), 1, 'revenue')).toMatchObject({
      ...{ difference: 9, state: 'red', hindrances: [] },
    });
  });
});
