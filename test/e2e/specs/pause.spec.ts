import { expect, inPanel, openPanel, PANEL_DOCUMENT, test } from '../world.ts';

const DAYS = { from: '2026-06-24', to: '2026-06-24' };

for (const id of ['keitaro', 'redtrack'] as const) {
  test(`${id}: paused from the panel, read back, journalled, and resumed by undo`, async ({
    world,
  }) => {
    const simulator = world.simulators[id];
    const writes = () => simulator.requests.filter(({ method }) => /POST|PATCH/.test(method));
    const changes = () =>
      writes().filter(({ path }) => /disable|enable|\/campaigns\/status/.test(path)).length;
    const tab = await openPanel(world, simulator.campaignPage(0, DAYS));
    await inPanel(tab, '[name=pause][aria-label="Pause campaign"]').click();
    await inPanel(tab, '.overlay').waitForText('The campaign is active.');
    await inPanel(tab, '[name=send-pause]:enabled').waitFor({ state: 'visible' });
    expect(changes()).toBe(0);
    await inPanel(tab, '[name=send-pause]').click();
    await inPanel(tab, '.overlay .record[data-state=verified]').waitForText('shows it as paused');
    expect(changes()).toBe(1);
    // The header follows.
    await inPanel(tab, '[name=pause][aria-label="Resume campaign"]').waitFor({ state: 'visible' });

    const journal = await world.driver.extensionPage('dashboard.html#view=journal');
    await journal
      .element('[data-writes=pause] li', { hasText: `${id} main` })
      .waitForText(/Pause campaign: .*Verified/);
    await journal.close();

    await tab.focus();
    await inPanel(tab, '.overlay [name=undo-pause]').click();
    await inPanel(tab, '[name=send-pause]', /^Undo/).click();
    await inPanel(tab, '[name=pause][aria-label="Pause campaign"]').waitFor({ state: 'visible' });
    expect(changes()).toBe(2);
    await inPanel(tab, '[name=close-pause]').click();
    await inPanel(tab, '[data-tab=history]').click();
    await inPanel(tab, '.record[data-state=undone]').waitFor({ state: 'visible' });
  });
}

test('a press that no person made pauses nothing', async ({ world }) => {
  const { keitaro } = world.simulators;
  const tab = await openPanel(world, keitaro.campaignPage(1, DAYS));
  await inPanel(tab, '[name=pause]').click();
  await inPanel(tab, '[name=send-pause]:enabled').waitFor({ state: 'visible' });
  await tab.evaluate("document.querySelector('[name=send-pause]').click()", {
    within: PANEL_DOCUMENT,
  });
  await inPanel(tab, '[role=alert]').waitFor({ state: 'visible' });
  expect(keitaro.requests.filter(({ path }) => path.endsWith('/disable'))).toEqual([]);
});

test('a campaign is opened in its tracker, from the panel and from the dashboard', async ({
  world,
}) => {
  const { binom, affise } = world.simulators;
  const tab = await openPanel(world, binom.campaignPage(0, DAYS));
  expect(await inPanel(tab, '[name=pause]').attribute('aria-disabled')).toBe('true');
  await inPanel(tab, '[name=open-campaign]').click();
  const id = binom.campaignId(0);
  const opened = await world.driver.waitForTab((url) => url.endsWith(`?page=Stats&camp_id=${id}`));
  await opened.close();

  const dashboard = await world.driver.extensionPage(
    `dashboard.html#days=${DAYS.from}..${DAYS.to}`,
  );
  // Rows take their places when the last tracker has answered.
  for (const { id: each } of world.simulators.all) {
    await dashboard.element(`.chip[data-connection="${each} main"]`).waitForText('USD');
  }
  await dashboard.element('tbody .first', { hasText: 'Summer push DE' }).click();
  await dashboard.element('.details [name=open-campaign]:enabled').click();
  await world.driver.waitForTab(
    (url) => url.includes('/admin/#!/campaigns/') || url.startsWith(affise.url),
  );
});
