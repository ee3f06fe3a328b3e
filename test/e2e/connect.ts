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

/** Binom does not tell its tokens' names: the user says which one holds the placement. */
const BINOM_TEMPLATE = {
  sourceId: '21',
  sourceName: 'PropellerAds',
  campaign: null,
  adSet: null,
  ad: null,
  placement: 2,
};

/** Asks the background as a page of the extension does. Rejects with the problem that it answers with. */
type Ask = <Result>(name: string, input: object) => Promise<Result>;

export const askFrom =
  (page: Tab): Ask =>
  async (name, input) => {
    const request = { crosstrack: 'call', id: name, role: 'extension', name, input };
    const reply = await page.evaluate<{ ok: boolean; result: never; problem?: unknown }>(
      `(globalThis.browser ?? chrome).runtime.sendMessage(${JSON.stringify(request)})`,
    );
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.problem)}`);
    return reply.result;
  };

/** A page of the extension that does nothing by itself. */
const DESK = 'LICENSES.txt';

async function atDesk(driver: BrowserDriver, work: (ask: Ask) => Promise<void>): Promise<void> {
  const desk = await driver.extensionPage(DESK);
  await work(askFrom(desk));
  await desk.close();
}

/**
 * Adds them, all four by default, with Binom's template. Past the form, which `first-steps.spec.ts`
 * proves: a page for each takes seconds.
 */
export async function connectAll(
  { driver, simulators }: World,
  ids: readonly SimulatorId[] = SIMULATORS,
): Promise<void> {
  await atDesk(driver, async (ask) => {
    for (const id of ids) {
      const { url, apiKey, currency, zone } = simulators[id];
      const name = nameOf(id);
      const draft = { tracker: id, name, address: `${url}/`, currency, zone, basis: 'visit' };
      const { connection } = await ask<{ connection: { id: string } }>('connections.save', {
        draft,
        id: null,
        credentials: { key: apiKey },
      });
      if (id !== 'binom') continue;
      await ask('connections.template', { id: connection.id, template: BINOM_TEMPLATE });
    }
  });
}

/** Removes them all, with all that is known of them. */
export async function disconnectAll({ driver }: World): Promise<void> {
  await atDesk(driver, async (ask) => {
    for (const { id } of await ask<{ id: string }[]>('connections.list', {})) {
      await ask('connections.remove', { id });
    }
  });
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
