import { startSimulators } from '../../simulators/start.ts';
import { fillConnection, LAUNCHER, nameOf, productionDir, type World } from '../connect.ts';
import type { Tab } from '../drivers/driver.ts';
import { openDriver } from '../drivers/open-driver.ts';
import { test as base, closeWorld, expect } from '../world.ts';

/** The production build in a window of a display of its own, where the browser's real prompt can be answered. */
const test = base.extend<{ prompting: World }>({
  prompting: async ({ browserName_ }, use) => {
    const simulators = await startSimulators({ limits: false });
    const extensionDir = productionDir(browserName_);
    const driver = await openDriver(browserName_, { extensionDir, headed: true });
    const world = { simulators, driver };
    await use(world);
    await closeWorld(world);
  },
});

const HOST = 'http://keitaro.localhost/*';
const row = (tab: Tab) => tab.element('.connections li', { hasText: nameOf('keitaro') });
const REGISTERED = `chrome.scripting.getRegisteredContentScripts().then((all) => all.flatMap(({ matches }) => matches))`;

test('saving asks for the one host; allowed, the connection works, and revoked, one click mends it', async ({
  prompting: world,
}) => {
  const { driver, simulators } = world;
  expect(
    await driver.runInBackground('chrome.permissions.getAll().then(({ origins }) => origins)'),
  ).toEqual([]);
  const open = await driver.newTab(simulators.keitaro.campaignPage(0));
  const options = await fillConnection(world, 'keitaro');
  await options.focus();
  await driver.acceptPermissionPrompt(() => row(options).isVisible());
  expect(
    await driver.runInBackground('chrome.permissions.getAll().then(({ origins }) => origins)'),
  ).toEqual([HOST]);
  expect(await row(options).text()).not.toContain('Grant access');

  // The tab that was open all along has the launcher, without a reload.
  await open.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
  const popup = await driver.extensionPage('popup.html');
  await popup
    .element(`[data-connection="${nameOf('keitaro')}"] [data-metric=profit]`)
    .waitForText(/\d/);

  await driver.runInBackground(`chrome.permissions.remove({ origins: ['${HOST}'] })`);
  for (const page of [options, popup]) {
    await page.element('button[name=grant]').waitFor({ state: 'visible' });
  }
  await row(options).waitForText('No access to the site');
  await expect.poll(() => driver.runInBackground(REGISTERED)).toEqual([]);

  await options.focus();
  await options.element('button[name=grant]').click();
  await driver.acceptPermissionPrompt(
    async () => !(await options.element('button[name=grant]').isVisible()),
  );
  await popup.element('button[name=grant]').waitFor({ state: 'hidden' });
  await expect.poll(() => driver.runInBackground(REGISTERED)).toEqual([HOST]);
  await popup
    .element(`[data-connection="${nameOf('keitaro')}"] [data-metric=profit]`)
    .waitForText(/\d/);
});

test('denied, it says what to do, asks nobody, and keeps what was typed', async ({
  prompting: world,
}) => {
  const { driver, simulators } = world;
  const options = await fillConnection(world, 'keitaro');
  const said = options.element('.notice.error');
  await driver.denyPermissionPrompt(() => said.isVisible());
  await said.waitForText(
    `Crosstrack can't connect to keitaro.localhost:${simulators.keitaro.port} without access. Press the button again and allow it.`,
  );
  expect(simulators.keitaro.requests).toEqual([]);
  expect(await options.element('.connections li').count()).toBe(0);
  expect(await options.element('[name=key]').value()).toBe(simulators.keitaro.apiKey);
  expect(await driver.runInBackground(REGISTERED)).toEqual([]);
  // Pressed again, as it says, and allowed.
  await options.element('button[name=save]').click();
  await driver.acceptPermissionPrompt(() => row(options).isVisible());
});
