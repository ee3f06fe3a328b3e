import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Baseline,
  type CountedDay,
  judgeBaseline,
  LEAST_DAYS,
  TAIL,
} from '../../../lib/compare/baseline.ts';
import type { Counted, Pairing } from '../../../lib/compare/gap.ts';
import { addDays, type Day } from '../../../lib/report/range.ts';
import { randomFrom } from '../../simulators/model/random.ts';

const FIRST = '2026-08-01';
const counted = (base: number, other: number, unit: number | null = 1): Counted => ({
  base,
  other,
  unit,
});
const daysOf = (days: readonly Counted[]): CountedDay[] =>
  days.map((day, at) => ({ day: addDays(FIRST, at), ...day }));
const fortnight = (on: (at: number) => Counted): CountedDay[] =>
  daysOf(Array.from({ length: 14 }, (_, at) => on(at)));

const judge = (
  before: readonly CountedDay[],
  now: Counted,
  change: {
    days?: number;
    from?: Day;
    pairing?: Pairing;
    during?: readonly CountedDay[];
  } = {},
): Baseline => judgeBaseline({ before, now, days: 1, pairing: 'same', ...change });

describe('a gap beside the days before', () => {
  // Each day a little different, as if by chance.
  const lost = [38, 44, 41, 35, 47, 40, 39, 42, 45, 36, 43, 41, 37, 46];
  const before = fortnight((at) => counted(1000, 1000 - (lost[at] ?? 0)));

  test('is steady where it is as it was', () => {
    const usual = { gap: -574 / 14_000, difference: -574, days: 14 };
    expect(judge(before, counted(1000, 957))).toEqual({ kind: 'steady', usual });
    expect(judge(before, counted(7000, 6720), { days: 7 })).toEqual({ kind: 'steady', usual });
  });

  test('has changed where it is wider, narrower, or on the other side', () => {
    const usual = expect.objectContaining({ days: 14 });
    const changed = { kind: 'changed', usual, since: null };
    expect(judge(before, counted(1000, 880))).toEqual({ ...changed, wider: true });
    expect(judge(before, counted(1000, 998))).toEqual({ ...changed, wider: false });
    expect(judge(before, counted(1000, 1100))).toEqual({ ...changed, wider: true });
    expect(judge(before, counted(1000, 0))).toEqual({ ...changed, wider: true });
  });

  test('of fewer days than a week cannot be told, nor of none', () => {
    const few = before.slice(0, LEAST_DAYS - 1);
    expect(judge(few, counted(1000, 500))).toMatchObject({ kind: 'tooLittle', why: 'days' });
    expect(judge(before.slice(0, LEAST_DAYS), counted(1000, 500)).kind).toBe('changed');
    expect(judge([], counted(1000, 500))).toEqual({
      kind: 'tooLittle',
      why: 'days',
      usual: { gap: 0, difference: 0, days: 0 },
    });
  });

  test('counts days with traffic alone', () => {
    const idle = fortnight((at) => (at < 8 ? counted(0, 0) : counted(1000, 960)));
    expect(judge(idle, counted(1000, 960))).toMatchObject({ why: 'days', usual: { days: 6 } });
    expect(judge(before, counted(0, 0)).kind).toBe('tooLittle');
  });

  test('that varies as much as it is wide cannot be told from none', () => {
    const wild = fortnight((at) => counted(1000, at % 2 === 0 ? 1100 : 700));
    expect(judge(wild, counted(1000, 880))).toMatchObject({ kind: 'tooLittle', why: 'scatter' });
    // Neither if most days are alike: what is not rare does not stand out.
    const mostly = fortnight((at) => counted(1000, at % 5 < 3 ? 1100 : 700));
    expect(judge(mostly, counted(1000, 880)).kind).toBe('tooLittle');
    const single = fortnight(() => counted(1, 0));
    expect(judge(single, counted(1, 0)).kind).toBe('tooLittle');
  });

  test('is not steady because figures that vary hide how far it is from the usual one', () => {
    const few = fortnight((at) => counted(86, [86, 83, 86, 79, 84, 81, 60][at % 7] ?? 0));
    expect(judge(few, counted(195, 140), { days: 2 })).toMatchObject({
      kind: 'tooLittle',
      why: 'scatter',
    });
  });

  test('from nothing is a gap too', () => {
    const nothing = fortnight(() => counted(0, 50));
    const usual = { gap: null, difference: 700, days: 14 };
    expect(judge(nothing, counted(0, 40))).toEqual({ kind: 'steady', usual });
    expect(judge(nothing, counted(50, 50))).toMatchObject({ kind: 'changed', usual, wider: false });
    expect(
      judge(
        fortnight(() => counted(50, 50)),
        counted(0, 50),
      ),
    ).toMatchObject({
      kind: 'changed',
      usual: { gap: 0, difference: 0 },
      wider: true,
    });
  });

  test('of money whose events nobody counts cannot be told', () => {
    const unknown = fortnight(() => counted(1000, 900, null));
    expect(judge(unknown, counted(1000, 900)).kind).toBe('tooLittle');
    expect(judge(before, counted(1000, 500, null)).kind).toBe('tooLittle');
    expect(judge(before, counted(1000, 500, 0)).kind).toBe('tooLittle');
  });

  test('of money that was charged back, and of huge counts, is judged as well', () => {
    const back = fortnight(() => counted(-20, 1000, 10));
    expect(judge(back, counted(-20, 1000, 10)).kind).toBe('steady');
    const huge = fortnight((at) => counted(1e12, 0.96e12 + at * 1e8));
    expect(judge(huge, counted(1e12, 0.96e12)).kind).toBe('steady');
    expect(judge(huge, counted(1e12, 0.9e12)).kind).toBe('changed');
  });
});

describe('days that stand out', () => {
  const steady = (at: number) => counted(1000, 960 + (at % 3));

  test('are not part of what is usual, as a day without one side', () => {
    const outage = fortnight((at) => (at === 5 ? counted(1000, 0) : steady(at)));
    const judged = judge(outage, counted(1000, 961));
    expect(judged).toMatchObject({ kind: 'steady', usual: { days: 13 } });
    expect(judged.usual.gap).toBeCloseTo(-0.039, 3);
    expect(judge(outage, counted(1000, 880)).kind).toBe('changed');
  });

  test('and lead up to the present are where the change began', () => {
    const since = (from: number, other = 880) =>
      judge(
        fortnight((at) => (at < from ? steady(at) : counted(1000, 880))),
        counted(1000, other),
      );
    for (const from of [8, 11, 13]) {
      expect(since(from)).toMatchObject({
        kind: 'changed',
        since: addDays(FIRST, from),
        usual: { days: from },
      });
    }
    expect(since(14)).toMatchObject({ since: null });
    // What had changed before and is as ever again has not changed.
    expect(since(12, 961).kind).toBe('steady');
    // What changes the other way begins anew.
    expect(since(12, 1100)).toMatchObject({ kind: 'changed', since: null });
    // A day of the old kind lies between.
    const between = fortnight((at) => ([10, 13].includes(at) ? counted(1000, 880) : steady(at)));
    expect(judge(between, counted(1000, 880))).toMatchObject({ since: addDays(FIRST, 13) });
  });

  test('are found together where none would alone', () => {
    const pairs = [
      [96, 96],
      [82, 78],
      [86, 86],
      [85, 78],
      [112, 107],
      [107, 102],
      [86, 83],
      [68, 68],
      [103, 94],
      [83, 80],
      [87, 81],
      [87, 87],
      [72, 48],
      [86, 54],
    ] as const;
    const before = daysOf(pairs.map(([base, other]) => counted(base, other)));
    expect(judge(before, counted(195, 129), { days: 2 })).toMatchObject({
      kind: 'changed',
      wider: true,
      since: addDays(FIRST, 12),
      usual: { days: 12 },
    });
    // The present is as it was before them.
    expect(judge(before, counted(195, 190), { days: 2 }).kind).not.toBe('changed');
  });

  test('else it began on the first of the days themselves that departs that way', () => {
    const before = fortnight(steady);
    const during = daysOf([961, 1100, 960, 880, 962, 880].map((other) => counted(1000, other)));
    const judged = judge(before, counted(6000, 5543), { days: 6, during });
    expect(judged).toMatchObject({ kind: 'changed', since: addDays(FIRST, 3) });
    const slight = daysOf(Array.from({ length: 6 }, () => counted(1000, 952)));
    expect(judge(before, counted(6000, 5400), { days: 6, during: slight })).toMatchObject({
      since: null,
    });
  });
});

describe('of different events', () => {
  /** Two shares of which one is a day's and the other that of a fortnight: the usual test of them. */
  const apart = (base: number, other: number, off: number): number => {
    const share = (other - base) / (other + base);
    const events = base + other;
    return off / Math.sqrt((1 - share ** 2) * events * (1 + events / (14 * events)));
  };

  test.each([
    ['halves', 500, 500],
    ['a small part', 900, 100],
  ])('%s that no day scatters change by what chance does not explain', (_, base, other) => {
    const before = fortnight(() => counted(base, other));
    const isChanged = (off: number) =>
      judge(before, counted(base - off / 2, other + off / 2), { pairing: 'different' }).kind ===
      'changed';
    // One event is left to the edge of a day; 0.25 % of a normal distribution are beyond 2.807.
    const edge = Array.from({ length: 200 }, (_, off) => off).find(isChanged) ?? 0;
    expect(apart(base, other, edge - 1)).toBeGreaterThan(2.807);
    expect(apart(base, other, edge - 2)).toBeLessThanOrEqual(2.807);
  });

  test.each([
    // A share that is wider than usual is left more room: √x times as much, halfway.
    ['halves', 500, 500, 31.6, 11],
    ['a small part', 900, 100, 19, 5.2],
  ])(
    'a day of %s stands out that is five deviations off, by chance alone',
    (_, base, other, one, far) => {
      const usualDays = (off: number) => {
        const odd = counted(base - off / 2, other + off / 2);
        const before = fortnight((at) => (at === 3 ? odd : counted(base, other)));
        return judge(before, counted(base, other), { pairing: 'different' }).usual.days;
      };
      expect(usualDays(4.8 * one)).toBe(14);
      expect(usualDays(-4.8 * one)).toBe(14);
      expect(usualDays(-far * one)).toBe(13);
    },
  );
});

test('days of which too many stand out leave too few to say how a gap scatters', () => {
  const days = fortnight((at) => counted(1000, at % 4 === 0 ? 0 : 960)).slice(0, 8);
  expect(judge(days, counted(1000, 960))).toMatchObject({
    kind: 'tooLittle',
    why: 'scatter',
    usual: { days: 6 },
  });
});

describe('a rhythm', () => {
  /** A fortnight that begins on a weekday, from 0 = Monday, of which weekends lose twice as much. */
  const weeks = (begins: number) => (at: number) => {
    const isWeekend = (begins + at) % 7 >= 5;
    return counted(5000, 5000 - (isWeekend ? 500 : 250) - ((at * 3) % 5));
  };
  const from = addDays(FIRST, 14);

  test.each([0, 1, 2, 3, 4, 5, 6])(
    'of weekends is no change; the present is day %i of a week',
    (weekday) => {
      const on = weeks(weekday);
      for (const known of [7, 8, 9, 10, 11, 12, 13, 14]) {
        const before = fortnight(on).slice(-known);
        const isNew = judge(before, on(14), { from }).kind === 'changed';
        expect([known, isNew]).toEqual([known, false]);
      }
      expect(judge(fortnight(on), counted(5000, 2500), { from })).toMatchObject({
        kind: 'changed',
        wider: true,
      });
    },
  );

  test('is not made by one outage a week before a slight change, nor by one after another', () => {
    const steady = (at: number) => counted(1000, 960 + (at % 3));
    const outage = fortnight((at) => (at === 7 ? counted(1000, 0) : steady(at)));
    expect(judge(outage, counted(1000, 880), { from }).kind).toBe('changed');
    const two = fortnight((at) => (at === 7 || at === 8 ? counted(1000, 0) : steady(at)));
    expect(judge(two, counted(1000, 961), { from })).toMatchObject({
      kind: 'steady',
      usual: { days: 12 },
    });
  });

  test('the days of which are not known is looked for in the days before alone', () => {
    const on = weeks(6);
    expect(judge(fortnight(on), on(14)).kind).not.toBe('changed');
  });
});

describe('where no day scatters, chance alone decides', () => {
  /** Pr(X ≥ k) for X ~ Binomial(n, p), summed term by term. */
  const tail = (k: number, n: number, p: number): number => {
    let term = (1 - p) ** n;
    let sum = 0;
    for (let x = 0; x <= n; x++) {
      if (x >= k) sum += term;
      term *= ((n - x) / (x + 1)) * (p / (1 - p));
    }
    return sum;
  };

  test.each([0, 1, 3, 5])('by the exact test of two rates: %i of 100 lost on every day', (lost) => {
    const before = fortnight(() => counted(100, 100 - lost));
    const all = 14 * (200 - lost);
    for (let now = 0; now <= 60; now++) {
      const events = 200 - now;
      const expected = (events * lost) / (200 - lost);
      const part = events / (all + events);
      const [total, more] = [14 * lost + now, now > expected];
      const p = more ? tail(now, total, part) : 1 - tail(now + 1, total, part);
      const isChange = Math.abs(now - expected) > 1 && p < TAIL;
      const { kind } = judge(before, counted(100, 100 - now));
      expect([lost, now, kind === 'changed']).toEqual([lost, now, isChange]);
    }
  });
});

describe('the judgement does not depend on', () => {
  const some = fc.integer({ min: 0, max: 400 });
  const day = fc.tuple(some, some).map(([base, other]) => counted(base, other));
  const world = fc.record({
    before: fc.array(day, { minLength: 7, maxLength: 14 }).map(daysOf),
    now: day,
    days: fc.integer({ min: 1, max: 7 }),
    pairing: fc.constantFrom<Pairing>('same', 'different'),
    during: fc.array(day, { maxLength: 3 }).map(daysOf),
    from: fc.integer({ min: 7, max: 14 }).map((at) => addDays(FIRST, at)),
  });

  test('which side is the base', () => {
    const swapped = <C extends Counted>(of: C): C => ({ ...of, base: of.other, other: of.base });
    fc.assert(
      fc.property(world, ({ before, now, during, ...rest }) => {
        const { usual, ...judged } = judgeBaseline({ before, now, during, ...rest });
        const { usual: other, ...mirrored } = judgeBaseline({
          before: before.map(swapped),
          now: swapped(now),
          during: during.map(swapped),
          ...rest,
        });
        expect(mirrored).toEqual(judged);
        expect(other.difference).toBe(0 - usual.difference);
        expect(other.days).toBe(usual.days);
      }),
    );
  });

  test('the unit of money', () => {
    const worth = <C extends Counted>(of: C): C => ({
      ...of,
      base: of.base * 16,
      other: of.other * 16,
      unit: 16,
    });
    fc.assert(
      fc.property(world, ({ before, now, during, ...rest }) => {
        const { usual, ...judged } = judgeBaseline({ before, now, during, ...rest });
        const money = judgeBaseline({
          before: before.map(worth),
          now: worth(now),
          during: during.map(worth),
          ...rest,
        });
        const difference = 16 * usual.difference;
        expect(money).toEqual({ ...judged, usual: { ...usual, difference } });
      }),
    );
  });
});

describe('a steady gap is called changed as seldom as is said', () => {
  const random = randomFrom(20_260_801);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  /** A Poisson count, beyond 200 by the normal distribution. */
  const poisson = (mean: number): number => {
    if (mean > 200) return Math.round(mean + Math.sqrt(mean) * normal());
    let count = 0;
    for (let left = random(); left > Math.exp(-mean); count++) left *= random();
    return count;
  };
  /** A factor of mean 1 and a coefficient of variation, log-normal. */
  const factor = (variation: number): number => {
    const sigma = Math.sqrt(Math.log(1 + variation ** 2));
    return Math.exp(sigma * normal() - sigma ** 2 / 2);
  };
  interface World {
    /** Events of a day, whose number varies by three tenths. */
    readonly events: number;
    /** Parts that the base and the other side lose. */
    readonly lost: readonly [number, number];
    /** How the lost part varies from day to day. */
    readonly varies: number;
    readonly before: number;
    readonly days: number;
  }
  const dayIn = ({ events, varies }: World, lost: World['lost']): Counted => {
    const all = poisson(events * factor(0.3));
    const [base = 0, other = 0] = lost.map((part) =>
      Math.max(0, all - poisson(all * Math.min(1, part * factor(varies)))),
    );
    return counted(base, other);
  };
  const halfIn = ({ events }: World): Counted => counted(poisson(events), poisson(events));
  const sumOf = (days: readonly Counted[]): Counted =>
    counted(
      days.reduce((all, { base }) => all + base, 0),
      days.reduce((all, { other }) => all + other, 0),
    );
  /** The share of lives in which a gap is called changed. */
  const changedIn = (
    of: World,
    now = of.lost,
    pairing: Pairing = 'same',
    lives = 4_000,
  ): number => {
    const draw = (lost: World['lost']) => (pairing === 'same' ? dayIn(of, lost) : halfIn(of));
    let changed = 0;
    for (let life = 0; life < lives; life++) {
      const before = daysOf(Array.from({ length: of.before }, () => draw(of.lost)));
      const present = sumOf(Array.from({ length: of.days }, () => draw(now)));
      if (judge(before, present, { days: of.days, pairing }).kind === 'changed') changed += 1;
    }
    return changed / lives;
  };
  const usual: World = { events: 1_000, lost: [0, 0.05], varies: 0, before: 14, days: 1 };

  /** 0.5 % in all, and what 4,000 lives may show by chance: three standard deviations. */
  const MOST = 2 * TAIL + 3 * Math.sqrt((2 * TAIL) / 4_000);

  test.each<Partial<World>>([
    {},
    { before: 7 },
    { days: 7 },
    { events: 5 },
    { events: 30, lost: [0, 0.3] },
    { lost: [0.02, 0.02] },
    { lost: [0, 0.005], days: 7 },
    { lost: [0, 0] },
  ])('by what is lost by chance: %j', (change) => {
    expect(changedIn({ ...usual, ...change })).toBeLessThan(MOST);
  });

  test.each([10, 100, 2_000])('between halves of %i events a day', (events) => {
    expect(changedIn({ ...usual, events }, [0, 0], 'different')).toBeLessThan(MOST);
  });

  // What a tracker loses is seldom the same part each day; log-normal, it is far from normal.
  test.each<Partial<World>>([
    { varies: 0.3 },
    { varies: 0.5 },
    { varies: 0.5, before: 7 },
    { varies: 0.5, days: 7 },
    { varies: 0.3, lost: [0, 0.3], days: 7 },
  ])(
    'and in three of a hundred at most where the lost part itself varies by up to a half: %j',
    (change) => {
      expect(changedIn({ ...usual, ...change })).toBeLessThan(0.03);
    },
  );

  test.each<readonly [Partial<World>, number, number]>([
    [{ lost: [0, 0.006] }, 0.123, 0.99],
    [{ lost: [0, 0.041] }, 0.123, 0.99],
    [{ lost: [0, 0.123] }, 0.006, 0.99],
    [{ varies: 0.3 }, 0.3, 0.95],
    [{ events: 100 }, 0.3, 0.95],
    [{ events: 30, lost: [0, 0.02] }, 0.3, 0.6],
  ])('but a change is seen: %j to a loss of %d in %d of lives', (change, now, least) => {
    expect(changedIn({ ...usual, ...change }, [0, now], 'same', 500)).toBeGreaterThan(least);
  });
});
