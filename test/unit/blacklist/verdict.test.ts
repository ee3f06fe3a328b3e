import { describe, expect, test } from 'vitest';
import { type Given, rulesWith, verdictOn } from './world.ts';

/** Placements at break-even, payout 2: what others are judged by. */
const usual: Given[] = Array.from({ length: 20 }, (_, index) => ({
  id: `u${index}`,
  cost: 10,
  conversions: 5,
  revenue: 10,
  clicks: 200,
}));
const on = (placement: Omit<Given, 'id'>, rules = rulesWith(), days = 1) =>
  verdictOn([...usual, { id: 'x', ...placement }], 'x', rules, days);

describe('verdicts', () => {
  test('cut what spent much without a conversion, keep what earns, wait for the rest', () => {
    expect(on({ cost: 12, conversions: 0, revenue: 0 })).toMatchObject({
      kind: 'cut',
      why: 'loses',
    });
    expect(on({ cost: 10, conversions: 14, revenue: 28 })).toMatchObject({
      kind: 'keep',
      why: 'earns',
    });
    expect(on({ cost: 3, conversions: 1, revenue: 2 })).toMatchObject({
      kind: 'wait',
      why: 'open',
    });
  });
});
