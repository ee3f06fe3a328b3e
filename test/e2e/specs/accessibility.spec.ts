import { daysOf } from '../days.ts';
import type { Tab } from '../drivers/driver.ts';
import { expect, inPanel, openPanel, PANEL_DOCUMENT, test } from '../world.ts';

const days = daysOf('08');

async function expectNoViolations(tab: Tab, where: string, within?: string): Promise<void> {
  const violations = await tab.axe(within ? { within } : {});
  const told = violations.map(
    ({ id, help, nodes }) => `${where}: ${id}: ${help}: ${nodes.join(', ')}`,
  );
  expect(told).toEqual([]);
}

for (const [nth, theme] of (['light', 'dark'] as const).entries()) {
  test(`axe finds nothing on any surface, ${theme}`, async ({ world }) => {
    const { driver, simulators } = world;
    const { from, to } = days(1 + 2 * nth, 2 + 2 * nth);
    await driver.setTheme(theme);
    const popup = await driver.extensionPage('popup.html');
    await popup.element('[data-connection="keitaro main"] [data-metric=profit]').waitForText(/\d/);
    await expectNoViolations(popup, 'popup');

    const options = await driver.extensionPage('options.html');
    await options.element('.connections li').waitFor({ state: 'visible' });
    await expectNoViolations(options, 'options');
    await options.goto(`${driver.extensionOrigin}/options.html#add`);
    await options.element('[name=address]').fill('http://tracker.example/');
    await expectNoViolations(options, 'form');

    const welcome = await driver.extensionPage('welcome.html');
    await welcome.element('a.button').waitFor({ state: 'visible' });
    await expectNoViolations(welcome, 'first run');

    const dashboard = await driver.extensionPage(`dashboard.html#days=${from}..${to}`);
    await dashboard
      .element('tbody tr', { hasText: 'Summer push DE' })
      .waitFor({ state: 'visible' });
    await expectNoViolations(dashboard, 'dashboard');

    const tab = await openPanel(world, simulators.keitaro.campaignPage(0, { from, to }));
    await inPanel(tab, '[data-connection="affise main"] [data-metric=conversions]', /\d/).waitFor({
      state: 'visible',
    });
    await expectNoViolations(tab, 'panel, elsewhere', PANEL_DOCUMENT);
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, '[name=amount]').fill('120.50');
    await inPanel(tab, 'button[name=send-cost]').waitFor({ state: 'visible' });
    await expectNoViolations(tab, 'panel, cost', PANEL_DOCUMENT);
    await inPanel(tab, '[data-tab=blacklist]').click();
    await inPanel(tab, '[data-head=blacklist]').waitForText(/to cut/);
    await expectNoViolations(tab, 'panel, blacklist', PANEL_DOCUMENT);
    await driver.setTheme('light');
  });
}
