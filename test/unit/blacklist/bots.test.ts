import { describe, expect, test } from 'vitest';
import { type Given, verdictOn } from './world.ts';

/** Placements whose visitors leave the lander at 30 % and convert at 2.5 %. */
const usual: Given[] = Array.from({ length: 20 }, (_, at) => ({
  id: `u${at}`,
  clicks: 200,
  landerViews: 200,
  landerClicks: 60,
  conversions: 5,
  cost: 10,
  revenue: 10,
}));
const sign = (placement: Omit<Given, 'id'>, others: readonly Given[] = usual) =>
  verdictOn([...others, { id: 'x', cost: 1, conversions: 0, revenue: 0, ...placement }], 'x').bot;

describe('signs of bots', () => {
  test('nobody leaves the lander, where chance would not do that', () => {
    // 0.7 ^ 20 is 0.0008, 0.7 ^ 19 is 0.0011.
    expect(sign({ clicks: 20, landerViews: 20, landerClicks: 0 })).toBe('noLanderClicks');
    expect(sign({ clicks: 19, landerViews: 19, landerClicks: 0 })).toBeNull();
    expect(sign({ clicks: 90, landerViews: 90, landerClicks: 1 })).toBeNull();
  });

  test('what is usual is told by the others alone', () => {
    const one = { id: 'o', clicks: 40, landerViews: 40, landerClicks: 12, conversions: 1 };
    // 12 of 40 leave the lander: 0.7 ^ 20 is 0.0008. With its own 20 views it were 0.8 ^ 20 = 0.01.
    expect(sign({ clicks: 20, landerViews: 20, landerClicks: 0 }, [one])).toBe('noLanderClicks');
    // One of 40 converts: of 10, five have a chance of 0.0011 at three times that.
    expect(sign({ clicks: 10, conversions: 5 }, [one])).toBeNull();
    expect(sign({ clicks: 10, conversions: 6 }, [one])).toBe('tooManyConversions');
  });

  test('where nobody else tells views, the usual rate is not known', () => {
    const without = usual.map((one) => ({ ...one, landerViews: null }));
    expect(sign({ clicks: 90, landerViews: 90, landerClicks: 0 }, without)).toBeNull();
    const noClicks = usual.map((one) => ({ ...one, clicks: null }));
    expect(sign({ clicks: 10, conversions: 9 }, noClicks)).toBeNull();
  });

  test('without a lander there is none to leave: clicks do not stand for its views', () => {
    // A direct flow: no views, or, as some trackers have it, no word on them.
    for (const landerViews of [0, null]) {
      const direct = { clicks: 1000, landerViews, landerClicks: 0 };
      expect(sign(direct)).toBeNull();
      expect(sign({ ...direct, conversions: 25, revenue: 100 })).toBeNull();
      const all = usual.map((one) => ({ ...one, landerViews: null }));
      expect(sign(direct, all)).toBeNull();
    }
  });

  test('what is usual is told only by those with a lander', () => {
    const untold = Array.from({ length: 20 }, (_, at) => ({
      id: `n${at}`,
      clicks: 200,
      landerViews: null,
      landerClicks: 140,
    }));
    // 0.7 ^ 19 is 0.0011, however often those with unknown views leave theirs.
    const views = { clicks: 19, landerViews: 19, landerClicks: 0 };
    expect(sign(views, [...usual, ...untold])).toBeNull();
  });

  test('more lander clicks than four of five clicks are as many of fewer views', () => {
    const eager = { clicks: 20, landerViews: null, landerClicks: 17 };
    expect(sign(eager)).toBe('tooManyLanderClicks');
    expect(sign({ ...eager, landerClicks: 16 })).toBeNull();
    expect(sign({ ...eager, landerViews: 0 })).toBeNull();
    expect(sign({ ...eager, revenue: 2 })).toBeNull();
  });

  test('lander clicks that are not told are no sign', () => {
    expect(sign({ clicks: 500, landerViews: 500 })).toBeNull();
    expect(sign({ clicks: 0, landerViews: 0, landerClicks: 0 })).toBeNull();
    expect(sign({ clicks: null, landerViews: null, landerClicks: 0 })).toBeNull();
  });

  test('where nobody else leaves the lander either, there is none to leave', () => {
    const direct = usual.map((one) => ({ ...one, landerClicks: 0 }));
    expect(sign({ clicks: 500, landerViews: 500, landerClicks: 0 }, direct)).toBeNull();
    expect(sign({ clicks: 500, landerViews: 500, landerClicks: 0 }, [])).toBeNull();
  });

  test('more lander clicks than views elsewhere are a rate of 1', () => {
    const odd = usual.map((one) => ({ ...one, landerClicks: 400 }));
    expect(sign({ clicks: 5, landerViews: 5, landerClicks: 0 }, odd)).toBe('noLanderClicks');
  });

  test('almost everybody leaves the lander, and nobody pays', () => {
    const eager = { clicks: 20, landerViews: 20, landerClicks: 17 };
    expect(sign(eager)).toBe('tooManyLanderClicks');
    expect(sign({ ...eager, landerClicks: 16 })).toBeNull();
    expect(sign({ clicks: 19, landerViews: 19, landerClicks: 19 })).toBeNull();
    expect(sign({ ...eager, revenue: 2 })).toBeNull();
    expect(sign({ ...eager, conversions: 1, revenue: 0 })).toBeNull();
    expect(sign({ ...eager, conversions: null, revenue: null })).toBe('tooManyLanderClicks');
  });

  test('far more conversions than usual: beyond chance at three times the usual rate', () => {
    // Three times 2.5 % of 10 clicks are 0.75: six or more have a chance of 0.0001, five of 0.001.
    expect(sign({ clicks: 10, conversions: 6 })).toBe('tooManyConversions');
    expect(sign({ clicks: 60, conversions: 6 })).toBeNull();
    expect(sign({ clicks: 9, conversions: 5 })).toBe('tooManyConversions');
    expect(sign({ clicks: 1, conversions: 4 })).toBeNull();
  });

  test('without others, or conversions elsewhere, nothing is usual', () => {
    expect(sign({ clicks: 10, conversions: 9 }, [])).toBeNull();
    const none = usual.map((one) => ({ ...one, conversions: 0 }));
    expect(sign({ clicks: 10, conversions: 9 }, none)).toBeNull();
  });
});
