import { expect, inPanel, openPanel, test } from '../world.ts';

test('a click id pasted into the palette is found, with its campaign, cost and conversion', async ({
  world,
}) => {
  const { keitaro } = world.simulators;
  const today = new Date().toISOString().slice(0, 10);
  const before = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10);
  const [sale] = keitaro
    .conversions({ campaignIndex: 0, from: before, to: today })
    .filter(({ status }) => status === 'sale');
  if (!sale) throw new Error('no sale');
  const tab = await openPanel(world, keitaro.campaignPage(0, { from: before, to: today }));
  await inPanel(tab, '[data-tab=compare]').click();
  await tab.press('Ctrl+K');
  await inPanel(tab, '[name=palette]').fill(sale.clickId);
  await inPanel(tab, '[role=option]', `Find click ${sale.clickId}`).click();
  const found = inPanel(tab, '[data-connection="keitaro main"][data-finding=found]');
  await found.waitForText(/Summer push DE.*\$0\.\d+.*Conversion sale · \$/);
  // Who has no log with click ids says so.
  await inPanel(tab, '[data-connection="binom main"][data-finding=unasked]').waitForText(
    'no log with click IDs',
  );
  await inPanel(tab, '[data-finding=looking]').waitFor({ state: 'hidden' });
  await inPanel(tab, '[data-summary]').waitForText('keitaro main');
});

test('the dashboard has a field for it, and says where a click is not', async ({ world }) => {
  const page = await world.driver.extensionPage('dashboard.html#view=clicks');
  await page.element('[name=lookup-days]').select('7');
  await page.element('[name=click-id]').fill('c0d0000n99999999');
  await page.element('[name=find-click]').click();
  await page
    .element('[data-connection="keitaro main"][data-finding=missing]')
    .waitForText('Not among the clicks of');
  // A network's log has no filter for a click: nobody waits for it, and a page that closes stops it.
  await page.element('[data-summary]').waitForText(/Searching: affise main|Can't tell for/);
  expect(await page.url()).toContain('click=c0d0000n99999999');
});
