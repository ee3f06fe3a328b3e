import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, settingsSchema } from '../../../lib/settings/settings.ts';
import { setUp, startAnew, told } from './placements-world.ts';

beforeEach(startAnew);

describe('a payout that is entered', () => {
  const world = () => setUp().saved();

  test('is one campaign’s, and may be taken away', async () => {
    const { list, pay } = await world();
    const payouts = async () => [(await list()).payout, (await list({ campaignId: '13' })).payout];
    expect(await payouts()).toEqual([null, null]);
    expect(await pay('12', 30)).toBeNull();
    expect(await payouts()).toEqual([30, null]);
    await pay('13', 4);
    await pay('12', 31);
    expect(await payouts()).toEqual([31, 4]);
    await pay('12', null);
    expect(await payouts()).toEqual([null, 4]);
  });

  test('is of the currency that it was entered in', async () => {
    const { list, pay } = await world();
    await pay('12', 30);
    told.currency = 'RUB';
    expect((await list()).payout).toBeNull();
    await pay('12', 2700);
    expect((await list()).payout).toBe(2700);
  });

  test('is remembered for the last five hundred campaigns', async () => {
    const { list, pay } = await world();
    for (let campaign = 0; campaign <= 500; campaign++) await pay(`${campaign}`, campaign + 1);
    const kept = async (campaignId: string) => (await list({ campaignId })).payout;
    expect([await kept('0'), await kept('1'), await kept('500')]).toEqual([null, 2, 501]);
  });
});

test('one payout for all campaigns, as older settings have it, is dropped', () => {
  const old = { ...DEFAULT_SETTINGS, rules: { ...DEFAULT_SETTINGS.rules, payout: 30 } };
  expect(settingsSchema.parse(old)).toEqual(DEFAULT_SETTINGS);
});
