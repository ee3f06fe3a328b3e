import { connectAll } from '../connect.ts';
import { daysOf } from '../days.ts';
import type { Tab } from '../drivers/driver.ts';
import { panelRecord } from '../hostile.ts';
import { expect, inPanel, LAUNCHER, numberIn, openPanel, PANEL, test } from '../world.ts';

const day = daysOf('09');
const launcher = (tab: Tab) => tab.element('button', { within: LAUNCHER });
const title = (tab: Tab) => inPanel(tab, 'header .name');
const hosts = (tab: Tab) =>
  tab.evaluate<number[]>(
    `['${LAUNCHER}', '${PANEL}'].map((name) => document.querySelectorAll(name).length)`,
  );
const active = (tab: Tab) => tab.evaluate<string>(`document.activeElement.localName`);

test.describe('the panel of a tab', () => {
  test('comes back with the next page, with what was typed for each campaign, and takes no focus', async ({
    world,
  }) => {
    const { binom } = world.simulators;
    const other = await world.driver.newTab(binom.campaignPage(0, day(1)));
    await launcher(other).waitFor({ state: 'visible' });
    const tab = await openPanel(world, binom.campaignPage(0, day(1)));
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, '[name=amount]').click();
    for (const digit of '72.5') await tab.press(digit);
    await inPanel(tab, 'button[name=send-cost]').waitForText('$72.50');

    // Binom makes a page for each campaign.
    await tab.goto(binom.campaignPage(1, day(1)));
    await title(tab).waitForText('NUTRA FR - native');
    await inPanel(tab, '[data-tab=cost][aria-selected=true]').waitFor({ state: 'visible' });
    expect(await inPanel(tab, '[name=amount]').value()).toBe('');
    expect(await active(tab)).toBe('body');
    expect(await hosts(tab)).toEqual([1, 1]);
    await inPanel(tab, '[name=amount]').fill('9');

    await tab.goto(binom.campaignPage(0, day(1)));
    await title(tab).waitForText('Summer push DE');
    await expect.poll(() => inPanel(tab, '[name=amount]').value()).toBe('72.5');
    await inPanel(tab, 'button[name=send-cost]').waitForText('$72.50');
    expect(await active(tab)).toBe('body');

    // Collapsed, it stays so.
    await inPanel(tab, 'button[name=collapse]').click();
    await expect.poll(async () => (await panelRecord(world, tab)).state?.collapsed).toBe(true);
    await tab.goto(binom.campaignPage(1, day(1)));
    await title(tab).waitForText('NUTRA FR - native');
    await expect.poll(async () => (await tab.element(PANEL).boundingBox()).height).toBeLessThan(60);
    expect(await inPanel(tab, '[name=amount]').count()).toBe(0);

    // Closed, it stays so; the other tab never had one.
    await inPanel(tab, 'button[name=close]').click();
    await tab.element(PANEL).waitFor({ state: 'hidden' });
    await tab.reload();
    await launcher(tab).waitFor({ state: 'visible' });
    await other.reload();
    await launcher(other).waitFor({ state: 'visible' });
    for (const one of [tab, other]) {
      // It would be asked for by the answer that brought the launcher.
      await one.evaluate('new Promise((done) => setTimeout(done))');
      expect(await hosts(one)).toEqual([1, 0]);
    }
  });

  test('goes back and forth with its tab, once at most on each page', async ({ world }) => {
    const { binom } = world.simulators;
    const tab = await openPanel(world, binom.campaignPage(0, day(2)));
    await title(tab).waitForText('Summer push DE');
    await tab.goto(binom.campaignPage(1, day(2)));
    await title(tab).waitForText('NUTRA FR - native');
    for (let round = 0; round < 2; round++) {
      await tab.back();
      await title(tab).waitForText('Summer push DE');
      expect(await hosts(tab)).toEqual([1, 1]);
      await tab.forward();
      await title(tab).waitForText('NUTRA FR - native');
      expect(await hosts(tab)).toEqual([1, 1]);
    }
    const clicks = binom.truth({ campaignIndex: 1, ...day(2) }).clicks;
    const cell = inPanel(tab, '[data-connection="binom main"] [data-metric=clicks]');
    await expect.poll(async () => numberIn(await cell.text())).toBe(clicks);
    // Closed here, it is closed on the page before too.
    await inPanel(tab, 'button[name=close]').click();
    await tab.element(PANEL).waitFor({ state: 'hidden' });
    await tab.back();
    await launcher(tab).waitFor({ state: 'visible' });
    expect(await hosts(tab)).toEqual([1, 0]);
    await launcher(tab).click();
    await title(tab).waitForText('Summer push DE');
  });

  test('shows nothing of it on another connection’s page', async ({ world }) => {
    const { binom, keitaro } = world.simulators;
    const tab = await openPanel(world, binom.campaignPage(0, day(3)));
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, '[name=amount]').fill('66.77');
    await inPanel(tab, 'button[name=send-cost]').waitForText('$66.77');
    await tab.goto(keitaro.campaignPage(0, day(3)));
    await launcher(tab).waitFor({ state: 'visible' });
    expect(await hosts(tab)).toEqual([1, 0]);
    await launcher(tab).click();
    await inPanel(tab, '[data-tab=cost]').click();
    // It begins with the campaign's last update there, if there was one.
    expect(await inPanel(tab, '[name=amount]').value()).not.toContain('66.77');
  });

  test('keeps a campaign and days that were chosen by hand over a reload', async ({ world }) => {
    const { keitaro } = world.simulators;
    const tab = await world.driver.newTab(keitaro.listPage());
    await launcher(tab).click();
    await inPanel(tab, '.picks button', 'VPN WW pops').click();
    await title(tab).waitForText('VPN WW pops');
    await inPanel(tab, '[data-tab=compare]').click();
    const from = inPanel(tab, 'input[name=from]');
    const to = inPanel(tab, 'input[name=to]');
    // The end first, which the start follows: else the months between are asked for.
    await to.fill('2026-09-06');
    await to.press('Enter');
    await expect.poll(() => from.value()).toBe('2026-09-06');
    await from.fill('2026-09-04');
    await from.press('Enter');
    const range = { from: '2026-09-04', to: '2026-09-06' };
    const cell = inPanel(tab, '[data-connection="keitaro main"] [data-metric=clicks]');
    const clicks = keitaro.truth({ campaignIndex: 2, ...range }).clicks;
    await expect.poll(async () => numberIn(await cell.text())).toBe(clicks);
    await tab.reload();
    await title(tab).waitForText('VPN WW pops');
    await expect.poll(async () => numberIn(await cell.text())).toBe(clicks);
    expect([await from.value(), await to.value()]).toEqual([range.from, range.to]);
    // The page's own campaign counts again as soon as it has one.
    const other = new URL(keitaro.campaignPage(0, day(7)));
    await tab.evaluate(`location.hash = ${JSON.stringify(other.hash)}`);
    await title(tab).waitForText('Summer push DE');
  });
});

test.describe('an update of the extension', () => {
  test('leaves no dead panel: the new launcher takes its place, and opens a new one', async ({
    fresh,
  }) => {
    const { driver, simulators } = fresh;
    await connectAll(fresh, ['keitaro', 'redtrack']);
    const closed = await driver.newTab(simulators.redtrack.campaignPage(0, day(10)));
    await launcher(closed).waitFor({ state: 'visible' });
    const tab = await openPanel(fresh, simulators.keitaro.campaignPage(0, day(10)));
    await title(tab).waitForText('Summer push DE');

    await driver.reloadExtension();
    for (const one of [tab, closed]) {
      await one.focus();
      await expect.poll(() => hosts(one)).toEqual([1, 0]);
      await launcher(one).click();
      await title(one).waitForText('Summer push DE');
      expect(await hosts(one)).toEqual([1, 1]);
      await inPanel(one, '[data-tab=cost]').click();
      await inPanel(one, '[name=amount]').fill('14');
      await inPanel(one, 'button[name=send-cost]').waitForText('$14.00');
      await inPanel(one, 'button[name=close]').click();
      await one.element(PANEL).waitFor({ state: 'hidden' });
    }
  });

  test('that takes it away leaves no panel in sight', async ({ fresh }) => {
    const { driver, simulators } = fresh;
    await connectAll(fresh, ['keitaro']);
    const tab = await openPanel(fresh, simulators.keitaro.campaignPage(0, day(11)));
    await title(tab).waitForText('Summer push DE');
    await driver.runInBackground(
      'void setTimeout(() => (globalThis.browser ?? chrome).management.uninstallSelf())',
    );
    // Firefox ends our scripts before they can take anything away: there the panel hides by itself.
    await expect.poll(() => tab.element(PANEL).isVisible()).toBe(false);
    expect(await tab.evaluate(`document.elementFromPoint(1100, 400).localName`)).not.toBe(PANEL);
  });
});
