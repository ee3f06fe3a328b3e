import { daysOf } from '../days.ts';
import type { Tab } from '../drivers/driver.ts';
import { expect, inPanel, openPanel, PANEL_DOCUMENT, test } from '../world.ts';

const { from, to } = daysOf('08')(1, 2);

test('axe finds nothing on any surface, light or dark', async ({ world }) => {
  const { driver, simulators } = world;

  const expectNoViolations = async (tab: Tab, where: string, within?: string): Promise<void> => {
    const violations = await tab.axe(within ? { within } : {});
    const told = violations.map(
      ({ id, help, nodes }) => `${where}: ${id}: ${help}: ${nodes.join(', ')}`,
    );
    expect(told).toEqual([]);
  };
  const expectPage = async (tab: Tab, where: string): Promise<void> => {
    for (const theme of ['dark', 'light'] as const) {
      await driver.setTheme(theme);
      await expect
        .poll(() => tab.evaluate(`matchMedia('(prefers-color-scheme: ${theme})').matches`))
        .toBe(true);
      await expectNoViolations(tab, `${where}, ${theme}`);
    }
  };
  /** The panel is as light or dark as the page under it. */
  const expectPanel = async (tab: Tab, where: string): Promise<void> => {
    for (const [theme, ground] of [
      ['dark', '#14161c'],
      ['light', '#fff'],
    ] as const) {
      await tab.evaluate(`document.body.style.background = '${ground}'`);
      const shown = () =>
        tab.evaluate('document.documentElement.dataset.theme', { within: PANEL_DOCUMENT });
      await expect.poll(shown).toBe(theme);
      await expectNoViolations(tab, `panel, ${where}, ${theme}`, PANEL_DOCUMENT);
    }
  };

  const popup = await driver.extensionPage('popup.html');
  await popup.element('[data-connection="keitaro main"]').waitForText(/\d/);
  await expectPage(popup, 'popup');

  const options = await driver.extensionPage('options.html');
  await options.element('.connections li').waitFor({ state: 'visible' });
  await expectPage(options, 'options');
  await options.goto(`${driver.extensionOrigin}/options.html#add`);
  await options.element('[name=address]').fill('http://tracker.example/');
  await expectPage(options, 'form');

  const welcome = await driver.extensionPage('welcome.html');
  await welcome.element('a.button').waitFor({ state: 'visible' });
  await expectPage(welcome, 'first run');

  const dashboard = await driver.extensionPage(`dashboard.html#days=${from}..${to}`);
  await dashboard.element('tbody tr', { hasText: 'Summer push DE' }).waitFor({ state: 'visible' });
  await expectPage(dashboard, 'dashboard');
  await dashboard.goto(`${driver.extensionOrigin}/dashboard.html#view=links`);
  await dashboard.element('[data-proposal]').waitFor({ state: 'visible' });
  await expectPage(dashboard, 'links');
  await dashboard.element('button[name=link-by-hand]').click();
  await dashboard.element('[name=link-pick]').waitFor({ state: 'visible' });
  await expectPage(dashboard, 'link by hand');

  const tab = await openPanel(world, simulators.keitaro.campaignPage(0, { from, to }));
  await inPanel(tab, '[data-connection="affise main"] [data-metric=conversions]', /\d/).waitFor({
    state: 'visible',
  });
  await expectPanel(tab, 'compare');
  await inPanel(tab, '[data-tab=cost]').click();
  await inPanel(tab, '[name=amount]').fill('120.50');
  await inPanel(tab, 'button[name=send-cost]').waitFor({ state: 'visible' });
  await expectPanel(tab, 'cost');
  await inPanel(tab, '[data-tab=blacklist]').click();
  await inPanel(tab, '[data-head=blacklist]').waitForText(/to cut/);
  await expectPanel(tab, 'blacklist');
});
