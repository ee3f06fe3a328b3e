import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { likelyCauses } from '../../../lib/compare/causes.ts';
import { judgeGap } from '../../../lib/compare/gap.ts';
import { gapOf, joinSides, sortRows } from '../../../lib/compare/join.ts';
import { join, type Link, linkOf, memberOn, unlink } from '../../../lib/compare/links.ts';
import { normaliseName, proposeLinks, similarity } from '../../../lib/compare/names.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';

describe('a gap', () => {
  test('is negative when the other side has less', () => {
    expect(judgeGap({ metric: 'clicks', base: 12_480, other: 12_102 })).toMatchObject({
      difference: -378,
      gap: -378 / 12_480,
      state: 'green',
    });
  });

  test.each([
    ['clicks', 10_000, 9_100, 'green'],
    ['clicks', 10_000, 8_700, 'amber'],
    ['clicks', 10_000, 8_000, 'red'],
    ['conversions', 100_000, 97_000, 'amber'],
    ['conversions', 100_000, 90_000, 'red'],
  ] as const)('of %s, %i against %i, is %s', (metric, base, other, state) => {
    expect(judgeGap({ metric, base, other }).state).toBe(state);
  });

  test('of small numbers is never red: the noise excuses it', () => {
    expect(judgeGap({ metric: 'conversions', base: 10, other: 6 }).state).toBe('green');
    expect(judgeGap({ metric: 'conversions', base: 1, other: 0 }).state).toBe('green');
  });

  test('of money takes its noise from what is counted', () => {
    const few = metricsOf({ conversions: 5 });
    const many = metricsOf({ conversions: 50_000 });
    const money = { metric: 'revenue', base: 100, other: 80 } as const;
    expect(judgeGap({ ...money, baseMetrics: few, otherMetrics: few }).state).toBe('green');
    expect(judgeGap({ ...money, baseMetrics: many, otherMetrics: many }).state).toBe('red');
  });

  test('with an unknown side is unknown, and against nothing is judged by the noise', () => {
    expect(judgeGap({ metric: 'clicks', base: null, other: 5 }).state).toBe('unknown');
    expect(judgeGap({ metric: 'clicks', base: 0, other: 0 })).toMatchObject({
      gap: 0,
      state: 'green',
    });
    expect(judgeGap({ metric: 'clicks', base: 0, other: 400 })).toMatchObject({
      gap: null,
      state: 'red',
    });
  });
});

describe('names', () => {
  test.each([
    ['Summer push DE', '  summer   PUSH-de '],
    ['Nutra FR native', 'nutra_fr_native'],
    ['Ｗｉｄｅ', 'wide'],
    ['a\u202Eb', 'ab'],
  ])('%j and %j are the same', (a, b) => {
    expect(normaliseName(a)).toBe(normaliseName(b));
  });

  test('an only namesake is proposed as the same, several only as similar', () => {
    const from = [{ id: '1', name: 'Summer DE' }];
    expect(
      proposeLinks(from, [
        { id: 'a', name: 'summer de' },
        { id: 'b', name: 'Other' },
      ]),
    ).toEqual([expect.objectContaining({ to: { id: 'a', name: 'summer de' }, how: 'name' })]);
    const twins = proposeLinks(from, [
      { id: 'a', name: 'summer de' },
      { id: 'b', name: 'SUMMER DE' },
    ]);
    expect(twins.map(({ how }) => how)).toEqual(['similar', 'similar']);
  });

  test('nameless campaigns are never matched', () => {
    expect(proposeLinks([{ id: '1', name: '' }], [{ id: 'a', name: '  ' }])).toEqual([]);
  });

  test('likeness is symmetric and within 0 and 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const likeness = similarity(a, b);
        expect(likeness).toBeGreaterThanOrEqual(0);
        expect(likeness).toBeLessThanOrEqual(1);
        expect(similarity(b, a)).toBeCloseTo(likeness, 10);
      }),
    );
  });
});

describe('links', () => {
  const member = (connection: string, campaignId = '1') => ({
    connection,
    campaignId,
    name: campaignId,
  });
  const made = { id: 'new', how: 'hand', at: 5 } as const;

  test('join, merge and part', () => {
    const two = join([], member('k'), member('b'), made);
    const three = join(two, member('b'), member('r'), { ...made, id: 'other' });
    expect(three).toHaveLength(1);
    const link = linkOf(three, 'r', '1');
    expect(link && memberOn(link, 'k')?.campaignId).toBe('1');
    expect(unlink(three, 'b', '1')[0]?.members.map(({ connection }) => connection)).toEqual([
      'k',
      'r',
    ]);
    expect(unlink(two, 'b', '1')).toEqual([]);
  });

  test('a new choice on a connection replaces the old one', () => {
    const first = join([], member('k'), member('b', '1'), made);
    const second = join(first, member('k'), member('b', '2'), made);
    expect(second[0]?.members.find(({ connection }) => connection === 'b')?.campaignId).toBe('2');
  });

  test('two campaigns of one connection, or two that disagree on a third, are refused', () => {
    expect(() => join([], member('k', '1'), member('k', '2'), made)).toThrow();
    const links: Link[] = [
      { id: 'x', how: 'hand', createdAt: 0, members: [member('k'), member('r', '1')] },
      { id: 'y', how: 'hand', createdAt: 0, members: [member('b'), member('r', '2')] },
    ];
    expect(() => join(links, member('k'), member('b'), made)).toThrow();
  });
});

describe('joined rows', () => {
  const side = (connection: string, rows: Array<[string, string, number]>, currency = 'USD') => ({
    connection,
    currency,
    rows: rows.map(([id, name, clicks]) => ({
      id,
      name,
      metrics: metricsOf({ clicks, cost: clicks }),
    })),
  });

  test('are joined by links first, then by an unambiguous name', () => {
    const links: Link[] = [
      {
        id: 'l',
        how: 'hand',
        createdAt: 0,
        members: [
          { connection: 'k', campaignId: '2', name: '' },
          { connection: 'b', campaignId: '9', name: '' },
        ],
      },
    ];
    const rows = joinSides(
      [
        side('k', [
          ['1', 'Summer', 10],
          ['2', 'VPN', 20],
          ['3', 'Twin', 1],
          ['4', 'twin', 1],
        ]),
        side('b', [
          ['7', 'summer', 9],
          ['9', 'Pops', 18],
          ['8', 'Twin', 1],
        ]),
      ],
      links,
    );
    const cells = rows.map(({ cells: both }) => both.map((cell) => cell?.id ?? null));
    expect(cells).toContainEqual(['1', '7']);
    expect(cells).toContainEqual(['2', '9']);
    expect(cells).toContainEqual(['3', null]);
    expect(cells).toContainEqual([null, '8']);
  });

  test('no row is lost or doubled, whatever the names', () => {
    const rows = fc.array(fc.string({ maxLength: 4 }), { maxLength: 30 });
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const sides = [a, b].map((names, at) =>
          side(
            String(at),
            names.map((name, index) => [`${at}-${index}`, name, 1]),
          ),
        );
        const ids = joinSides(sides, []).flatMap(({ cells }) =>
          cells.flatMap((cell) => cell?.id ?? []),
        );
        expect(ids.sort()).toEqual(
          sides.flatMap(({ rows: all }) => all.map(({ id }) => id)).sort(),
        );
      }),
    );
  });

  test('money of two currencies has no gap', () => {
    const sides = [side('k', [['1', 'A', 10]]), side('b', [['2', 'A', 5]], 'EUR')];
    const [row] = joinSides(sides, []);
    if (!row) throw new Error('no row');
    expect(gapOf(row, sides, 0, 1, 'cost').gap).toBeNull();
    expect(gapOf(row, sides, 0, 1, 'clicks').gap).toBe(-0.5);
  });

  test('unknown values sort last both ways', () => {
    const values = [3, null, 1, 2];
    expect(sortRows(values, (value) => value, true)).toEqual([3, 2, 1, null]);
    expect(sortRows(values, (value) => value, false)).toEqual([1, 2, 3, null]);
  });
});

test('causes are named in the order of the check list', () => {
  const report = {
    zone: 'Europe/Madrid',
    currency: 'USD',
    basis: 'visit',
    complete: true,
    fetchedAt: 0,
  } as const;
  const causes = likelyCauses(
    { report, metrics: metricsOf({ clicks: 100, bots: 5 }) },
    {
      report: {
        ...report,
        zone: 'America/New_York',
        currency: 'EUR',
        basis: 'postback',
        complete: false,
        fetchedAt: 3_600_000,
      },
      metrics: metricsOf({ clicks: 90, bots: 2, hold: 9, rejected: 2 }),
    },
    { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' },
  );
  expect(causes.map(({ key }) => key)).toEqual([
    'cause_zone',
    'cause_bots',
    'cause_hold',
    'cause_rejected',
    'cause_currency',
    'cause_basis',
    'cause_incomplete',
    'cause_age',
  ]);
  expect(causes[0]?.values).toEqual(['−6', 'Europe/Madrid', 'America/New_York']);
});

test('bots that one side does not tell are not taken for none', () => {
  const report = {
    zone: 'UTC',
    currency: 'USD',
    basis: 'visit',
    complete: true,
    fetchedAt: 0,
  } as const;
  const causes = (theirs: number | null) =>
    likelyCauses(
      { report, metrics: metricsOf({ clicks: 100, bots: 5 }) },
      { report, metrics: metricsOf({ clicks: 90, bots: theirs }) },
      { from: '2026-08-01', to: '2026-08-01', zone: 'UTC' },
    );
  expect(causes(null)).toEqual([{ key: 'cause_bots_untold', values: [5] }]);
  expect(causes(5)).toEqual([]);
});
