import { beforeEach, describe, expect, test } from 'vitest';
import {
  asked,
  type LoggedConversion,
  logged,
  NOW,
  read,
  setUp,
  startAnew,
  told,
} from './placements-world.ts';

beforeEach(startAnew);

describe('conversions of two offers that take their time', () => {
  const HOUR = 3_600_000;
  /** Forty conversions each; the slow one's came three days after their clicks. */
  const logOf = (hours: Readonly<Record<string, number>>): LoggedConversion[] =>
    Object.entries(hours).flatMap(([offer, delay]) =>
      Array.from({ length: 40 }, (_, at) => {
        const clickedAt = NOW - (96 + at) * HOUR;
        return {
          offer: { id: offer, name: offer },
          clickedAt,
          convertedAt: clickedAt + delay * HOUR,
        };
      }),
    );
  const newest = '2026-08-20';
  /** The newest day's clicks went to one offer, and those before to the other. */
  const sent = (today: string, before: string) => {
    told.reports = ({ range, groupBy }) =>
      groupBy[0] === 'offer'
        ? {
            rows: [
              { id: range.from === newest ? today : before, clicks: 900, conversions: 5, cost: 90 },
            ],
            complete: true,
          }
        : null;
  };
  const ripeShare = async () => {
    const { list } = await setUp().saved();
    const found = await list({ range: { from: newest, to: newest, zone: 'UTC' } });
    const [cost = 0, ripe = 0] = [found.table.cost[0] ?? 0, found.table.ripeCost[0] ?? 0];
    return { share: ripe / cost, delay: found.delay };
  };

  /** Clicks of noon and before, and a share that rises evenly until the third day. */
  const SLOW = 6 / 72;

  test('each are weighed by their own: of the slow one’s, few of today’s are there', async () => {
    told.log = logOf({ quick: 0, slow: 72 });
    sent('slow', 'quick');
    expect(await ripeShare()).toEqual({
      share: expect.closeTo(SLOW, 9),
      delay: { from: 'log', hours: 24, conversions: 80, offers: 2 },
    });
    sent('quick', 'slow');
    expect((await ripeShare()).share).toBe(1);
  });

  test('are weighed together where no report tells the offers of the clicks', async () => {
    told.log = logOf({ quick: 0, slow: 72 });
    told.reports = ({ groupBy }) => {
      if (groupBy[0] === 'offer') throw new Error('unsupported');
      return null;
    };
    const { share, delay } = await ripeShare();
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
    expect(delay.offers).toBe(0);
  });

  test('are those of one campaign where it has one offer: none is asked for', async () => {
    told.log = logOf({ slow: 72 });
    expect((await ripeShare()).share).toBeCloseTo(SLOW, 9);
    expect(asked).not.toContain('offer fresh');
  });

  test('are remembered, offer by offer', async () => {
    told.log = logOf({ quick: 0, slow: 72 });
    sent('slow', 'quick');
    const { list } = await setUp().saved();
    const range = { from: newest, to: newest, zone: 'UTC' };
    const first = await list({ range });
    told.log = [];
    expect((await list({ range, fresh: false })).table).toEqual(first.table);
  });
});

describe('conversions that take longer than their clicks have been watched', () => {
  const range = { from: '2026-08-18', to: '2026-08-20', zone: 'UTC' };
  const HOUR = 3_600_000;
  /** As even over three days as if there were no end to it. */
  const young = (): LoggedConversion[] =>
    Array.from({ length: 72 }, (_, hours) => ({
      offer: null,
      clickedAt: NOW - 72 * HOUR,
      convertedAt: NOW - hours * HOUR,
    }));

  test('leave nothing judged, once a longer log tells no more', async () => {
    told.log = young();
    const { list } = await setUp().saved();
    const found = await list({ range });
    expect(logged).toEqual(['2026-08-07–2026-08-20', '2026-06-22–2026-08-20']);
    expect(found).toMatchObject({ judged: null, problem: null, delay: { from: 'log' } });
    expect(found.table.ids).toEqual([]);
    // That is remembered, too.
    await list({ range });
    expect(logged).toHaveLength(2);
  });

  test('no longer log is asked for where the first one tells', async () => {
    told.log = young().map(({ clickedAt, ...one }) => ({
      ...one,
      clickedAt,
      convertedAt: (clickedAt ?? 0) + HOUR,
    }));
    const { list } = await setUp().saved();
    expect((await list({ range })).judged).toEqual(range);
    expect(logged).toEqual(['2026-08-07–2026-08-20']);
  });
});

describe('conversions that are counted on their own date', () => {
  const range = { from: '2026-08-17', to: '2026-08-20', zone: 'UTC' };
  /** Each placement spends 40 a day; 102 began with the range, and 103 ended before it. */
  const days = (from: string, to: string) =>
    (Date.parse(to) - Date.parse(from)) / 86_400_000 + (to === '2026-08-20' ? 0.5 : 1);
  beforeEach(() => {
    told.basis = 'postback';
    told.reports = ({ range: { from, to }, groupBy }) => {
      const isBefore = to < range.from;
      const one = {
        clicks: 100,
        conversions: 3,
        revenue: 12,
        cost: 40 * days(from, to),
      };
      const ids = groupBy[0] === 'offer' ? ['quick', 'slow'] : ['101', isBefore ? '103' : '102'];
      return { rows: ids.map((id) => ({ ...one, id })), complete: true };
    };
  });

  test('of days before, the cost that brought some of them counts, and nothing else', async () => {
    const { list } = await setUp().saved();
    const { table, judged } = await list({ range, delayHours: 96 });
    expect(judged).toEqual(range);
    expect(table.ids).toEqual(['101', '102']);
    const groups = read.filter((of) => of >= range.from).length;
    expect(table.cost).toEqual([140, 140]);
    expect(table.conversions).toEqual([3 * groups, 3 * groups]);
    // By the mean of 48 hours, as for a steady stream: all that it spends in the time.
    expect(table.ripeCost[0]).toBeGreaterThan(136);
    expect(table.ripeCost[0]).toBeLessThan(141);
    // ∫ 1 − e^(−t ÷ 2 d) over 3.5 days: 3.5 − 2·(1 − e^−1.75) of 40 each.
    expect(table.ripeCost[1]).toBeCloseTo(40 * (3.5 - 2 * (1 - Math.exp(-1.75))), 0);
  });

  test('a part of the days before leaves no verdict', async () => {
    const whole = told.reports;
    told.reports = (question) => {
      if (question.range.to < range.from) throw new Error('unsupported');
      return whole(question);
    };
    const { list } = await setUp().saved();
    const found = await list({ range });
    expect(found.table.ids).toEqual([]);
    expect(found.problem).toEqual({ kind: 'unsupported' });
  });
});
