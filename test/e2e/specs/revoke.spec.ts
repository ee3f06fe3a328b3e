import { startSimulators } from '../../simulators/start.ts';
import { fillConnection, nameOf, productionDir, type World } from '../connect.ts';
import { openDriver } from '../drivers/open-driver.ts';
import { test as base, closeWorld, expect, inPanel, LAUNCHER, openPanel, PANEL } from '../world.ts';

/** The production build, whose hosts can be taken back. Chromium answers its prompts only in a window. */
const test = base.extend<{ granted: World }>({
  granted: async ({ browserName_ }, use) => {
    const simulators = await startSimulators({ limits: false });
    const driver = await openDriver(browserName_, {
      extensionDir: productionDir(browserName_),
      headed: browserName_ === 'chromium',
    });
    const world = { simulators, driver };
    await use(world);
    await closeWorld(world);
  },
});

test('a host that is taken back takes launcher and panel from its open pages; granted anew, they are there', async ({
  granted: world,
}) => {
  const { driver, simulators } = world;
  const options = await fillConnection(world, 'keitaro');
  const row = options.element('.connections li', { hasText: nameOf('keitaro') });
  await options.focus();
  await driver.acceptPermissionPrompt(() => row.isVisible());
  const days = { from: '2026-11-20', to: '2026-11-20' };
  const tab = await openPanel(world, simulators.keitaro.campaignPage(0, days));
  const clicks = `[data-connection="${nameOf('keitaro')}"] [data-metric=clicks]`;
  await inPanel(tab, clicks).waitForText(/\d/);

  await driver.runInBackground(
    `(globalThis.browser ?? chrome).permissions.remove({ origins: ['http://keitaro.localhost/*'] })`,
  );
  await expect.poll(() => tab.element(`${LAUNCHER}, ${PANEL}`).count()).toBe(0);

  await options.focus();
  await options.element('button[name=grant]').click();
  await driver.acceptPermissionPrompt(
    async () => !(await options.element('button[name=grant]').isVisible()),
  );
  await tab.focus();
  await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
  if (!(await tab.element(PANEL).isVisible())) {
    await tab.element('button', { within: LAUNCHER }).click();
  }
  await inPanel(tab, clicks).waitForText(/\d/);
  expect(await tab.element(LAUNCHER).count()).toBe(1);
});
