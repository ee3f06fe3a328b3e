import { describe, expect, test } from 'vitest';
import { type ComparedSide, createComparison } from '../../../lib/compare/comparison.ts';
import { joinSides } from '../../../lib/compare/join.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';

const range = { from: '2026-08-01', to: '2026-08-07', zone: 'UTC' };
const report = {
  zone: 'UTC',
  currency: 'USD',
  basis: 'visit',
  complete: true,
  fetchedAt: Date.UTC(2026, 7, 20),
} as const;

function side(
  connection: string,
  rows: Record<string, Partial<Metrics>>,
  more: Partial<ComparedSide> = {},
): ComparedSide {
  return {
    connection,
    currency: 'USD',
    kind: 'tracker',
    report,
    rows: Object.entries(rows).map(([name, metrics]) => ({
      id: `${connection} ${name}`,
      name,
      metrics: metricsOf(metrics),
    })),
    ...more,
  };
}

function compare(...sides: ComparedSide[]) {
  const rows = joinSides(sides, []);
  const comparison = createComparison({ sides, rows, range, now: Date.UTC(2026, 7, 21) });
  const row = (name: string) => {
    const found = rows.find((each) => each.name === name);
    if (!found) throw new Error(`no row ${name}`);
    return found;
  };
  return { comparison, rows, row };
}

describe('a comparison', () => {
  test('judges money by the payouts behind it', () => {
    const few = compare(
      side('k', { A: { revenue: 100, conversions: 5 } }),
      side('b', { A: { revenue: 80, conversions: 4 } }),
    );
    expect(few.comparison.gap(few.row('A'), 1, 'revenue')).toMatchObject({
      gap: -0.2,
      state: 'chance',
    });
    const many = compare(
      side('k', { A: { revenue: 100_000, conversions: 5000 } }),
      side('b', { A: { revenue: 80_000, conversions: 4000 } }),
    );
    expect(many.comparison.gap(many.row('A'), 1, 'revenue').state).toBe('red');
  });

  test('holds a network’s clicks against those that were sent to its offers', () => {
    const ofOffer = { ofOffer: true };
    const sent = { clicks: 1000, landerViews: 600, landerClicks: 300 };
    const tracker = side('k', { A: sent }, ofOffer);
    const network = side('n', { A: { clicks: 700 } }, { kind: 'network' });
    for (const sides of [
      [tracker, network],
      [network, tracker],
    ]) {
      const { comparison, row } = compare(...sides);
      expect(comparison.gap(row('A'), 1, 'clicks')).toMatchObject({ gap: 0, state: 'green' });
    }
    const untold = compare(side('k', { A: { clicks: 1000 } }, ofOffer), network);
    expect(untold.comparison.gap(untold.row('A'), 1, 'clicks')).toEqual({
      difference: null,
      gap: null,
      state: 'unknown',
      hindrances: ['sent'],
    });
  });

  test('does not judge a campaign against a whole offer, but offers against offers', () => {
    const figures = { A: { conversions: 10 } };
    const whole = { A: { conversions: 90 } };
    const { comparison, row } = compare(side('k', figures), side('n', whole, { kind: 'network' }));
    expect(comparison.gap(row('A'), 1, 'conversions')).toMatchObject({
      gap: 8,
      state: 'unknown',
      hindrances: ['offer'],
    });
    const both = compare(
      side('k', figures, { ofOffer: true }),
      side('n', whole, { kind: 'network' }),
    );
    expect(both.comparison.gap(both.row('A'), 1, 'conversions').state).toBe('red');
    const part = compare(side('k', figures), side('n', whole, { kind: 'network', ofOffer: false }));
    expect(part.comparison.gap(part.row('A'), 1, 'conversions').state).toBe('red');
  });

  test('a sum of several reports is hindered by whatever hinders one of them, or itself', () => {
    const figures = { A: { conversions: 10, cost: 5 } };
    const other = { ...report, zone: 'Asia/Tokyo' };
    const { comparison, row } = compare(
      side('k', figures, { also: [{ ...report, basis: 'postback' }, other] }),
      side('b', figures),
    );
    expect(comparison.gap(row('A'), 1, 'conversions').hindrances).toEqual(['basis', 'days']);
    expect(comparison.gap(row('A'), 1, 'cost').hindrances).toEqual(['days']);
    const twice = compare(side('k', figures), side('b', figures, { hindered: ['twice'] }));
    expect(twice.comparison.gap(twice.row('A'), 1, 'cost')).toMatchObject({
      gap: 0,
      state: 'unknown',
      hindrances: ['twice'],
    });
  });

  test('shows but does not judge what is not comparable', () => {
    const figures = { A: { clicks: 1000, conversions: 10, revenue: 40 } };
    const other = { A: { clicks: 500, conversions: 5, revenue: 20 } };
    const { comparison, row } = compare(
      side('k', figures),
      side('b', other, { report: { ...report, basis: 'postback' } }),
      side('r', other, { currency: 'EUR', report: { ...report, currency: 'EUR' } }),
    );
    expect(comparison.gap(row('A'), 1, 'clicks').state).toBe('red');
    expect(comparison.gap(row('A'), 1, 'conversions')).toMatchObject({
      gap: -0.5,
      state: 'unknown',
      hindrances: ['basis'],
    });
    expect(comparison.gap(row('A'), 2, 'revenue')).toMatchObject({
      gap: null,
      hindrances: ['currency'],
    });
    expect(comparison.gap(row('A'), 2, 'conversions').state).toBe('red');
  });

  test('does not judge partial sums', () => {
    const { comparison, row } = compare(
      side('k', { A: { cost: 100, clicks: 10, partial: ['cost'] } }),
      side('b', { A: { cost: 50, clicks: 10 } }),
    );
    expect(comparison.gap(row('A'), 1, 'cost')).toMatchObject({
      gap: null,
      state: 'unknown',
      hindrances: ['partial'],
    });
    expect(comparison.gap(row('A'), 1, 'clicks').state).toBe('green');
  });

  test('totals what both have, and tells what only one has', () => {
    const { comparison } = compare(
      side('k', {
        A: { clicks: 1000, cost: 10 },
        B: { clicks: 200, cost: 4 },
        C: { clicks: 30, cost: 2 },
      }),
      side('b', { A: { clicks: 990 }, D: { clicks: 7 } }),
    );
    const shared = comparison.shared(1);
    expect([shared.base.clicks, shared.other.clicks]).toEqual([1000, 990]);
    expect(shared.gap('clicks')).toMatchObject({ gap: -0.01, state: 'green' });
    expect(comparison.onlyIn(0)).toMatchObject({ count: 2, metrics: { clicks: 230, cost: 6 } });
    expect(comparison.onlyIn(1)).toMatchObject({ count: 1, metrics: { clicks: 7 } });
    const one = compare(side('k', { A: { clicks: 1 } }), side('b', { A: { clicks: 1 } }));
    expect(one.comparison.onlyIn(0)).toBeNull();
    const apart = compare(side('k', { A: { clicks: 1 } }), side('b', { B: { clicks: 1 } }));
    expect(apart.comparison.shared(1).gap('clicks').difference).toBeNull();
  });

  test('a row is as bad as its worst gap', () => {
    const { comparison, row } = compare(
      side('k', { A: { clicks: 1000, conversions: 100 }, B: { clicks: 5 } }),
      side('b', { A: { clicks: 1000, conversions: 50 } }),
      side('r', { A: { clicks: 870, conversions: 100 } }),
    );
    expect(comparison.worst(row('A'), ['clicks', 'conversions'])).toBe('red');
    expect(comparison.worst(row('A'), ['clicks'])).toBe('amber');
    expect(comparison.worst(row('B'), ['clicks'])).toBe('unknown');
  });

  test('causes are those of the row’s own figures', () => {
    const { comparison, row } = compare(
      side('k', { A: { conversions: 10 } }),
      side('b', { A: { conversions: 5, rejected: 4 } }),
    );
    expect(comparison.causes(row('A'), 1, 'conversions')).toEqual([
      { key: 'cause_rejected_other', values: [4] },
    ]);
    expect(comparison.causes(row('A'), 1, 'cost')).toEqual([]);
  });
});
