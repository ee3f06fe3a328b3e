import { join } from 'node:path';
import { openPanel, PANEL_DOCUMENT as PANEL, type World } from '../e2e/connect.ts';
import type { Locator, Tab } from '../e2e/drivers/driver.ts';

/** One step of the job: what was done, and what was found. */
export interface Told {
  readonly step: string;
  readonly found: string;
}

/** A walk is faster than a person and uses up what a tracker allows in a minute (ms). */
const PATIENT = 90_000;
const DAYS = { from: '2026-08-01', to: '2026-08-14' };

/** Walks the main job as a user would and leaves a screenshot of each step. Throws when a step fails. */
export async function walkTheJob(world: World, folder: string): Promise<Told[]> {
  const { driver, simulators } = world;
  const told: Told[] = [];
  const tell = (step: string, found: string) => told.push({ step, found });
  const picture = (tab: Tab, name: string) => tab.screenshot(join(folder, `${name}.png`));
  const day = { from: '2026-08-02', to: '2026-08-02' };

  for (const id of ['keitaro', 'binom', 'redtrack'] as const) {
    const tab = await openPanel(world, simulators[id].campaignPage(0, day));
    await tab.setViewport({ width: 1280, height: 860 });
    const panel = (selector: string, hasText?: string | RegExp): Locator =>
      tab.element(selector, { within: PANEL, ...(hasText === undefined ? {} : { hasText }) });
    for (const other of simulators.all) {
      const row = `[data-connection="${other.id} main"]`;
      await panel(`${row} [data-metric=conversions]`).waitForText(/\d/, PATIENT);
    }
    await picture(tab, `${id}-1-compare`);
    tell(`${id}: campaign compared`, await panel('[data-connection="affise main"]').text());

    await panel('[data-tab=cost]').click();
    await panel('[name=amount]').fill('210.50');
    await panel('button[name=send-cost]:enabled').waitForText(/./, PATIENT);
    await picture(tab, `${id}-2-cost`);
    const before = simulators[id].truth({ campaignIndex: 0, ...day }).cost;
    await panel('button[name=send-cost]').click();
    const record = panel('.record[data-state=verified]');
    await record.waitForText(/./, PATIENT);
    await picture(tab, `${id}-3-verified`);
    const after = simulators[id].truth({ campaignIndex: 0, ...day }).cost;
    tell(`${id}: cost in its database`, `$${before.toFixed(2)} → $${after.toFixed(2)}`);
    tell(`${id}: journal`, await record.text());
    await tab.close();

    const list = await openPanel(world, simulators[id].campaignPage(0, DAYS));
    await list.setViewport({ width: 1280, height: 860 });
    await list.element('[data-tab=blacklist]', { within: PANEL }).click();
    const head = list.element('[data-head=blacklist]', { within: PANEL });
    tell(`${id}: blacklist`, await head.waitForText(/to cut/, PATIENT));
    await list.element('button[name=copy-list]', { within: PANEL }).click();
    await list.element('[data-result]', { within: PANEL }).waitForText(/./, PATIENT);
    await picture(list, `${id}-4-blacklist`);
    const ids = (await driver.clipboardText()).split('\n');
    tell(`${id}: copied`, `${ids.length} ids: ${ids.slice(0, 3).join(', ')} …`);
    await list.close();
  }

  const network = await openPanel(world, simulators.affise.campaignPage(0));
  await network.element('[data-tab=cost]', { within: PANEL }).click();
  const reason = network.element('.notice', { within: PANEL });
  tell('affise: cost', await reason.waitForText(/\w/));
  await picture(network, 'affise-cost');

  const popup = await driver.extensionPage('popup.html');
  await popup.setViewport({ width: 380, height: 560 });
  for (const { id } of simulators.all) {
    await popup.element(`[data-connection="${id} main"] .num`).waitForText(/\d/, PATIENT);
  }
  tell('popup: today', await popup.element('.total .big').text());
  await picture(popup, 'popup');

  const dashboard = await driver.extensionPage('dashboard.html#days=last7');
  await dashboard.setViewport({ width: 1400, height: 860 });
  for (const { id } of simulators.all) {
    const side = dashboard.element(`[data-connection="${id} main"]`);
    await side.waitForText('USD', PATIENT);
  }
  await dashboard.element('tbody tr', { hasText: 'Summer push DE' }).waitFor({ state: 'visible' });
  tell('dashboard', await dashboard.element('[data-count]').text());
  await picture(dashboard, 'dashboard');
  return told;
}
