import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  connectAll,
  extensionDir,
  openPanel,
  PANEL_DOCUMENT as PANEL,
  SIMULATORS,
} from '../e2e/connect.ts';
import type { BrowserName, Tab } from '../e2e/drivers/driver.ts';
import { openDriver } from '../e2e/drivers/open-driver.ts';
import { startSimulators } from '../simulators/start.ts';
import { build } from './build.ts';

/**
 * Pictures of every surface, in both browsers and both themes, and of some in
 * Russian and narrow: `npm run screenshots [-- folder]`, by default into
 * `start-output/`. Those that the README shows go into `test/screenshots` too.
 */
const folder = resolve(process.argv[2] ?? 'start-output');
const readme = resolve(import.meta.dirname, '../screenshots');
for (const each of [folder, readme]) mkdirSync(each, { recursive: true });
const IN_README = new Set([
  'chromium-en-light-panel-compare.png',
  'chromium-en-light-panel-cost.png',
  'chromium-en-light-panel-cost-sent.png',
  'chromium-en-light-panel-cost-undo.png',
  'chromium-en-light-dashboard-chart.png',
  'chromium-en-light-offers.png',
  'chromium-en-dark-links.png',
  'chromium-en-dark-panel-blacklist.png',
  'chromium-en-light-panel-rule.png',
  'chromium-en-light-dashboard.png',
  'chromium-en-light-popup.png',
]);
const DAYS = { from: '2026-08-01', to: '2026-08-14' };
/** A tracker's rate limit may be used up by pictures before (ms). */
const PATIENT = 90_000;

for (const browser of ['chromium', 'firefox'] as const) {
  build(browser);
  await take(browser, 'en-US', ['light', 'dark']);
}
// Chromium speaks a language only where the system has it; Firefox is told to.
await take('firefox', 'ru', ['light']);

async function take(
  browser: BrowserName,
  locale: string,
  themes: ReadonlyArray<'light' | 'dark'>,
): Promise<void> {
  const simulators = await startSimulators({
    trackers: SIMULATORS,
    clock: Date.now(),
    limits: false,
  });
  const driver = await openDriver(browser, { extensionDir: extensionDir(browser), locale });
  const world = { driver, simulators };
  try {
    await connectAll(world);
    for (const theme of themes) {
      await driver.setTheme(theme);
      const save = async (tab: Tab, name: string) => {
        const file = `${browser}-${locale.slice(0, 2)}-${theme}-${name}.png`;
        await tab.screenshot(join(folder, file));
        if (IN_README.has(file)) copyFileSync(join(folder, file), join(readme, file));
      };

      const popup = await driver.extensionPage('popup.html');
      await popup.setViewport({ width: 380, height: 440 });
      for (const { id } of simulators.all) {
        await popup.element(`[data-connection="${id} main"] .num`).waitForText(/\d/);
      }
      await save(popup, 'popup');
      await popup.close();

      const pages = { welcome: 'a.button', 'options.html#add': '[name=address]' };
      for (const [page, ready] of Object.entries(pages)) {
        const tab = await driver.extensionPage(page.includes('.html') ? page : `${page}.html`);
        await tab.setViewport({ width: 1000, height: 900 });
        await tab.element(ready).waitFor({ state: 'visible' });
        await save(tab, page.split('.')[0] ?? page);
        await tab.setViewport({ width: 500, height: 900 });
        await save(tab, `${page.split('.')[0]}-narrow`);
        await tab.setViewport({ width: 1280, height: 860 });
        await tab.close();
      }

      const dashboard = await driver.extensionPage('dashboard.html#days=last7');
      await dashboard.setViewport({ width: 1400, height: 760 });
      for (const { id } of simulators.all) {
        await dashboard.element(`[data-connection="${id} main"]`).waitForText('USD', PATIENT);
      }
      await save(dashboard, 'dashboard');
      await dashboard.element('[name=fold-chart]').click();
      await dashboard.element('.uplot').waitFor({ state: 'visible' });
      await save(dashboard, 'dashboard-chart');
      await dashboard.element('[name=fold-chart]').click();
      await dashboard.element('tbody .first', { hasText: 'Summer push DE' }).click();
      await dashboard.element('.details').waitFor({ state: 'visible' });
      await save(dashboard, 'dashboard-details');
      await dashboard.close();

      for (const view of ['offers', 'links', 'journal']) {
        const page = await driver.extensionPage(`dashboard.html#view=${view}&days=last7`);
        await page.setViewport({ width: 1400, height: 760 });
        const ready = view === 'links' ? '[data-proposal], [data-link]' : 'main table, main .soft';
        await page.element(ready).waitForText(/./, PATIENT);
        for (const { id } of view === 'offers' ? simulators.all : []) {
          await page.element(`.chip[data-connection="${id} main"]`).waitForText('USD', PATIENT);
        }
        await save(page, view);
        await page.close();
      }

      // The panel follows the page under it: Keitaro's is dark, Binom's light.
      const under = theme === 'dark' ? simulators.keitaro : simulators.binom;
      const tab = await openPanel(world, under.campaignPage(0, DAYS));
      await tab.setViewport({ width: 1280, height: 800 });
      const gap = '[data-connection="affise main"] [data-gap=conversions]';
      await tab.element(gap, { within: PANEL }).waitForText(/%/, PATIENT);
      await save(tab, 'panel-compare');
      await tab.element('[data-tab=cost]', { within: PANEL }).click();
      await tab.element('[name=amount]', { within: PANEL }).fill('2400.50');
      await tab
        .element('button[name=send-cost]:enabled', { within: PANEL })
        .waitFor({ state: 'visible' });
      await save(tab, 'panel-cost');
      await tab.element('button[name=send-cost]:enabled', { within: PANEL }).click();
      const record = '.record[data-state=verified]';
      await tab.element(record, { within: PANEL }).waitForText(/./, PATIENT);
      await save(tab, 'panel-cost-sent');
      await tab.element('button[name=undo-cost]', { within: PANEL }).click();
      await tab
        .element('button[name^=send-cost]:enabled', { within: PANEL })
        .waitFor({ state: 'visible' });
      await save(tab, 'panel-cost-undo');
      await tab.element('[data-tab=blacklist]', { within: PANEL }).click();
      await tab.element('button[name=copy-list]', { within: PANEL }).click();
      await tab.element('[data-result]', { within: PANEL }).waitFor({ state: 'visible' });
      await save(tab, 'panel-blacklist');
      await tab.element('[data-thumb] summary', { within: PANEL }).click();
      await tab.element('[name=thumb-spent-2]', { within: PANEL }).click();
      await tab.element('[name=list-by]', { within: PANEL }).waitFor({ state: 'visible' });
      await save(tab, 'panel-rule');
      await tab.element('[data-tab=history]', { within: PANEL }).click();
      await tab.element('li', { within: PANEL }).waitFor({ state: 'visible' });
      await save(tab, 'panel-history');
      await tab.close();
    }
  } finally {
    await driver.close();
    await simulators.stop();
  }
  console.log(`${browser} ${locale}: done`);
}
