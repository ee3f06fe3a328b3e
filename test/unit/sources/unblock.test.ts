import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../../lib/blacklist/columns.ts';
import { VERDICT_KINDS, type VerdictKind } from '../../../lib/blacklist/placement.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import { formats, type SourceFormat } from '../../../lib/sources/formats.ts';
import { type Blocked, type JudgedNow, unblockable } from '../../../lib/sources/unblock.ts';

const formatOf = (id: string): SourceFormat => {
  const found = formats.find((format) => format.id === id);
  if (!found) throw new Error(`There is no ${id}.`);
  return found;
};
const DAYS = { from: '2026-08-01', to: '2026-08-12', zone: 'UTC' };

/** Cut on $40 without a conversion. */
const cut = (id: string, change: Partial<Blocked> = {}): Blocked => ({
  id,
  judged: { id, clicks: 900, conversions: 0, cost: 40, revenue: 0, verdict: 'cut', loser: 0.99 },
  kind: 'zone',
  slot: 2,
  days: DAYS,
  currency: 'USD',
  ...change,
});

type Row = {
  id: string;
  clicks?: number;
  conversions?: number;
  cost?: number;
  revenue?: number;
  is: VerdictKind;
  /** What a rule of thumb says of it. */
  rule?: 'picked' | 'listed';
};
function now(rows: readonly Row[], change: Partial<JudgedNow> = {}): JudgedNow {
  return {
    columns: columnsOf(
      rows.map(({ id, is: _, rule: __, ...known }) => ({ id, metrics: metricsOf(known) })),
    ),
    members: new Map(),
    scores: {
      kinds: Uint8Array.from(rows, ({ is }) => VERDICT_KINDS.indexOf(is)),
      picked: Uint8Array.from(rows, ({ rule }) => (rule ? 1 : 0)),
      listed: Uint8Array.from(rows, ({ is, rule }) => (is === 'cut' || rule === 'listed' ? 1 : 0)),
    },
    format: formatOf('propellerads'),
    kind: 'zone',
    slot: 2,
    days: DAYS,
    currency: 'USD',
    protectedIds: new Set(),
    added: new Set(),
    ...change,
  };
}
const better = (id: string, is: VerdictKind): Row => ({
  id,
  conversions: 4,
  cost: 40,
  revenue: 16,
  is,
});
const proposed = (blocked: readonly Blocked[], judged: JudgedNow) =>
  unblockable(blocked, judged).proposed.map(({ blocked: { id }, why, row }) => [id, why, row]);
const untold = (blocked: readonly Blocked[], judged: JudgedNow) =>
  unblockable(blocked, judged).untold.map(({ id }) => id);

describe('a blocked placement', () => {
  test.each(['keep', 'wait'] as const)('is proposed once late conversions make it “%s”', (is) => {
    expect(proposed([cut('1')], now([better('9', 'cut'), better('1', is)]))).toEqual([
      ['1', 'figures', 1],
    ]);
  });

  test.each(['cut', 'unknown'] as const)('is not while its verdict is “%s”', (is) => {
    expect(proposed([cut('1')], now([better('1', is)]))).toEqual([]);
    expect(untold([cut('1')], now([better('1', is)]))).toEqual([]);
  });

  test('is not if no report names it any more', () => {
    expect(proposed([cut('1')], now([better('2', 'keep')]))).toEqual([]);
  });

  test('is not where the rules changed and the figures did not', () => {
    const same = { id: '1', conversions: 0, cost: 40, revenue: 0, is: 'wait' } as const;
    expect(proposed([cut('1')], now([same]))).toEqual([]);
    expect(proposed([cut('1')], now([{ ...same, cost: 50 }]))).toEqual([]);
  });

  test.each([
    ['a conversion', { conversions: 1 }],
    ['revenue', { revenue: 0.5 }],
    ['a lower cost', { cost: 39 }],
  ])('is where %s speaks for it', (_, change) => {
    const row = { ...better('1', 'wait'), clicks: 900, conversions: 0, revenue: 0, ...change };
    expect(proposed([cut('1')], now([row]))).toHaveLength(1);
  });

  test('is not where the tracker has lost clicks that it was judged by', () => {
    const row = { ...better('1', 'wait'), clicks: 899 };
    expect(proposed([cut('1')], now([row]))).toEqual([]);
    expect(proposed([cut('1')], now([{ ...row, cost: 9 }]))).toEqual([]);
  });

  test('is not by a lower cost of nobody knows how many clicks', () => {
    const row = { id: '1', conversions: 0, cost: 9, revenue: 0, is: 'wait' } as const;
    expect(proposed([cut('1')], now([row]))).toEqual([]);
  });

  test('is not by figures that were or are unknown', () => {
    const unknown = { ...cut('1').judged, conversions: null, revenue: null, cost: null };
    expect(proposed([cut('1', { judged: unknown })], now([better('1', 'keep')]))).toEqual([]);
    expect(proposed([cut('1')], now([{ id: '1', is: 'wait' }]))).toEqual([]);
  });

  test('is not while the rule of thumb has it on the list', () => {
    const by = (rule?: Row['rule']): Row => ({ ...better('1', 'wait'), ...(rule ? { rule } : {}) });
    expect(proposed([cut('1')], now([by('listed')]))).toEqual([]);
    // What the rule picks without a say in the list keeps nothing on it.
    expect(proposed([cut('1')], now([by('picked')]))).toHaveLength(1);
  });

  test('that only a rule of thumb put on the list is once the rule picks it no more', () => {
    const byRule = cut('1', { judged: { ...cut('1').judged, verdict: 'wait', byRule: true } });
    const is = (rule?: Row['rule'], verdict: VerdictKind = 'wait') =>
      proposed([byRule], now([{ ...better('1', verdict), ...(rule ? { rule } : {}) }]));
    expect(is()).toEqual([['1', 'figures', 0]]);
    expect(is('listed')).toEqual([]);
    expect(is('picked')).toEqual([]);
    expect(is(undefined, 'cut')).toEqual([]);
    // The rule is another, and the figures are what they were.
    const same = { id: '1', conversions: 0, cost: 40, revenue: 0, is: 'wait' } as const;
    expect(proposed([byRule], now([same]))).toEqual([]);
  });

  test('that the user blocked by hand, whatever its verdict, stays blocked', () => {
    const byHand = cut('1', { judged: { ...cut('1').judged, verdict: 'wait' } });
    expect(proposed([byHand], now([better('1', 'keep')]))).toEqual([]);
    const added = new Set(['1']);
    expect(proposed([cut('1')], now([better('1', 'keep')], { added }))).toEqual([]);
  });

  test.each([
    ['begin later', { ...DAYS, from: '2026-08-02' }],
    ['end earlier', { ...DAYS, to: '2026-08-11' }],
    ['are of another zone', { ...DAYS, zone: 'Europe/Moscow' }],
    ['are none', null],
  ])('cannot be told if the days of the list %s', (_, days) => {
    const judged = now([better('1', 'keep')], { days });
    expect(proposed([cut('1')], judged)).toEqual([]);
    expect(untold([cut('1')], judged)).toEqual(['1']);
  });

  test('can be told on more days than its own', () => {
    const days = { from: '2026-07-20', to: '2026-08-20', zone: 'UTC' };
    expect(proposed([cut('1')], now([better('1', 'keep')], { days }))).toHaveLength(1);
  });

  test('cannot be told in another currency', () => {
    const judged = now([better('1', 'keep')], { currency: 'EUR' });
    expect(proposed([cut('1')], judged)).toEqual([]);
    expect(untold([cut('1')], judged)).toEqual(['1']);
  });

  test('of another token or kind is another placement', () => {
    const judged = now([better('1', 'keep')]);
    expect(unblockable([cut('1', { slot: 3 })], judged)).toEqual({ proposed: [], untold: [] });
    expect(unblockable([cut('1', { kind: 'subzone' })], judged)).toEqual({
      proposed: [],
      untold: [],
    });
  });

  test('is found in the row that it is judged in now, together with others', () => {
    const site = cut('x.example', {
      kind: 'site',
      judged: { ...cut('').judged, id: 'https://www.X.example/' },
    });
    const judged = now([better('9', 'keep'), better('x.example', 'keep')], {
      format: formatOf('exoclick'),
      kind: null,
      members: new Map([['x.example', ['x.example', 'https://www.X.example/']]]),
    });
    expect(proposed([site], judged)).toEqual([['x.example', 'figures', 1]]);
  });

  test('that is protected is proposed, with figures or without', () => {
    const protectedIds = new Set(['1', '2']);
    const judged = now([better('1', 'cut')], { protectedIds, days: null });
    expect(proposed([cut('1'), cut('2'), cut('3')], judged)).toEqual([
      ['1', 'protected', 0],
      ['2', 'protected', null],
    ]);
  });

  test('that blocks a protected one, is proposed', () => {
    const site = cut('x.example', { kind: 'site' });
    const judged = now([], {
      format: formatOf('exoclick'),
      kind: null,
      protectedIds: new Set(['sub.x.example']),
    });
    expect(proposed([site], judged)).toEqual([['x.example', 'protected', null]]);
  });
});
