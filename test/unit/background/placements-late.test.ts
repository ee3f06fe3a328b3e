import { beforeEach, describe, expect, test } from 'vitest';
import { asked, type LoggedConversion, NOW, setUp, startAnew, told } from './placements-world.ts';

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
