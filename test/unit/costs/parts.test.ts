import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partsUnder, scaleParts } from '../../../lib/costs/parts.ts';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import type { JournalState } from '../../../lib/journal/record.ts';

const update: CostUpdate = {
  connection: 'c',
  campaignId: '7',
  campaignName: 'Summer',
  range: { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' },
  mode: 'total',
  amount: 100,
  currency: 'USD',
  rate: null,
  token: null,
  uniqueOnly: false,
};
const earlier = (
  change: Partial<CostUpdate>,
  expected: number,
  state = 'verified',
  undoes: string | null = null,
) => ({ order: { ...update, ...change }, expected, state, undoes });
const part = (value: string, expected: number, state?: string) =>
  earlier({ token: { slot: 1, value } }, expected, state);
const days = (from: string, to: string) => ({ range: { from, to, zone: 'Europe/Madrid' } });

describe('the parts that an update of all clicks overwrites', () => {
  test('are the last costs of each token value, summed by slot', () => {
    const other = earlier({ token: { slot: 2, value: 'x' } }, 3);
    expect(partsUnder(update, [part('a', 10), part('b', 5), other, part('a', 99)])).toEqual([
      { slot: 1, count: 2, sum: 15 },
      { slot: 2, count: 1, sum: 3 },
    ]);
  });

  test('of several days count a value once and add up its costs', () => {
    const on = (day: string) => earlier({ token: { slot: 1, value: 'a' }, ...days(day, day) }, 4);
    expect(partsUnder(update, [on('2026-08-01'), on('2026-08-02')])).toEqual([
      { slot: 1, count: 1, sum: 8 },
    ]);
  });

  test.each([
    ['of another campaign', earlier({ token: { slot: 1, value: 'a' }, campaignId: '8' }, 10)],
    ['of another connection', earlier({ token: { slot: 1, value: 'a' }, connection: 'd' }, 10)],
    [
      'of other days',
      earlier({ token: { slot: 1, value: 'a' }, ...days('2026-08-03', '2026-08-04') }, 10),
    ],
    [
      'of earlier days',
      earlier({ token: { slot: 1, value: 'a' }, ...days('2026-07-30', '2026-07-31') }, 10),
    ],
    ['that took one back', earlier({ token: { slot: 1, value: 'a' } }, 10, 'verified', 'r1')],
  ])('are not those %s', (_, one) => {
    expect(partsUnder(update, [one])).toEqual([]);
  });

  test.each<[JournalState, boolean]>([
    // It will be sent, may be there, or is.
    ['planned', true],
    ['sending', true],
    ['accepted', true],
    ['unknown', true],
    ['verified', true],
    ['cannotTell', true],
    ['mismatch', true],
    // It left, and nobody could look what became of it.
    ['notKnown', true],
    // It never arrived, never left, was overwritten or taken back.
    ['failed', false],
    ['notSent', false],
    ['superseded', false],
    ['cancelled', false],
    ['undone', false],
  ])('that are %s are among them: %s', (state, are) => {
    expect(partsUnder(update, [part('a', 10, state)])).toHaveLength(are ? 1 : 0);
  });

  test('are not those that an update of all clicks has overwritten since', () => {
    expect(partsUnder(update, [earlier({}, 50), part('a', 10)])).toEqual([]);
    expect(partsUnder(update, [earlier({}, 50, 'failed'), part('a', 10)])).toHaveLength(1);
    expect(partsUnder(update, [part('a', 10), earlier({}, 50)])).toHaveLength(1);
  });

  test('are those of an undo that restored a split, over the whole that it began with', () => {
    const of = (one: ReturnType<typeof earlier>) => ({ ...one, undoes: 'r1', group: {} });
    expect(
      partsUnder(update, [of(part('a', 30)), of(earlier({}, 50)), part('a', 10), part('b', 5)]),
    ).toEqual([{ slot: 1, count: 1, sum: 30 }]);
  });

  test('are none for an update of one token value', () => {
    expect(partsUnder({ ...update, token: { slot: 1, value: 'b' } }, [part('a', 10)])).toEqual([]);
  });
});

describe('scaled parts', () => {
  test('keep their ratio', () => {
    expect(
      scaleParts(
        [
          { value: 'a', cost: 30 },
          { value: 'b', cost: 10 },
          { value: 'c', cost: 0 },
        ],
        80,
      ),
    ).toEqual([
      { value: 'a', cost: 60 },
      { value: 'b', cost: 20 },
    ]);
  });

  test('leave the cost of clicks without a value, which cannot be set', () => {
    expect(
      scaleParts(
        [
          { value: 'a', cost: 30 },
          { value: '', cost: 10 },
        ],
        70,
      ),
    ).toEqual([{ value: 'a', cost: 60 }]);
  });

  test('cost nothing where what cannot be set costs all of it already', () => {
    const parts = [
      { value: 'a', cost: 30 },
      { value: '', cost: 10 },
    ];
    expect(scaleParts(parts, 10)).toEqual([{ value: 'a', cost: 0 }]);
  });

  test.each([
    [
      'a cost is unknown',
      [
        { value: 'a', cost: 30 },
        { value: 'b', cost: null },
      ],
      80,
    ],
    ['none has a cost', [{ value: 'a', cost: 0 }], 80],
    [
      'what cannot be set costs more already',
      [
        { value: 'a', cost: 1 },
        { value: '', cost: 90 },
      ],
      80,
    ],
  ])('are none when %s', (_, parts, total) => {
    expect(scaleParts(parts, total)).toBeNull();
  });

  test('always add up to the total', () => {
    const money = fc.integer({ min: 1, max: 10_000_000 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(
        fc.array(money, { minLength: 1, maxLength: 50 }),
        money,
        money,
        (costs, kept, more) => {
          const parts = costs.map((cost, index) => ({ value: String(index), cost }));
          const scaled = scaleParts([...parts, { value: '', cost: kept }], kept + more) ?? [];
          const sum = scaled.reduce((all, { cost }) => all + cost, kept);
          expect(sum).toBeCloseTo(kept + more, 4);
        },
      ),
    );
  });
});
