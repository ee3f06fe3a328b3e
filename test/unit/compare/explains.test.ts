import { describe, expect, test } from 'vitest';
import { botsExplain, countsUniques, statusExplains } from '../../../lib/compare/explains.ts';
import { type Metric, type Metrics, metricsOf } from '../../../lib/report/metrics.ts';

type Known = Partial<Metrics>;
const both = <T>(explain: (base: Metrics, other: Metrics) => T, base: Known, other: Known): T =>
  explain(metricsOf(base), metricsOf(other));

describe('bots', () => {
  const found = (base: Known, other: Known) => both(botsExplain, base, other);

  test('explain a gap when more of them are missing than a loss takes along', () => {
    // A loss of 1,000 of 10,000 clicks takes about 50 of 500 bots along.
    const base = { clicks: 10_000, bots: 500 };
    expect(found(base, { clicks: 9_000, bots: 450 })).toBeNull();
    expect(found(base, { clicks: 9_000, bots: 440 })).toBeNull();
    expect(found(base, { clicks: 9_000, bots: 430 })).toBe('both');
    expect(found(base, { clicks: 9_500, bots: 0 })).toBe('both');
  });

  test('explain the same whichever side is the base', () => {
    const [more, less] = [
      { clicks: 10_000, bots: 500 },
      { clicks: 9_500, bots: 0 },
    ];
    expect(found(less, more)).toBe('both');
    expect(found({ clicks: 9_500, bots: 500 }, { clicks: 10_000, bots: 0 })).toBeNull();
  });

  test('explain no gap that is far smaller than they are', () => {
    expect(found({ clicks: 10_000, bots: 500 }, { clicks: 9_900, bots: 0 })).toBeNull();
  });

  test('that one side alone tells have to explain a quarter of the gap', () => {
    const base = { clicks: 10_000 };
    expect(found({ ...base, bots: 250 }, { clicks: 9_000 })).toBe('one');
    expect(found({ ...base, bots: 249 }, { clicks: 9_000 })).toBeNull();
    expect(found({ ...base, bots: 1_999 }, { clicks: 9_000 })).toBe('one');
    expect(found({ ...base, bots: 2_000 }, { clicks: 9_000 })).toBeNull();
    expect(found(base, { clicks: 9_000, bots: 600 })).toBe('one');
    expect(found(base, { clicks: 9_000 })).toBeNull();
  });

  test('explain nothing where there is no gap, or clicks are not known', () => {
    expect(found({ clicks: 100, bots: 9 }, { clicks: 100, bots: 0 })).toBeNull();
    expect(found({ clicks: 100, bots: 9 }, { bots: 0 })).toBeNull();
    // Were they 0, bots would be a good part of what is missing.
    expect(found({ clicks: 100, bots: 40 }, {})).toBeNull();
    expect(found({}, { clicks: 100, bots: 40 })).toBeNull();
  });
});

describe('unique clicks', () => {
  const found = (base: Known, other: Known) => both(countsUniques, base, other);

  test('are what the side counts whose clicks lie nearer to them', () => {
    const all = { clicks: 100, uniqueClicks: 80 };
    expect(found(all, { clicks: 83 })).toBe('other');
    expect(found({ clicks: 83 }, all)).toBe('base');
    expect(found(all, { clicks: 95 })).toBeNull();
    expect(found(all, { clicks: 90 })).toBeNull();
  });

  test('are not what a side counts that tells them apart from its clicks', () => {
    const all = { clicks: 100, uniqueClicks: 80 };
    expect(found(all, { clicks: 83, uniqueClicks: 66 })).toBeNull();
    // It tells its clicks twice.
    expect(found(all, { clicks: 83, uniqueClicks: 83 })).toBe('other');
  });

  test('explain nothing where every click is unique', () => {
    expect(found({ clicks: 100, uniqueClicks: 100 }, { clicks: 90 })).toBeNull();
  });

  test('explain nothing where they or the clicks are not known', () => {
    expect(found({ clicks: 100 }, { clicks: 10 })).toBeNull();
    expect(found({ clicks: 10 }, { clicks: 100 })).toBeNull();
    expect(found({ clicks: 100, uniqueClicks: 80 }, {})).toBeNull();
    expect(found({ uniqueClicks: 80 }, { clicks: 83 })).toBeNull();
  });

  test('explain nothing where they are more than all clicks, which they cannot be', () => {
    expect(found({ clicks: 100, uniqueClicks: 120 }, { clicks: 115 })).toBeNull();
  });
});

describe('a status', () => {
  const found = (metric: Metric, status: 'hold' | 'rejected', base: Known, other: Known) =>
    both((a, b) => statusExplains(metric, status, a, b), base, other);
  /** It counts 100 conversions of all statuses. */
  const counting = { conversions: 100, sales: 70, hold: 20, rejected: 10, revenue: 900 };

  test('that the higher side counts explains what the other has not heard of', () => {
    const unheard = { conversions: 80, sales: 70, hold: 0, rejected: 10 };
    expect(found('conversions', 'hold', counting, unheard)).toEqual({ side: 'base', count: 20 });
    expect(found('conversions', 'hold', unheard, counting)).toEqual({ side: 'other', count: 20 });
    expect(found('conversions', 'rejected', counting, unheard)).toBeNull();
    // Whether it has is not told, and the number fits.
    expect(found('conversions', 'hold', counting, { conversions: 80 })).toEqual({
      side: 'base',
      count: 20,
    });
    expect(found('conversions', 'hold', counting, { conversions: 15 })).toBeNull();
  });

  test('that both sides count alike explains no loss', () => {
    const lossy = { conversions: 70, sales: 49, hold: 14, rejected: 7 };
    expect(found('conversions', 'hold', counting, lossy)).toBeNull();
    expect(found('conversions', 'rejected', counting, lossy)).toBeNull();
  });

  test('that the lower side leaves out explains what it lacks', () => {
    const approved = { conversions: 70, sales: 70, hold: 20, rejected: 10 };
    expect(found('conversions', 'hold', counting, approved)).toEqual({ side: 'other', count: 20 });
    // Both leave them out, in like number.
    expect(
      found('conversions', 'hold', { conversions: 90, sales: 90, hold: 22 }, approved),
    ).toBeNull();
    expect(found('conversions', 'hold', { conversions: 90, sales: 90, hold: 0 }, approved)).toEqual(
      { side: 'other', count: 20 },
    );
  });

  test('rejected earns nothing anywhere: it explains revenue where more of it was rejected', () => {
    const kept = { conversions: 100, sales: 90, rejected: 0, hold: 10, revenue: 1_000 };
    expect(found('revenue', 'rejected', kept, counting)).toEqual({ side: 'other', count: 10 });
    expect(found('roi', 'rejected', kept, counting)).toEqual({ side: 'other', count: 10 });
    expect(
      found('revenue', 'rejected', { ...kept, rejected: 9 }, { ...counting, revenue: 800 }),
    ).toBeNull();
  });

  test('explains sales, which hold neither', () => {
    expect(found('sales', 'hold', { conversions: 100, sales: 90, hold: 0 }, counting)).toEqual({
      side: 'other',
      count: 20,
    });
  });

  test('explains every metric of conversions, of sales or of revenue', () => {
    // 20 conversions on hold, each worth 9, of which the other side has not heard.
    const unheard = { conversions: 80, sales: 70, hold: 0, rejected: 10, revenue: 720 };
    const spent = { clicks: 1_000, cost: 500 };
    const explained = (metric: Metric) =>
      found(metric, 'hold', { ...counting, ...spent }, { ...unheard, ...spent });
    for (const metric of [
      ...(['conversions', 'cr', 'cpa'] as const),
      ...(['revenue', 'profit', 'roi', 'epc'] as const),
    ]) {
      expect(explained(metric), metric).toEqual({ side: 'base', count: 20 });
    }
    for (const metric of ['clicks', 'cost', 'cpc', 'leads', 'rejected'] as const) {
      expect(explained(metric), metric).toBeNull();
    }
  });

  test('rejected is what a side counts whose conversions hold it, though it earns nothing', () => {
    const unheard = { conversions: 90, sales: 70, hold: 20, rejected: 0 };
    expect(found('conversions', 'rejected', counting, unheard)).toEqual({
      side: 'base',
      count: 10,
    });
  });

  test('that one side alone tells has to explain a quarter of the gap', () => {
    const base = { conversions: 1_000 };
    // The side with less leaves out what it holds.
    const approved = (hold: number) => ({ conversions: 900, sales: 900, hold });
    expect(found('conversions', 'hold', base, approved(24))).toBeNull();
    expect(found('conversions', 'hold', base, approved(25))).toEqual({ side: 'other', count: 25 });
    // The side with more counts what it holds.
    const counted = (hold: number) => ({ conversions: 1_000, sales: 1_000 - hold, hold });
    const less = { conversions: 900 };
    expect(found('conversions', 'hold', counted(24), less)).toBeNull();
    expect(found('conversions', 'hold', counted(25), less)).toEqual({ side: 'base', count: 25 });
  });

  test('that both sides leave out explains a gap by what the lower one has more of it', () => {
    const base = { sales: 100, hold: 20 };
    // 25 sales are missing: 40 more on hold bring the sides nearer, 60 more do not.
    expect(found('sales', 'hold', base, { sales: 75, hold: 60 })).toEqual({
      side: 'other',
      count: 60,
    });
    expect(found('sales', 'hold', base, { sales: 75, hold: 80 })).toBeNull();
  });

  test('is left out where sales and leads are all that a side counts', () => {
    const base = { conversions: 100, sales: 60, leads: 20, hold: 20 };
    expect(found('conversions', 'hold', base, { ...base, conversions: 80 })).toEqual({
      side: 'other',
      count: 20,
    });
  });

  test('may be left out or not where conversions hold some statuses, but not all', () => {
    // Its 20 conversions besides sales are those on hold, or half of them and the rejected ones.
    const some = { conversions: 90, sales: 70, hold: 20, rejected: 10 };
    const held = { conversions: 80, sales: 60, hold: 20, rejected: 0 };
    expect(found('conversions', 'rejected', some, held)).toBeNull();
    // As the side with more it may count those on hold, which the other one leaves out.
    const approved = { conversions: 70, sales: 70, hold: 20, rejected: 10 };
    expect(found('conversions', 'hold', some, approved)).toEqual({ side: 'other', count: 20 });
  });

  test('may be left out or not where a side does not tell its conversions', () => {
    const untold = { sales: 70, hold: 20, revenue: 900 };
    const approved = { conversions: 70, sales: 70, hold: 20, revenue: 700 };
    expect(found('revenue', 'hold', untold, approved)).toEqual({ side: 'other', count: 20 });
  });

  test('explains nothing that is equal or unknown', () => {
    expect(found('conversions', 'hold', counting, { conversions: 100, hold: 0 })).toBeNull();
    expect(found('conversions', 'hold', counting, { hold: 0 })).toBeNull();
    // Nor where, besides, the value of a conversion is not known.
    const { conversions: _, ...untold } = counting;
    expect(found('revenue', 'rejected', { ...counting, rejected: 0 }, untold)).toBeNull();
    expect(found('revenue', 'rejected', untold, { ...counting, rejected: 0 })).toBeNull();
  });
});
