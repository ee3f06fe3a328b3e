import { describe, expect, test } from 'vitest';
import { type ComparedSide, createComparison } from '../../../lib/compare/comparison.ts';
import { joinSides } from '../../../lib/compare/join.ts';
import { joinOffers, sumSent } from '../../../lib/compare/offers.ts';
import { countedOnce } from '../../../lib/compare/once.ts';
import { type Metric, type Metrics, metricsOf } from '../../../lib/report/metrics.ts';
import { facts, networkSide, trackerSide } from './offers-world.ts';

const range = { from: '2026-08-01', to: '2026-08-07', zone: 'UTC' };

const side = (
  connection: string,
  rows: Record<string, Partial<Metrics>>,
  more: Partial<ComparedSide> = {},
): ComparedSide => ({
  ...{ connection, currency: 'USD', kind: 'tracker', report: facts },
  rows: Object.entries(rows).map(([name, metrics]) => ({
    ...{ id: name, name },
    metrics: metricsOf(metrics),
  })),
  ...more,
});

/** A link by hand of one campaign of each connection. */
const link = (members: Record<string, string>, split?: true) => ({
  ...{ id: 'l', how: 'hand' as const, createdAt: 0, ...(split ? { split } : {}) },
  members: Object.entries(members).map(([connection, campaignId]) => ({
    ...{ connection, campaignId, name: campaignId },
  })),
});

function compare(sides: readonly ComparedSide[], links: ReadonlyArray<ReturnType<typeof link>>) {
  const rows = joinSides(sides, links);
  const comparison = createComparison({ sides, rows, range, now: Date.UTC(2026, 7, 21) });
  const row = (name: string) => rows.find((one) => one.name === name) ?? { cells: [] };
  return { comparison, rows, row };
}

/** The state of a gap between a campaign and its other half, or another count of the same events. */
function stateOf(metric: Metric, base: Partial<Metrics>, other: Partial<Metrics>, split?: true) {
  const sides = [side('k', { A: base }), side('b', { B: other })];
  const { comparison, row } = compare(sides, [link({ k: 'A', b: 'B' }, split)]);
  return comparison.gap(row('A'), 1, metric).state;
}

describe('halves of split traffic', () => {
  // 2·√(1000 + 900) = 87.2 < 100; 2·√(1000 + 920) = 87.6 > 80, which as a loss would be far too much.
  test.each([
    [1000, 900, 'red', 'red'],
    [1000, 920, 'chance', 'red'],
    [1000, 985, 'green', 'green'],
    [3, 0, 'chance', 'red'],
    [1000, 1080, 'chance', 'red'],
  ] as const)(
    '%i against %i conversions are %s, as the same events %s',
    (base, other, half, same) => {
      const pair = [{ conversions: base }, { conversions: other }] as const;
      expect(stateOf('conversions', ...pair, true)).toBe(half);
      expect(stateOf('conversions', ...pair)).toBe(same);
    },
  );

  // In payouts of 2: 1,000 against 900, and 1,000 against 920.
  test('are judged in revenue by their payouts', () => {
    const of = (conversions: number) => ({ conversions, revenue: 2 * conversions });
    expect(stateOf('revenue', of(1000), of(900), true)).toBe('amber');
    expect(stateOf('revenue', of(1000), of(920), true)).toBe('chance');
    expect(stateOf('revenue', of(1000), of(920))).toBe('amber');
  });

  test('are left out of the totals of what both have', () => {
    const { comparison, rows } = compare(
      [
        side('k', { A: { conversions: 1000 }, Both: { conversions: 50 } }),
        side('b', { B: { conversions: 600 }, Both: { conversions: 49 } }),
      ],
      [link({ k: 'A', b: 'B' }, true)],
    );
    expect(rows).toHaveLength(2);
    const shared = comparison.shared(1);
    expect([shared.base.conversions, shared.other.conversions]).toEqual([50, 49]);
    expect(shared.gap('conversions')).toMatchObject({ difference: -1 });
    const half = rows.filter(({ name }) => name === 'A');
    expect(comparison.shared(1, half).gap('conversions').state).toBe('unknown');
    expect(comparison.onlyIn(0, 1)).toBeNull();
  });

  test('lost nothing to each other: no bots, unique clicks or statuses explain a gap, other reports do', () => {
    const many = { clicks: 10_000, uniqueClicks: 7000, bots: 3000, conversions: 300, hold: 0 };
    const few = { clicks: 7100, bots: 100, conversions: 260, sales: 260, hold: 40 };
    const later = { ...facts, basis: 'postback' as const };
    const sides = [side('k', { A: many }), side('b', { B: few }, { report: later })];
    const keys = (split?: true) => {
      const { comparison, row } = compare(sides, [link({ k: 'A', b: 'B' }, split)]);
      return (['clicks', 'conversions'] as const).map((metric) =>
        comparison.causes(row('A'), 1, metric).map(({ key }) => key),
      );
    };
    expect(keys(true)).toEqual([[], ['cause_basis']]);
    expect(keys()).toEqual([
      ['cause_unique', 'cause_bots'],
      ['cause_hold', 'cause_basis'],
    ]);
  });

  test('are halves to each other alone: a network has the traffic of both', () => {
    const whole = side('n', { N: { conversions: 10 } }, { kind: 'network', ofOffer: false });
    const sides = [side('k', { A: { conversions: 10 } }), side('b', { B: {} }), whole];
    const { comparison, row } = compare(sides, [link({ k: 'A', b: 'B', n: 'N' }, true)]);
    expect([1, 2].map((other) => comparison.pairing(row('A'), other))).toEqual([
      'different',
      'same',
    ]);
    expect(comparison.shared(2).base.conversions).toBe(10);
  });
});

describe('a link of split traffic', () => {
  const sides = [
    side('k', { Summer: { clicks: 1 } }),
    side('b', { Half: { clicks: 2 } }),
    side('r', { Summer: { clicks: 4 } }),
    side('s', { summer: { clicks: 8 } }),
  ];
  const rowsOf = (of: readonly ComparedSide[], split?: true) =>
    joinSides(of, [link({ k: 'Summer', b: 'Half' }, split)]).map((row) => [
      row.split ?? false,
      row.cells.map((cell) => cell?.metrics.clicks ?? null),
    ]);

  test('takes nothing in by name; another one does', () => {
    expect(rowsOf(sides)).toEqual([[false, [1, 2, 4, 8]]]);
    expect(rowsOf(sides, true)).toEqual([
      [true, [1, 2, null, null]],
      [false, [null, null, 4, 8]],
    ]);
    // Neither where its other half is not among the sides.
    expect(rowsOf(sides.toSpliced(1, 1), true)).toEqual([
      [true, [1, null, null]],
      [false, [null, 4, 8]],
    ]);
  });

  test('counts all its campaigns where every campaign is counted once', () => {
    const countedOf = (split?: true) =>
      countedOnce(joinSides(sides.slice(0, 2), [link({ k: 'Summer', b: 'Half' }, split)]), 2).map(
        (ids) => [...ids],
      );
    expect(countedOf(true)).toEqual([['Summer'], ['Half']]);
    expect(countedOf()).toEqual([['Summer'], []]);
  });

  test('sends the traffic of all its campaigns to their offer, and no doubt about it', () => {
    const offers = [
      trackerSide('k', [['keto', 'Summer', { clicks: 1000, revenue: 300 }]]),
      trackerSide('b', [['keto', 'Half', { clicks: 980, revenue: 280 }]]),
      networkSide('n', { keto: { clicks: 1980, revenue: 580 } }),
    ];
    const sentBy = (split?: true) => {
      const [row] = joinOffers(offers, [link({ k: 'Summer', b: 'Half' }, split)]);
      const sent = sumSent(row?.senders ?? [], offers, []);
      return [row?.senders.length, sent?.metrics.clicks, sent?.metrics.revenue, sent?.hindered];
    };
    expect(sentBy(true)).toEqual([2, 1980, 580, []]);
    expect(sentBy()).toEqual([1, 1000, 300, []]);
  });
});
