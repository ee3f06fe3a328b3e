import { expect, test } from 'vitest';
import { createComparison } from '../../../lib/compare/comparison.ts';
import { type Grouping, joinValues } from '../../../lib/compare/groupings.ts';
import { joinSides, type Side } from '../../../lib/compare/join.ts';
import { reportedOnly, withSilent, withSilentValues } from '../../../lib/compare/silent.ts';
import { type Metrics, metricsOf, NO_METRICS } from '../../../lib/report/metrics.ts';

const range = { from: '2026-08-01', to: '2026-08-07', zone: 'UTC' };
const report = {
  counted: ['clicks', 'conversions'],
  zone: 'UTC',
  currency: 'USD',
  basis: 'visit',
  complete: true,
  fetchedAt: Date.UTC(2026, 7, 20),
} as const;
const NONE = metricsOf({ clicks: 0, conversions: 0 });

const rowsOf = (of: Record<string, Partial<Metrics>>): Side['rows'] =>
  Object.entries(of).map(([id, metrics]) => ({ id, name: id, metrics: metricsOf(metrics) }));
const side = (
  connection: string,
  rows: Side['rows'],
  of: { complete: boolean } | null = report,
) => ({
  ...{ connection, currency: 'USD', kind: 'tracker' as const, rows },
  report: of && { ...report, complete: of.complete },
});

test('a campaign without a row has 0 of what a complete report counts, and nothing known otherwise', () => {
  const rows = rowsOf({ a: { clicks: 5, cost: 1 } });
  const there = ['a', 'b', 'b'].map((id) => ({ id, name: `${id} there` }));
  expect(withSilent(rows, there, report)).toEqual([
    ...rows,
    { id: 'b', name: 'b there', metrics: NONE },
  ]);
  for (const unknown of [null, { ...report, complete: false }]) {
    expect(withSilent(rows, there, unknown).at(-1)?.metrics).toEqual(NO_METRICS);
  }
  expect(withSilent(rows, [], report)).toBe(rows);
});

test('a campaign that has stopped on one side is red there, and in the totals', () => {
  const reported = [
    rowsOf({ Summer: { clicks: 1000, conversions: 60 }, Winter: { clicks: 500, conversions: 30 } }),
    rowsOf({ Winter: { clicks: 500, conversions: 30 } }),
  ];
  const there = ['Summer', 'Winter', 'Old'].map((id) => ({ id, name: id }));
  const sides = reported.map((rows, at) => side(String(at), withSilent(rows, there, report)));
  const rows = reportedOnly(joinSides(sides, []), reported);
  // What nobody had is no row.
  expect(rows.map(({ name }) => name)).toEqual(['Summer', 'Winter']);
  const comparison = createComparison({ sides, rows, range, now: Date.UTC(2026, 7, 21) });
  const [stopped] = rows;
  if (!stopped) throw new Error('no row');
  expect(comparison.gap(stopped, 1, 'conversions')).toMatchObject({ gap: -1, state: 'red' });
  expect(comparison.shared(1).gap('clicks')).toMatchObject({ difference: -1000, state: 'red' });
  expect(comparison.onlyIn(0, 1)).toBeNull();
});

test('a name that a second campaign bears, though it did nothing, joins none', () => {
  const reported = [
    rowsOf({ Summer: { clicks: 10 } }),
    [{ id: '2', name: 'Summer', metrics: NONE }],
  ];
  const [left = [], right = []] = reported;
  const twins = [...right, { id: '3', name: 'Summer' }];
  const joined = (there: ReadonlyArray<{ id: string; name: string }>) =>
    reportedOnly(
      joinSides([side('k', left), side('b', withSilent(right, there, report))], []),
      reported,
    ).map(({ by }) => by);
  expect(joined([])).toEqual(['exact']);
  expect(joined(twins)).toEqual(['alone', 'alone']);
});

const joinedBy = (
  grouping: Grouping,
  left: Side['rows'],
  right: Side['rows'],
  change: Partial<Record<keyof typeof report, unknown>> = {},
) => {
  const parts = [side('k', left), side('b', right)].map((one) => ({
    ...one,
    report: { ...report, ...change } as typeof report,
  }));
  return withSilentValues(joinValues(parts), grouping, parts, range).map(({ name, by, cells }) => [
    name,
    by,
    ...cells.map((cell) => cell?.metrics.clicks ?? null),
  ]);
};

test('a day, an hour or a country that a complete report leaves out had nothing', () => {
  const some = (...ids: string[]) =>
    rowsOf(Object.fromEntries(ids.map((id) => [id, { clicks: 7 }])));
  expect(joinedBy('day', some('2026-08-01', '2026-08-02'), some('2026-08-01'))).toEqual([
    ['2026-08-01', 'exact', 7, 7],
    ['2026-08-02', 'exact', 7, 0],
  ]);
  expect(joinedBy('hour', some('9'), some('9', '23'))).toEqual([
    ['9', 'exact', 7, 7],
    ['23', 'exact', 0, 7],
  ]);
  expect(joinedBy('country', some('DE', ''), some('FR'))).toEqual([
    ['DE', 'exact', 7, 0],
    ['', 'exact', 7, 0],
    ['FR', 'exact', 0, 7],
  ]);
});

test('other values may stand under another name, and a part of a report says nothing of the rest', () => {
  const [one, other] = [rowsOf({ phone: { clicks: 7 } }), rowsOf({ mobile: { clicks: 7 } })];
  for (const grouping of ['deviceType', 'os', 'browser', 'placement'] as const) {
    expect(joinedBy(grouping, one, other)).toEqual([
      ['phone', 'alone', 7, null],
      ['mobile', 'alone', null, 7],
    ]);
  }
  const [de, fr] = [rowsOf({ DE: { clicks: 7 } }), rowsOf({ FR: { clicks: 7 } })];
  expect(joinedBy('country', de, fr, { complete: false })[0]).toEqual(['DE', 'alone', 7, null]);
  // Where a country is not understood, it may be this one.
  const odd = rowsOf({ FR: { clicks: 7 }, allemagne: { clicks: 7 } });
  expect(joinedBy('country', de, odd)).toEqual([
    ['DE', 'alone', 7, null],
    ['FR', 'exact', 0, 7],
    ['allemagne', 'alone', null, 7],
  ]);
});

test('a day or an hour that began after a report was read is unknown', () => {
  const [none, days] = [
    rowsOf({}),
    rowsOf({ '2026-08-01': { clicks: 7 }, '2026-08-02': { clicks: 7 } }),
  ];
  const read = { fetchedAt: Date.UTC(2026, 7, 1, 23, 59) };
  expect(joinedBy('day', none, days, read).map((row) => row[2])).toEqual([0, null]);
  // 2 August begins two hours earlier in Kiev's summer.
  const zone = { ...read, zone: 'Europe/Kiev' };
  expect(joinedBy('day', none, days, zone).map((row) => row[2])).toEqual([0, 0]);
  const hours = rowsOf({ '10': { clicks: 7 }, '11': { clicks: 7 }, '12': { clicks: 7 } });
  const atEleven = { fetchedAt: Date.UTC(2026, 7, 1, 11) };
  expect(joinedBy('hour', none, hours, atEleven).map((row) => row[2])).toEqual([0, 0, null]);
});
