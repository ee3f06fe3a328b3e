import { presetRange } from '../../../lib/report/range.ts';
import { CAMPAIGNS, nameIn } from '../../simulators/model/campaigns.ts';
import { daysOf } from '../days.ts';
import type { Tab } from '../drivers/driver.ts';
import { expect, numberIn, test } from '../world.ts';

const profitOf = ({ revenue, cost }: { revenue: number; cost: number }) => revenue - cost;

test.describe('the popup', () => {
  test('shows today for each connection and in total, each campaign once', async ({ world }) => {
    const { driver, simulators } = world;
    const popup = await driver.extensionPage('popup.html');
    let total = 0;
    /** Names of campaigns that an earlier tracker has. */
    const counted = new Set<string>();
    for (const simulator of simulators.all) {
      const row = `[data-connection="${simulator.id} main"]`;
      const metric = simulator.id === 'affise' ? 'revenue' : 'profit';
      const shown = await popup.element(`${row} [data-metric=${metric}]`).waitForText(/\d/);
      // The day that was asked for, so that midnight does not matter.
      const today = presetRange('today', Date.now(), simulator.zone);
      const sums = CAMPAIGNS.flatMap((campaign, campaignIndex) => {
        const name = nameIn(simulator.id, campaign);
        if (name === null && simulator.id !== 'affise') return [];
        const truth = simulator.truth({ campaignIndex, from: today.from, to: today.to });
        return [{ name: (name ?? '').toLowerCase().replace(/[\s_-]+/g, ' '), truth }];
      });
      const sum = (of: (figures: (typeof sums)[number]['truth']) => number) =>
        sums.reduce((all, { truth }) => all + of(truth), 0);
      const expected = metric === 'revenue' ? sum(({ revenue }) => revenue) : sum(profitOf);
      expect(numberIn(shown), simulator.id).toBeCloseTo(expected, 0);
      if (metric !== 'profit') continue;
      // Just after its midnight a tracker has nothing yet of what another one counts.
      const told = sums.filter(({ truth }) => truth.clicks + truth.cost + truth.revenue > 0);
      for (const { name, truth } of told) if (!counted.has(name)) total += profitOf(truth);
      for (const { name } of told) counted.add(name);
    }
    await expect
      .poll(async () => numberIn(await popup.element('.total .big').text()))
      .toBeCloseTo(total, 0);
  });

  test('a dead tracker is one dead row; the others and the total stay', async ({ world }) => {
    const { driver, simulators } = world;
    simulators.binom.fail({ how: { status: 200, body: '{"error":"Wrong api_key"}' } });
    const popup = await driver.extensionPage('popup.html');
    await popup.element('[name=preset]').select('last7');
    await popup
      .element('[data-connection="binom main"] .problem')
      .waitForText(/rejected the API key/);
    await popup.element('[data-connection="keitaro main"] [data-metric=profit]').waitForText(/\d/);
    await popup.element('[data-connection="affise main"] [data-metric=revenue]').waitForText(/\d/);
    await popup.element('.total .big').waitForText(/\d/);
  });

  test('shows what is known at once, while every tracker is dead', async ({ world }) => {
    const { driver, simulators } = world;
    const { keitaro } = simulators;
    const { from, to } = presetRange('yesterday', Date.now(), keitaro.zone);
    const profit = CAMPAIGNS.reduce((sum, campaign, campaignIndex) => {
      const isThere = nameIn('keitaro', campaign) !== null;
      return isThere ? sum + profitOf(keitaro.truth({ campaignIndex, from, to })) : sum;
    }, 0);
    const row = '[data-connection="keitaro main"] [data-metric=profit]';
    /** Until then it shows today's, which it is first drawn with. */
    const showsYesterday = (popup: Tab) =>
      expect
        .poll(async () => numberIn(await popup.element(row).waitForText(/\d/)))
        .toBeCloseTo(profit, 0);
    const first = await driver.extensionPage('popup.html');
    await first.element('[name=preset]').select('yesterday');
    await showsYesterday(first);
    await first.element('[data-connection="redtrack main"] [data-metric=profit]').waitForText(/\d/);
    await first.close();
    for (const simulator of simulators.all) simulator.fail({ how: 'hang' });
    const second = await driver.extensionPage('popup.html');
    await second.element('[name=preset]').select('yesterday');
    await showsYesterday(second);
  });

  test('leads to the dashboard, which compares all campaigns', async ({ world }) => {
    const { driver, simulators } = world;
    const popup = await driver.extensionPage('popup.html');
    // The figures make the popup larger: the button stands still when they are there.
    await popup.element('[data-connection="affise main"] .num').waitForText(/\d/);
    await popup.element('[name=dashboard]').click();
    const dashboard = await driver.waitForTab((url) => url.includes('dashboard.html'));
    const days = daysOf('08')(5, 6);
    await dashboard.goto(`${driver.extensionOrigin}/dashboard.html#days=${days.from}..${days.to}`);
    for (const { id } of simulators.all) {
      await dashboard.element(`[data-connection="${id} main"]`).waitForText('USD');
    }
    const row = dashboard.element('tbody tr', { hasText: 'Summer push DE' });
    const truth = simulators.keitaro.truth({ campaignIndex: 0, ...days });
    await row.waitForText(truth.clicks.toLocaleString('en'));
    const { zone } = simulators.keitaro;
    const binom = simulators.binom.truth({ campaignIndex: 0, ...days, zone });
    await row.waitForText(binom.clicks.toLocaleString('en'));
    await dashboard.element('[name=search]').fill('nutra');
    await dashboard.element('tbody tr', { hasText: 'Summer push DE' }).waitFor({ state: 'hidden' });
    await dashboard.element('button[name=save-csv]').click();
    const csv = await driver.waitForDownload();
    expect(csv.text.split('\r\n')[0]).toContain('keitaro main Clicks');
    expect(csv.text).not.toContain('Summer push');
  });
});
