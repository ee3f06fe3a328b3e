import { expect, test } from 'vitest';
import type { ReportFacts } from '../../../lib/compare/comparable.ts';
import {
  type ComparedSide,
  type Comparison,
  createComparison,
} from '../../../lib/compare/comparison.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';

const NOW = Date.parse('2026-08-02T12:00:00Z');
const range = { from: '2026-08-01', to: '2026-08-02', zone: 'UTC' };
const facts: ReportFacts = {
  ...{ zone: 'UTC', currency: 'USD', basis: 'visit', fetchedAt: NOW, complete: true },
};

type Change = Partial<ComparedSide> & { facts?: Partial<ReportFacts> };
function side({ facts: change, ...rest }: Change): ComparedSide {
  const report = { ...facts, ...change };
  return {
    ...{ connection: '', currency: report.currency, rows: [], kind: 'tracker', report },
    ...rest,
  };
}

/** Each reason for which a gap is not judged: key and sides. */
function said(
  base: Change,
  other: Change,
  metrics: ReadonlyArray<Partial<Metrics>> = [],
  metric: Parameters<Comparison['gap']>[2] = 'revenue',
) {
  const [left, right] = [0, 1].map((at) => ({
    metrics: metricsOf({ clicks: 10, revenue: 5, conversions: 1, ...metrics[at] }),
  }));
  const row = { cells: [left ?? null, right ?? null] };
  const comparison = createComparison({
    ...{ sides: [side(base), side(other)], rows: [], range, now: NOW },
  });
  return comparison.gap(row, 1, metric).hindrances.map((hindrance) => {
    const { key, values } = comparison.unjudged(hindrance, 1, metric, row);
    return [key, ...values.map((value) => (typeof value === 'object' ? value.side : value))];
  });
}

const old = { fetchedAt: NOW - 3_600_000 };
test.each<readonly [Change, Change, string[][]]>([
  [{}, { facts: { complete: false } }, [['unjudged_incomplete', 'other']]],
  [{ facts: { complete: false } }, {}, [['unjudged_incomplete', 'base']]],
  [
    { facts: { complete: false } },
    { facts: { complete: false } },
    [['unjudged_incompleteBoth', 'base', 'other']],
  ],
  // A sum of several reports.
  [{ also: [{ ...facts, complete: false }] }, {}, [['unjudged_incomplete', 'base']]],
  // It is not known which tracker lacks something.
  [{ hindered: ['incomplete'] }, {}, [['hindrance_incomplete']]],
  [{}, { facts: old }, [['unjudged_age', 'other']]],
  [{ facts: old }, {}, [['unjudged_age', 'base']]],
  [{}, { facts: { basis: 'postback' } }, [['unjudged_basis', 'base', 'other']]],
  [{ facts: { basis: 'postback' } }, {}, [['unjudged_basis', 'other', 'base']]],
  // Its trackers date them either way.
  [
    { also: [{ ...facts, basis: 'postback' }] },
    { facts: { basis: 'postback' } },
    [['hindrance_basis']],
  ],
  [{}, { facts: { zone: 'Asia/Tokyo' } }, [['unjudged_days', 'base', 'other']]],
  [{}, { facts: { currency: 'EUR' } }, [['unjudged_currency', 'base', 'USD', 'other', 'EUR']]],
  [{ hindered: ['currency'] }, {}, [['hindrance_currency']]],
  [{ ofOffer: true }, {}, [['unjudged_offer', 'base', 'other']]],
  [{}, { ofOffer: true }, [['unjudged_offer', 'other', 'base']]],
  // Of what was sent, each of two networks got a part.
  [
    { ofOffer: true, hindered: ['offer'] },
    { kind: 'network' },
    [['unjudged_offer', 'base', 'other']],
  ],
  [{}, { hindered: ['split'] }, [['unjudged_split', 'base', 'other']]],
  [{ hindered: ['twice', 'networks'] }, {}, [['hindrance_twice'], ['hindrance_networks']]],
])('the side that it is of is named: %j, %j', (base, other, expected) => {
  expect(said(base, other)).toEqual(expected);
});

test('a sum that is partial is that of its side', () => {
  const part = { partial: ['revenue'] } as const;
  expect(said({}, {}, [part, {}])).toEqual([['unjudged_partial', 'base']]);
  expect(said({}, {}, [{}, part])).toEqual([['unjudged_partial', 'other']]);
  expect(said({}, {}, [part, part])).toEqual([['unjudged_partialBoth', 'base', 'other']]);
  expect(said({}, {}, [part, {}], 'conversions')).toEqual([]);
});

test('of a whole table a sum is partial on no side that is known', () => {
  const comparison = createComparison({
    ...{ sides: [side({}), side({})], rows: [], range, now: NOW },
  });
  expect(comparison.unjudged('partial', 1, 'revenue').key).toBe('hindrance_partial');
});

test('what was sent to offers is not told by the tracker', () => {
  const network: Change = { kind: 'network', ofOffer: true };
  const tracker: Change = { ofOffer: true };
  expect(said(tracker, network, [], 'clicks')).toEqual([['unjudged_sent', 'base']]);
  expect(said(network, tracker, [], 'clicks')).toEqual([['unjudged_sent', 'other']]);
});
