import { test as base, expect, type TestInfo } from '@playwright/test';
import { type Simulators, type SimulatorsOptions, startSimulators } from '../simulators/start.ts';
import {
  connectAll,
  extensionDir,
  LAUNCHER,
  openPanel,
  PANEL,
  PANEL_DOCUMENT,
  SIMULATORS,
  type World,
} from './connect.ts';
import type { BrowserName, Locator, Tab } from './drivers/driver.ts';
import { openDriver } from './drivers/open-driver.ts';

export interface WorldOptions {
  browserName_: BrowserName;
}

/**
 * A browser with the extension, and the four simulators; nothing connected yet.
 * @param policyFor what an administrator laid down, as in `DriverOptions`
 * @param renamed other names of campaigns, as in `SimulatorsOptions`
 */
export async function openWorld(
  browser: BrowserName,
  policyFor?: (simulators: Simulators) => object,
  renamed?: SimulatorsOptions['renamed'],
): Promise<World> {
  // Traffic of hours to come would tell the extension that a tracker cuts days in another zone.
  const simulators = await startSimulators({
    trackers: SIMULATORS,
    clock: Date.now(),
    limits: false,
    ...(renamed ? { renamed } : {}),
  });
  const policy = policyFor ? { policy: policyFor(simulators) } : {};
  const driver = await openDriver(browser, { extensionDir: extensionDir(browser), ...policy });
  return { simulators, driver };
}

export async function closeWorld({ driver, simulators }: World): Promise<void> {
  await driver.close();
  await simulators.stop();
}

/**
 * `world` has the four trackers connected; `bare` is a world of the test's own with nothing
 * connected. Connecting takes seconds, so the browser behind `world` is shared by the tests of a
 * worker that ask for it: each begins with the simulators as new, no page open and no pace to
 * keep. What the extension knows stays, as it does for a user: use days that no other test uses.
 */
export const test = base.extend<{ world: World; bare: World }, WorldOptions & { shared: World }>({
  browserName_: ['chromium', { option: true, scope: 'worker' }],
  shared: [
    async ({ browserName_ }, use) => {
      const world = await openWorld(browserName_);
      // A fresh installation is greeted, sooner or later: not in the middle of a test.
      const welcome = await world.driver.waitForTab((url) => url.includes('/welcome.html'));
      await welcome.element('a.button').waitFor({ state: 'visible' });
      await welcome.close();
      await connectAll(world);
      await use(world);
      await closeWorld(world);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  world: async ({ shared }, use, info) => {
    shared.simulators.reset();
    await use(shared);
    await showFailure(shared, info);
    await closePages(shared);
    await forgetPaces(shared);
  },
  bare: async ({ browserName_ }, use, info) => {
    const world = await openWorld(browserName_);
    await use(world);
    await showFailure(world, info);
    await closeWorld(world);
  },
});

/** Where a test has failed: a picture of every page beside its report, and what the pages say in the output. */
async function showFailure({ driver }: World, info: TestInfo): Promise<void> {
  if (info.status === info.expectedStatus) return;
  for (const [nth, tab] of (await driver.tabs()).entries()) {
    try {
      const url = await tab.url();
      await tab.screenshot(info.outputPath(`tab-${nth}.png`));
      const within = (await tab.element(PANEL).count()) > 0 ? PANEL_DOCUMENT : undefined;
      const text = await tab.element('body', within ? { within } : {}).text();
      console.error(`${info.title}: ${url} says: ${text}`);
    } catch (error) {
      console.error(`${info.title}: a tab cannot be shown: ${error}`);
    }
  }
}

/** The paces that trackers ask for start anew, whatever ran before: they lie in the session and in the worker. */
async function forgetPaces({ driver }: World): Promise<void> {
  await driver.runInBackground("chrome.storage.session.remove('paces')");
  await driver.killBackground();
}

/** Closes the pages of trackers and of the extension; the browser's first tab stays. */
export async function closePages({ driver }: World): Promise<void> {
  for (const tab of await driver.tabs()) {
    if (/^(https?|chrome-extension|moz-extension|chrome-error):/.test(await tab.url()))
      await tab.close();
  }
}

/** Something in the panel. */
export const inPanel = (tab: Tab, selector: string, hasText?: string | RegExp): Locator =>
  tab.element(selector, { within: PANEL_DOCUMENT, ...(hasText === undefined ? {} : { hasText }) });

/** Number in a text as the UI writes it: "−$1,234.50" → −1234.5. */
export function numberIn(text: string): number {
  const digits = text.replace(/[−–]/g, '-').replace(/[^\d.-]/g, '');
  return Number(digits);
}

export { expect, LAUNCHER, openPanel, PANEL, PANEL_DOCUMENT };
