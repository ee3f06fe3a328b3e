import { LAUNCHER, PANEL } from '../connect.ts';
import { expect, inPanel, test } from '../world.ts';

const ASSIGNED = {
  'open-panel': 'Alt+K',
  'update-cost': 'Alt+C',
  'export-blacklist': 'Alt+L',
  'open-dashboard': 'Alt+J',
};

test('the shortcuts are really assigned, and the options page shows them', async ({ world }) => {
  const { driver } = world;
  const all = await driver.runInBackground<Array<{ name: string; shortcut: string }>>(
    '(globalThis.browser ?? chrome).commands.getAll()',
  );
  for (const [name, shortcut] of Object.entries(ASSIGNED)) {
    expect(all.find((command) => command.name === name)?.shortcut, name).toBe(shortcut);
  }
  expect(all.some(({ name }) => name === '_execute_action')).toBe(true);
  const options = await driver.extensionPage('options.html');
  await options.element('[data-command=open-panel]').waitForText('Alt+K');
});

test('each command does its task on a campaign’s page', async ({ world }) => {
  const { driver, simulators } = world;
  const tab = await driver.newTab(simulators.keitaro.campaignPage(0));
  await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
  await tab.focus();
  await driver.command('update-cost');
  await inPanel(tab, '[name=amount]').waitFor({ state: 'visible' });
  await driver.command('export-blacklist');
  await inPanel(tab, '[name=confidence]').waitFor({ state: 'visible' });
  await driver.command('open-panel');
  await tab.element(PANEL).waitFor({ state: 'hidden' });
  await driver.command('open-dashboard');
  await driver.waitForTab((url) => url.includes('dashboard.html'));
});

test('on a page that is not a tracker’s, the commands do nothing', async ({ world }) => {
  const { driver } = world;
  const options = await driver.extensionPage('options.html');
  await options.element('.connections li').waitFor({ state: 'visible' });
  await options.focus();
  await driver.command('open-panel');
  await driver.command('open-dashboard');
  await driver.waitForTab((url) => url.includes('dashboard.html'));
  expect(await options.element(PANEL).count()).toBe(0);
});
