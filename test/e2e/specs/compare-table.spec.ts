import type { World } from '../connect.ts';
import { daysOf } from '../days.ts';
import type { Tab } from '../drivers/driver.ts';
import { expect, numberIn, test } from '../world.ts';

const day = (first: number, last = first) => daysOf('08')(20 + first, 20 + last);
const first = (tab: Tab) => tab.element('tbody .first');
/** All sides have answered: nothing moves any more. */
async function answered(tab: Tab, { simulators }: World): Promise<void> {
  await first(tab).waitForText(/\w/);
  for (const { id } of simulators.all) {
    await tab.element(`[data-connection="${id} main"]`).waitForText('USD');
  }
}
const total = async (tab: Tab) => numberIn(await tab.element('tfoot td', { nth: 1 }).text());

/** The total clicks of each side under the name of its column, in the order of the columns. */
const CLICKS = `[...document.querySelectorAll('thead tr:last-child th')].flatMap((head, at) => {
  const title = head.querySelector('button')?.title ?? '';
  return title.endsWith('main Clicks') ? title + ' ' + document.querySelectorAll('tfoot td')[at].textContent : [];
})`;

test.describe('the comparison’s table', () => {
  test('by country holds the same clicks as by campaign, those of trackers that know only one campaign’s countries too', async ({
    world,
  }) => {
    const { driver } = world;
    const { from, to } = day(1, 2);
    const tab = await driver.extensionPage(`dashboard.html#days=${from}..${to}`);
    await answered(tab, world);
    const columns = await tab.element('tfoot td').texts();
    await tab.element('[name=by]').select('country');
    await tab.element('tbody tr', { hasText: 'Germany (DE)' }).waitForText(/\d/);
    // Figures of each side; gaps are over what both have, which differs.
    for (const [at, shown] of columns.entries()) {
      if (/^[\d,]+$/.test(shown)) {
        await expect.poll(() => tab.element('tfoot td', { nth: at }).text()).toBe(shown);
      }
    }
    await tab.back();
    await tab.element('tbody tr', { hasText: 'Summer push DE' }).waitForText(/\d/);
    expect(await tab.url()).not.toContain('by=country');

    // Put in another order while it is open, each tracker keeps its figures. The base stays: its zone is
    // the table's.
    await answered(tab, world);
    const before = await tab.evaluate<string[]>(CLICKS);
    expect(before).toHaveLength(world.simulators.all.length);
    const options = await driver.extensionPage('options.html');
    const third = options.element('.connections li', { nth: 2 });
    for (const [moved, expected] of [
      ['binom', [before[0], before[2], before[1], before[3]]],
      ['redtrack', before],
    ] as const) {
      await options.focus();
      await options.element('button[name=up]', { nth: 2 }).click();
      await third.waitForText(`${moved} main`);
      await tab.focus();
      await expect.poll(() => tab.evaluate<string[]>(CLICKS)).toEqual(expected);
    }
    await options.close();
  });

  test('as a saved view is opened from the list, by Back, and by a bookmark', async ({ world }) => {
    const { driver } = world;
    const { from, to } = day(3);
    const tab = await driver.extensionPage(`dashboard.html#days=${from}..${to}&by=deviceType`);
    await first(tab).waitForText(/mobile/i);
    await answered(tab, world);
    await tab.element('[data-menu=columns] summary').click();
    await tab.element('[data-menu=columns] [name=profit]').click();
    await tab.element('[data-menu=views] summary').click();
    await tab.element('[data-menu=views] [name=view-name]').fill('Devices');
    await tab.element('[data-menu=views] button[type=submit]').click();
    await tab
      .element('[data-menu=views] summary', { hasText: 'Devices' })
      .waitFor({ state: 'visible' });
    await tab.press('Escape');
    const bookmark = await tab.url();

    await tab.element('[name=by]').select('day');
    await first(tab).waitForText(from);
    await answered(tab, world);
    await tab.element('[data-menu=views] summary').click();
    await tab.element('[data-view=Devices] a').click();
    await first(tab).waitForText(/mobile/i);
    await tab.back();
    await first(tab).waitForText(from);

    const marked = await driver.newTab(bookmark);
    await first(marked).waitForText(/mobile/i);
    await answered(marked, world);
    expect(await marked.element('thead', { hasText: 'Profit' }).count()).toBe(0);
    await marked
      .element('[data-menu=views] summary', { hasText: 'Devices' })
      .waitFor({ state: 'visible' });

    // The other tests find the settings as they were.
    await marked.element('[data-menu=columns] summary').click();
    await marked.element('[data-menu=columns] [name=profit]').click();
    await marked.element('thead', { hasText: 'Profit' }).waitFor({ state: 'visible' });
    await marked.element('[data-menu=views] summary').click();
    await marked.element('[name=delete-view]').click();
    await marked.element('[data-view=Devices]').waitFor({ state: 'hidden' });
  });

  test('is filtered, walked and copied by keyboard; its CSV is what is on the screen', async ({
    world,
  }) => {
    const { driver, simulators } = world;
    const days = day(4);
    const tab = await driver.extensionPage(
      `dashboard.html#days=${days.from}..${days.to}&sort=name&order=asc`,
    );
    await tab.element('tbody tr', { hasText: 'Summer push DE' }).waitForText(/\d/);
    await tab.press('/');
    await tab.element('[name=search]').type('push clicks > 3000');
    await expect.poll(() => tab.element('tbody .first').texts()).toEqual(['Summer push DE']);
    const { clicks } = simulators.keitaro.truth({ campaignIndex: 0, ...days });
    await expect.poll(() => total(tab)).toBe(clicks);

    await tab.element('[role=region]').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await tab.press(key);
    await tab.element('[data-cursor]').waitForText(clicks.toLocaleString('en'));
    await tab.press('Ctrl+C');
    await expect.poll(() => driver.clipboardText()).toBe(clicks.toLocaleString('en'));

    await tab.element('button[name=save-csv]').click();
    const csv = await driver.waitForDownload();
    const [head = '', row = '', ...rest] = csv.text.trimEnd().split('\r\n');
    expect(head.split(',').slice(0, 2)).toEqual(['Campaign', 'keitaro main Clicks']);
    expect(row.split(',').slice(0, 2)).toEqual(['Summer push DE', String(clicks)]);
    expect(rest).toEqual([]);
  });
});
