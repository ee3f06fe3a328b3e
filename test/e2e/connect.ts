import { resolve } from 'node:path';
import type { SimulatorId, Simulators } from '../simulators/start.ts';
import type { BrowserDriver, BrowserName, Tab } from './drivers/driver.ts';

const OUTPUT = resolve(import.meta.dirname, '../../.output');

/** Production code with loopback hosts granted; the meta tests hold that nothing else differs. */
export const extensionDir = (browser: BrowserName): string =>
  resolve(OUTPUT, browser === 'chromium' ? 'chrome-mv3-e2e' : 'firefox-mv3-e2e');

/** The production build, which has no host until the user grants one. */
export const productionDir = (browser: BrowserName): string =>
  resolve(OUTPUT, browser === 'chromium' ? 'chrome-mv3' : 'firefox-mv3');

export interface World {
  readonly simulators: Simulators;
  readonly driver: BrowserDriver;
}

export const SIMULATORS: readonly SimulatorId[] = ['keitaro', 'binom', 'redtrack', 'affise'];

/** Name that a simulator's connection gets. */
export const nameOf = (id: SimulatorId): string => `${id} main`;

/** Fills the form of the options page for a simulator and presses Save. */
export async function fillConnection(
  { driver, simulators }: World,
  id: SimulatorId,
  change: { key?: string; secret?: string; tab?: Tab } = {},
): Promise<Tab> {
  const simulator = simulators[id];
  const tab = change.tab ?? (await driver.extensionPage('options.html#add'));
  await tab.element('[name=address]').fill(`${simulator.url}/`);
  await tab.element('[name=tracker]').select(id);
  await tab.element('[name=name]').fill(nameOf(id));
  await tab.element('[name=key]').fill(change.key ?? simulator.apiKey);
  if (change.secret) {
    await tab.element('details summary').click();
    await tab.element('[name=secret]').fill(change.secret);
  }
  await tab.element('[name=currency]').fill(simulator.currency);
  await tab.element('[name=zone]').fill(simulator.zone);
  await tab.element('button[name=save]').click();
  return tab;
}

/** Adds them, all four by default, through the options page; Binom's placements get their token there too. */
export async function connectAll(
  world: World,
  ids: readonly SimulatorId[] = SIMULATORS,
): Promise<void> {
  for (const id of ids) {
    const tab = await fillConnection(world, id);
    await tab.element('.connections li', { hasText: nameOf(id) }).waitFor({ state: 'visible' });
    if (id === 'binom') {
      // Binom does not tell its tokens' names: the user says which one holds the placement.
      const source = '[data-source="PropellerAds"]';
      await tab.element(`${source} select[name$="-placement"]`).select('2');
      await tab.element(`${source} button[name^="save-template"]`).click();
      await tab.element(`${source} button:disabled`).waitFor({ state: 'visible' });
    }
    await tab.close();
  }
}

/** Opens a campaign's page and the panel on it, by a click on the launcher. */
export async function openPanel({ driver }: World, url: string): Promise<Tab> {
  const tab = await driver.newTab(url);
  await tab.element('button', { within: LAUNCHER }).click();
  // The panel remembers its tab; a test starts at the first.
  await tab.element('[data-tab=compare]', { within: PANEL_DOCUMENT }).click();
  return tab;
}

export const LAUNCHER = 'crosstrack-launcher';
export const PANEL = 'crosstrack-panel';
/** The page in the panel's frame. */
export const PANEL_DOCUMENT = `${PANEL} >> iframe`;
