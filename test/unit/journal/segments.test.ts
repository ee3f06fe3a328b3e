import { describe, expect, test } from 'vitest';
import type { JournalRecord } from '../../../lib/journal/record.ts';
import { covers, overlaps, sameSegment } from '../../../lib/journal/segments.ts';
import { plannedRecord } from './record-fixture.ts';

type Order = JournalRecord['order'];
const { order } = plannedRecord();
const days = (from: string, to: string, zone = 'Europe/Madrid') => ({ from, to, zone });

describe('two updates', () => {
  test.each<[string, Partial<Order>, boolean]>([
    ['of one day', {}, true],
    ['that share a day', { range: days('2026-07-20', '2026-08-01') }, true],
    ['of the days around', { range: days('2026-07-20', '2026-08-20') }, true],
    ['of the day before', { range: days('2026-07-31', '2026-07-31') }, false],
    ['of the day after', { range: days('2026-08-02', '2026-08-02') }, false],
    [
      'of the next day by date, the same hours by zone',
      { range: days('2026-08-02', '2026-08-02', 'Asia/Tokyo') },
      true,
    ],
    ['of a token’s value', { token: { slot: 1, value: 'a' } }, true],
    ['of another campaign', { campaignId: '8' }, false],
    ['of another connection', { connection: 'c2' }, false],
  ])('%s: may they meet in a click?', (_, of, meet) => {
    expect(overlaps(order, { ...order, ...of })).toBe(meet);
    expect(overlaps({ ...order, ...of }, order)).toBe(meet);
  });

  test.each<[string, [number, string], boolean]>([
    ['the same value', [1, 'Café'], true],
    ['one that differs in case alone', [1, 'CAFÉ'], true],
    ['one that differs in an accent alone', [1, 'Cafe'], true],
    ['one with a space after it', [1, 'Café '], true],
    ['another value', [1, 'tea'], false],
    ['another token’s value', [2, 'tea'], true],
  ])('of a token’s value and of %s: may they meet in a click?', (_, [slot, value], meet) => {
    const first = { ...order, token: { slot: 1, value: 'Café' } };
    const second = { ...order, token: { slot, value } };
    expect(overlaps(first, second)).toBe(meet);
    expect(overlaps(second, first)).toBe(meet);
  });

  test.each<[string, Partial<Order>, Partial<Order>, boolean, boolean]>([
    ['the same', {}, {}, true, true],
    ['more days', { range: days('2026-07-31', '2026-08-01') }, {}, true, false],
    ['later days', { range: days('2026-08-01', '2026-08-02') }, {}, true, false],
    ['all values against one', {}, { token: { slot: 1, value: 'a' } }, true, false],
    [
      'the same value',
      { token: { slot: 1, value: 'a' } },
      { token: { slot: 1, value: 'a' } },
      true,
      true,
    ],
    [
      'two values',
      { token: { slot: 1, value: 'a' } },
      { token: { slot: 1, value: 'b' } },
      false,
      false,
    ],
    [
      'two tokens',
      { token: { slot: 1, value: 'a' } },
      { token: { slot: 2, value: 'a' } },
      false,
      false,
    ],
    ['a day until two instants', { until: 5_000 }, { until: 4_000 }, true, false],
    ['a whole day against one until an instant', {}, { until: 4_000 }, true, false],
    ['all clicks against unique ones', {}, { uniqueOnly: true }, true, false],
    ['unique clicks, both', { uniqueOnly: true }, { uniqueOnly: true }, true, true],
    ['other campaigns', {}, { campaignId: '8' }, false, false],
  ])('%s: which sets every click of the other?', (_, first, second, there, back) => {
    const [a, b] = [
      { ...order, ...first },
      { ...order, ...second },
    ];
    expect([covers(a, b), covers(b, a)]).toEqual([there, back]);
    // Where a day that is not over ends is no matter.
    const isCut = a.until !== undefined || b.until !== undefined;
    expect(sameSegment(a, b)).toBe((there && back) || isCut);
  });
});
