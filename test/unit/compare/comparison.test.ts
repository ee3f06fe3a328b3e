import { describe, expect, test } from 'vitest';
import { type ComparedSide, createComparison } from '../../../lib/compare/comparison.ts';
import { joinSides } from '../../../lib/compare/join.ts';
import { type Metric, type Metrics, metricsOf } from '../../../lib/report/metrics.ts';

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

  test('needs no rate for money of one currency, whatever rates there are', () => {
    const sides = [
      side('k', { A: { cost: 100, clicks: 10 } }),
      side('b', { A: { cost: 100, clicks: 10 } }),
    ];
    const rates = [{ from: 'USD', to: 'USD', rate: 2, day: '2026-08-01' }];
    const rows = joinSides(sides, []);
    const comparison = createComparison({ sides, rows, range, now: 0, rates });
    expect(comparison.rate(1)).toBeNull();
    expect(rows.map((row) => comparison.gap(row, 1, 'cost'))).toEqual([
      { difference: 0, gap: 0, state: 'green', hindrances: [] },
    ]);
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

  test('what a side is said to lack is known of the whole side', () => {
    const b = side('b', { A: { clicks: 1 } });
    const onlyInK = (other: ComparedSide) =>
      compare(side('k', { A: { clicks: 1 }, B: { clicks: 2 } }), other).comparison.onlyIn(0, 1);
    expect(onlyInK(b)?.count).toBe(1);
    expect(onlyInK({ ...b, report: null, rows: [] })).toBeNull();
    expect(onlyInK({ ...b, report: { ...report, complete: false } })).toBeNull();
    // A list of campaigns is known apart from the report.
    expect(onlyInK({ ...b, isWhole: false })).toBeNull();
    expect(onlyInK({ ...b, report: null, isWhole: true })?.count).toBe(1);
  });

  test('a row of which one side tells nothing is in no total', () => {
    const { comparison } = compare(
      side('k', { A: { clicks: 10 }, B: { clicks: 20 } }),
      side('b', { A: { clicks: 9 }, B: {} }),
    );
    const { base, other } = comparison.shared(1);
    expect([base.clicks, other.clicks, other.partial]).toEqual([10, 9, []]);
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
    expect(comparison.onlyIn(0, 1)).toMatchObject({ count: 2, metrics: { clicks: 230, cost: 6 } });
    expect(comparison.onlyIn(1, 0)).toMatchObject({ count: 1, metrics: { clicks: 7 } });
    const one = compare(side('k', { A: { clicks: 1 } }), side('b', { A: { clicks: 1 } }));
    expect(one.comparison.onlyIn(0, 1)).toBeNull();
    // Of three, each pair has its own.
    const three = compare(
      side('k', { A: { clicks: 1 }, B: { clicks: 2 }, C: { clicks: 4 } }),
      side('b', { A: { clicks: 1 }, B: { clicks: 2 }, C: { clicks: 4 } }),
      side('r', { A: { clicks: 1 } }),
    ).comparison;
    expect(three.onlyIn(0, 1)).toBeNull();
    expect(three.onlyIn(0, 2)).toMatchObject({ count: 2, metrics: { clicks: 6 } });
    expect(three.onlyIn(2, 0)).toBeNull();
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
      { key: 'cause_rejected', values: [{ side: 'other' }, 4] },
    ]);
    expect(comparison.causes(row('A'), 1, 'cost')).toEqual([]);
  });
});

describe('which clicks a network is held against', () => {
  const part = { kind: 'network', ofOffer: false } as const;
  const gapOf = (sides: [ComparedSide, ComparedSide], metric: Metric = 'clicks') => {
    const { comparison, row } = compare(...sides);
    return comparison.gap(row('A'), 1, metric);
  };

  test('between trackers all clicks count, and so they do between networks', () => {
    const [one, other] = [{ clicks: 900, landerViews: 900 }, { clicks: 900 }];
    for (const more of [{}, part]) {
      const gap = gapOf([side('a', { A: one }, more), side('b', { A: other }, more)]);
      expect(gap).toEqual({ difference: 0, gap: 0, state: 'green', hindrances: [] });
    }
  });

  test('what was sent cannot be told on either side of the table; clicks that nobody tells are just unknown', () => {
    const untold = side('k', { A: { clicks: 1000, conversions: 5 } });
    const network = side('n', { A: { clicks: 700, conversions: 5 } }, part);
    const pairs: Array<[ComparedSide, ComparedSide]> = [
      [untold, network],
      [network, untold],
    ];
    for (const sides of pairs) {
      expect(gapOf(sides).hindrances).toEqual(['sent']);
      expect(gapOf(sides, 'conversions')).toMatchObject({ state: 'green', hindrances: [] });
    }
    const silent = side('k', { A: {} });
    expect(gapOf([silent, network]).hindrances).toEqual([]);
    expect(gapOf([network, silent]).hindrances).toEqual([]);
    const mute = side('n', { A: {} }, part);
    const sent = side('k', { A: { clicks: 9, landerViews: 0, landerClicks: 0 } });
    expect(gapOf([sent, mute]).hindrances).toEqual([]);
  });

  test('bots and unique clicks explain nothing of clicks that were sent', () => {
    const figures = { clicks: 1000, uniqueClicks: 700, bots: 300, landerViews: 0, landerClicks: 0 };
    const tracker = side('k', { A: figures });
    const causes = (...sides: [ComparedSide, ComparedSide]) => {
      const { comparison, row } = compare(...sides);
      return comparison.causes(row('A'), 1, 'clicks').map(({ key }) => key);
    };
    const fewer = { A: { clicks: 700 } };
    expect(causes(tracker, side('b', fewer))).toEqual(['cause_unique', 'cause_bots_untold']);
    expect(causes(tracker, side('n', fewer, part))).toEqual([]);
    expect(causes(side('n', fewer, part), tracker)).toEqual([]);
  });
});

describe('gaps of a row', () => {
  test('the largest is of any side and metric, without its sign; none where nothing is known', () => {
    const { comparison, row } = compare(
      side('k', { A: { clicks: 100, conversions: 10 }, B: { clicks: 5 } }),
      side('b', { A: { clicks: 90, conversions: 7 } }),
      side('r', { A: { clicks: 120, conversions: 10 } }),
    );
    expect(comparison.largestGap(row('A'), ['clicks'])).toBeCloseTo(0.2, 12);
    expect(comparison.largestGap(row('A'), ['clicks', 'conversions'])).toBeCloseTo(0.3, 12);
    expect(comparison.largestGap(row('A'), ['cost'])).toBeNull();
    expect(comparison.largestGap(row('B'), ['clicks'])).toBeNull();
  });

  test('a gap from 0 is larger than any other', () => {
    const { comparison, row } = compare(
      side('k', { A: { clicks: 100, conversions: 0, revenue: 0 }, B: { conversions: 0 } }),
      side('b', { A: { clicks: 50, conversions: 30, revenue: 0 }, B: { conversions: 0 } }),
    );
    expect(comparison.worst(row('A'), ['conversions'])).toBe('red');
    expect(comparison.largestGap(row('A'), ['clicks', 'conversions'])).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(comparison.largestGap(row('A'), ['revenue'])).toBe(0);
    expect(comparison.largestGap(row('B'), ['conversions'])).toBe(0);
    // A ratio's gap is in points.
    expect(comparison.largestGap(row('A'), ['cr'])).toBeNull();
  });

  test.each([
    [[100], 'green'],
    [[100, 88], 'chance'],
    [[88, 100], 'chance'],
    [[100, 40, 88], 'red'],
    [[], 'unknown'],
  ] as const)('of 100 clicks against %j the worst is %s', (others, state) => {
    const { comparison, row } = compare(
      side('k', { A: { clicks: 100 } }),
      ...others.map((clicks, at) => side(`x${at}`, { A: { clicks } })),
      side('z', { Z: { clicks: 1 } }),
    );
    expect(comparison.worst(row('A'), ['cost', 'clicks'])).toBe(state);
  });

  test('follow the user’s thresholds', () => {
    const sides = [side('k', { A: { clicks: 10_000 } }), side('b', { A: { clicks: 9_000 } })];
    const rows = joinSides(sides, []);
    const thresholds = { clicks: { green: 0, amber: 0.001 } };
    const comparison = createComparison({ sides, rows, range, now: 0, thresholds });
    expect(rows.map((row) => comparison.gap(row, 1, 'clicks').state)).toEqual(['red']);
  });

  test('that only one side has are unknown, without a reason or a cause', () => {
    const { comparison, row } = compare(
      side('k', { A: { clicks: 100 } }),
      side('b', { B: { clicks: 50 } }, { report: { ...report, zone: 'Europe/Madrid' } }),
    );
    for (const name of ['A', 'B']) {
      expect(comparison.gap(row(name), 1, 'clicks')).toEqual({
        difference: null,
        gap: null,
        state: 'unknown',
        hindrances: [],
      });
      expect(comparison.causes(row(name), 1, 'clicks')).toEqual([]);
    }
    expect(comparison.shared(1).gap('clicks')).toEqual({
      difference: null,
      gap: null,
      state: 'unknown',
      hindrances: [],
    });
  });

  test('of what one side does not tell are unknown without a reason, whatever its clicks', () => {
    const { comparison, row } = compare(
      side('k', { A: { clicks: 100, revenue: 5 } }),
      side('b', { A: { clicks: 100 } }),
    );
    expect(comparison.gap(row('A'), 1, 'revenue')).toMatchObject({
      state: 'unknown',
      hindrances: [],
    });
  });

  test('are none without another side, or without a metric', () => {
    const { comparison, row } = compare(side('k', { A: { clicks: 100 } }));
    expect(comparison.worst(row('A'), ['clicks'])).toBe('unknown');
    expect(comparison.largestGap(row('A'), ['clicks'])).toBeNull();
    const two = compare(side('k', { A: { clicks: 100 } }), side('b', { A: { clicks: 9 } }));
    expect(two.comparison.worst(two.row('A'), [])).toBe('unknown');
  });

  test('of a side of which nothing is known yet are unknown, and so are its causes', () => {
    const waiting = side('b', {}, { report: null });
    const { comparison, row } = compare(side('k', { A: { clicks: 100 } }), waiting);
    expect(comparison.hindrances(1, 'clicks')).toEqual([]);
    expect(comparison.rate(1)).toBeNull();
    expect(comparison.gap(row('A'), 1, 'clicks').state).toBe('unknown');
    expect(comparison.shared(1).gap('clicks')).toMatchObject({ state: 'unknown', hindrances: [] });
  });

  test('in another currency wait for a rate; with it, the days may still hinder', () => {
    const sides = [
      side('k', { A: { cost: 100, clicks: 10 } }),
      side(
        'b',
        { A: { cost: 50, clicks: 10 } },
        { report: { ...report, currency: 'EUR', zone: 'Europe/Madrid' } },
      ),
    ];
    const rows = joinSides(sides, []);
    const rates = [{ from: 'EUR', to: 'USD', rate: 2, day: '2026-08-01' }];
    const reasons = (known: typeof rates) => {
      const comparison = createComparison({ sides, rows, range, now: 0, rates: known });
      return ['cost', 'clicks'].map((metric) => comparison.hindrances(1, metric as Metric));
    };
    expect(reasons([])).toEqual([['days', 'currency'], ['days']]);
    expect(reasons(rates)).toEqual([['days'], ['days']]);
  });
});
