import { expect, test } from 'vitest';
import { weighCampaign } from '../../../lib/blacklist/campaign.ts';
import { columns, type Given, rulesWith } from './world.ts';

const weigh = (rows: readonly Given[]) => weighCampaign(columns(rows), rulesWith({ payout: 4 }));

test('a click costs what those cost whose clicks and cost are both known', () => {
  const rows: Given[] = [
    { id: 'a', clicks: 30, cost: 3 },
    { id: 'b', clicks: 10, cost: 0 },
    { id: 'c', clicks: null, cost: 100 },
    { id: 'd', clicks: 1000, cost: null },
    { id: 'e', clicks: 0, cost: 1 },
  ];
  expect(weigh(rows).costPerClick).toBeCloseTo(4 / 40, 12);
  // All clicks count as clicks.
  expect(weigh(rows).clicks).toBe(1040);
  expect(weigh([{ id: 'a', clicks: 0, cost: 3 }]).costPerClick).toBeNull();
  expect(weigh([{ id: 'a', clicks: 5, cost: null }]).costPerClick).toBeNull();
  expect(weigh([]).costPerClick).toBeNull();
});

test('clicks on a lander count where the lander was seen', () => {
  const { landerViews, landerClicks } = weigh([
    { id: 'a', landerViews: 20, landerClicks: 5 },
    { id: 'b', landerViews: 0, landerClicks: 7 },
    { id: 'c', landerViews: null, landerClicks: 9 },
    { id: 'd', landerViews: 10, landerClicks: null },
  ]);
  expect([landerViews, landerClicks]).toEqual([30, 5]);
});
