import { resolve } from 'node:path';
import { test as base } from '@playwright/test';
import { type SimulatorId, type Simulators, startSimulators } from '../simulators/start.ts';
import type { BrowserDriver, BrowserName, Tab } from './drivers/driver.ts';
import { openDriver } from './drivers/open-driver.ts';

const OUTPUT = resolve(import.meta.dirname, '../../.output');

/** Production code with loopback hosts granted; the meta tests hold that nothing else differs. */
export const extensionDir = (browser: BrowserName): string =>
  resolve(OUTPUT, browser === 'chromium' ? 'chrome-mv3-e2e' : 'firefox-mv3-e2e');

export interface World {
  readonly simulators: Simulators;
  readonly driver: BrowserDriver;
}

export interface WorldOptions {
  browserName_: BrowserName;
}

/** Fills the form of the options page for a simulator and saves it. */
export async function addConnection(
  driver: BrowserDriver,
  simulators: Simulators,
  id: SimulatorId,
  change: { key?: string; name?: string } = {},
): Promise<Tab> {
  const simulator = simulators[id];
  const tab = await driver.extensionPage('options.html#add');
  await tab.element('[name=address]').fill(`${simulator.url}/`);
  await tab.element('[name=tracker]').select(id);
  await tab.element('[name=name]').fill(change.name ?? `${id} main`);
  await tab.element('[name=key]').fill(change.key ?? simulator.apiKey);
  await tab.element('[name=currency]').fill(simulator.currency);
  await tab.element('[name=zone]').fill(simulator.zone);
  await tab.element('button[name=save]').click();
  return tab;
}

/** A browser with the extension in which the four connections were added by hand, so to speak. */
export async function openWorld(browser: BrowserName, locale?: string): Promise<World> {
  const simulators = await startSimulators({ limits: false });
  const driver = await openDriver(browser, {
    extensionDir: extensionDir(browser),
    ...(locale ? { locale } : {}),
  });
  return { simulators, driver };
}

export const SIMULATORS: readonly SimulatorId[] = ['keitaro', 'binom', 'redtrack', 'affise'];

/** Adds all four and waits until each is in the list. */
export async function addAll(world: World): Promise<void> {
  for (const id of SIMULATORS) {
    const tab = await addConnection(world.driver, world.simulators, id);
    await tab.element('li, tr, article', { hasText: `${id} main` }).waitFor({ state: 'visible' });
    await tab.close();
  }
}

/**
 * `world` is shared by the tests of a worker: adding four connections takes
 * seconds. Each test starts with simulators as new; what the extension knows
 * stays, as it does for a user.
 */
export const test = base.extend<{ fresh: undefined }, WorldOptions & { world: World }>({
  browserName_: ['chromium', { option: true, scope: 'worker' }],
  world: [
    async ({ browserName_ }, use) => {
      const world = await openWorld(browserName_);
      await addAll(world);
      await use(world);
      await world.driver.close();
      await world.simulators.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  fresh: [
    async ({ world }, use) => {
      world.simulators.reset();
      await use(undefined);
      for (const tab of await world.driver.tabs()) {
        if (/^https?:/.test(await tab.url())) await tab.close();
      }
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
