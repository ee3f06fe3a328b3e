import { test as base, expect as baseExpect, type TestInfo } from '@playwright/test';
import { type Simulators, type SimulatorsOptions, startSimulators } from '../simulators/start.ts';
import {
  connectAll,
  disconnectAll,
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
 * @param others other names of campaigns, and other facts of trackers, as in `SimulatorsOptions`
 */
export async function openWorld(
  browser: BrowserName,
  policyFor?: (simulators: Simulators) => object,
  others?: Pick<SimulatorsOptions, 'renamed' | 'facts'>,
): Promise<World> {
  // Traffic of hours to come would tell the extension that a tracker cuts days in another zone.
  const simulators = await startSimulators({
    trackers: SIMULATORS,
    clock: Date.now(),
    limits: false,
    ...others,
  });
  const policy = policyFor ? { policy: policyFor(simulators) } : {};
  const driver = await openDriver(browser, { extensionDir: extensionDir(browser), ...policy });
  return { simulators, driver };
}

export async function closeWorld({ driver, simulators }: World): Promise<void> {
  await driver.close();
  await simulators.stop();
}

/** What a worker's tests share: a browser, and whether its four trackers are connected now. */
interface Shared {
  readonly world: World;
  connected: boolean;
}

/**
 * A browser takes seconds to start, and trackers to connect: the tests of a worker share one. Each
 * begins with no page open, with the simulators as new, and with an extension that knows nothing
 * but its connections.
 * - `world` has the four trackers connected.
 * - `bare` has none.
 * - `fresh` is the test's own: a new installation, greeted when the browser gets to it.
 */
export const test = base.extend<
  { world: World; bare: World; fresh: World },
  WorldOptions & { shared: Shared }
>({
  browserName_: ['chromium', { option: true, scope: 'worker' }],
  shared: [
    async ({ browserName_ }, use) => {
      const world = await openWorld(browserName_);
      // A fresh installation is greeted, sooner or later: not in the middle of a test.
      const welcome = await world.driver.waitForTab((url) => url.includes('/welcome.html'));
      await welcome.element('a.button').waitFor({ state: 'visible' });
      await welcome.close();
      await use({ world, connected: false });
      await closeWorld(world);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  world: async ({ shared }, use, info) => {
    const { world } = shared;
    world.simulators.reset();
    if (!shared.connected) {
      await connectAll(world);
      shared.connected = true;
      world.simulators.reset();
    }
    await use(world);
    await showFailure(world, info);
    await closePages(world);
    await forget(world, CONNECTED);
  },
  bare: async ({ shared }, use, info) => {
    const { world } = shared;
    world.simulators.reset();
    if (shared.connected) await disconnectAll(world);
    shared.connected = false;
    await use(world);
    await showFailure(world, info);
    await closePages(world);
    await disconnectAll(world);
    await forget(world, []);
  },
  fresh: async ({ browserName_ }, use, info) => {
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

/** The paces that trackers ask for start anew: they lie in the session and in the worker. */
export async function forgetPaces({ driver }: World): Promise<void> {
  await driver.runInBackground("chrome.storage.session.remove('paces')");
  await driver.killBackground();
}

/** The object stores that hold the connections and what opens their keys. */
const CONNECTED: readonly string[] = ['connections', 'cryptoKeys', 'vault'];

/**
 * Has the extension forget all but these object stores, in the session and in the worker too: the
 * form of a cost begins with the last one, and two exports of a list within minutes are one.
 */
async function forget({ driver }: World, kept: readonly string[]): Promise<void> {
  await driver.runInBackground(`(async () => {
    const { storage } = globalThis.browser ?? chrome;
    const wait = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    for (const { name } of await indexedDB.databases()) {
      const database = await wait(indexedDB.open(name));
      const stores = [...database.objectStoreNames].filter((store) => !${JSON.stringify(kept)}.includes(store));
      const transaction = database.transaction(stores, 'readwrite');
      await Promise.all(stores.map((store) => wait(transaction.objectStore(store).clear())));
      database.close();
    }
    await storage.session.clear();
  })()`);
  await driver.killBackground();
  await driver.setTheme('light');
}

/** Closes the pages of trackers and of the extension; the browser's first tab stays. */
export async function closePages({ driver }: World): Promise<void> {
  for (const tab of await driver.tabs()) {
    if (/^(https?|chrome-extension|moz-extension|chrome-error):/.test(await tab.url()))
      await tab.close();
  }
}

/** Looks again as soon as the drivers do, where Playwright would let a second pass. */
const INTERVALS = [20, 20, 50, 100];

/** Playwright's, with a `poll` that wastes no time. */
export const expect = new Proxy(baseExpect, {
  get: (target, name, receiver) =>
    name === 'poll'
      ? (...[actual, options]: Parameters<typeof baseExpect.poll>) =>
          target.poll(actual, {
            intervals: INTERVALS,
            ...(typeof options === 'string' ? { message: options } : options),
          })
      : Reflect.get(target, name, receiver),
});

/** Something in the panel. */
export const inPanel = (tab: Tab, selector: string, hasText?: string | RegExp): Locator =>
  tab.element(selector, { within: PANEL_DOCUMENT, ...(hasText === undefined ? {} : { hasText }) });

/** Number in a text as the UI writes it: "−$1,234.50" → −1234.5. */
export function numberIn(text: string): number {
  const digits = text.replace(/[−–]/g, '-').replace(/[^\d.-]/g, '');
  return Number(digits);
}

export { LAUNCHER, openPanel, PANEL, PANEL_DOCUMENT };
