import { daysOf } from '../days.ts';
import type { Tab } from '../drivers/driver.ts';
import { expect, inPanel, LAUNCHER, numberIn, openPanel, PANEL, test } from '../world.ts';

const day = daysOf('03');
const sent = (tab: Tab) => inPanel(tab, '.record[data-state=verified]');

async function sendCost(tab: Tab, amount: string): Promise<void> {
  await inPanel(tab, '[data-tab=cost]').click();
  await inPanel(tab, '[name=amount]').fill(amount);
  await inPanel(tab, 'button[name=send-cost]').click();
  await sent(tab).waitFor({ state: 'visible' });
}

test('a cost sent in one tab shows in the other’s history and figures, and in the dashboard’s journal', async ({
  world,
}) => {
  const { keitaro } = world.simulators;
  const history = await openPanel(world, keitaro.campaignPage(0, day(1)));
  await inPanel(history, '[data-tab=history]').click();
  await inPanel(history, '.body').waitFor({ state: 'visible' });
  const figures = await openPanel(world, keitaro.campaignPage(0, day(1)));
  const cost = inPanel(figures, '[data-connection="keitaro main"] [data-metric=cost]');
  const before = keitaro.truth({ campaignIndex: 0, ...day(1) }).cost;
  await expect.poll(async () => numberIn(await cost.text())).toBeCloseTo(before, 1);
  const journal = await world.driver.extensionPage('dashboard.html#view=journal');
  await journal.element('main').waitFor({ state: 'visible' });

  const tab = await openPanel(world, keitaro.campaignPage(0, day(1)));
  await sendCost(tab, '412.75');

  await history.focus();
  await inPanel(history, '[data-record]', '$412.75').waitForText('Verified');
  await figures.focus();
  await expect.poll(async () => numberIn(await cost.text())).toBeCloseTo(412.75, 1);
  await journal.focus();
  await journal.element('tbody tr', { hasText: '$412.75' }).waitForText(/Verified Panel$/);
});

test('a list exported in one tab shows in the other’s history', async ({ world }) => {
  const { binom } = world.simulators;
  const history = await openPanel(world, binom.campaignPage(0));
  await inPanel(history, '[data-tab=history]').click();
  await inPanel(history, '.body p.soft').waitFor({ state: 'visible' });
  const lists = inPanel(history, '.body li');
  expect(await lists.count()).toBe(0);
  const tab = await openPanel(world, binom.campaignPage(0));
  await inPanel(tab, '[data-tab=blacklist]').click();
  await inPanel(tab, 'button[name=copy-list]').click();
  await inPanel(tab, '[data-result=copied]').waitFor({ state: 'visible' });
  await history.focus();
  await expect.poll(() => lists.count()).toBe(1);
});

test('turned off, a connection takes launcher and panel from its open pages; turned on, the launcher is back', async ({
  world,
}) => {
  const { driver, simulators } = world;
  const open = await openPanel(world, simulators.redtrack.campaignPage(0, day(20)));
  const closed = await driver.newTab(simulators.redtrack.listPage());
  await closed.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
  const other = await openPanel(world, simulators.keitaro.campaignPage(0, day(20)));

  const options = await driver.extensionPage('options.html');
  const turn = options.element('.connections li:nth-child(3) button[name=turn]');
  await turn.click();
  for (const tab of [open, closed]) {
    await expect.poll(() => tab.element(`${LAUNCHER}, ${PANEL}`).count()).toBe(0);
  }
  // Nothing happens to the others.
  expect(await other.element(PANEL).count()).toBe(1);
  await inPanel(other, '[data-connection="keitaro main"] [data-metric=clicks]').waitForText(/\d/);
  await options.focus();
  await turn.click();
  for (const tab of [open, closed]) {
    await tab.focus();
    await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
    expect(await tab.element(LAUNCHER).count()).toBe(1);
  }
  if ((await open.element(PANEL).count()) === 0) {
    await open.element('button', { within: LAUNCHER }).click();
  }
  await inPanel(open, 'header .name').waitForText('Summer push DE');
});
