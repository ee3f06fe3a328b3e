import { expect, inPanel, openPanel, test } from '../world.ts';

test('a cost is set everywhere at once, with one of the trackers dead', async ({ world }) => {
  const { keitaro, binom, redtrack } = world.simulators;
  const days = { from: '2026-06-15', to: '2026-06-15' };
  const cost = (of: typeof keitaro | typeof binom | typeof redtrack) =>
    of.truth({ campaignIndex: 0, ...days }).cost;
  const before = cost(redtrack);
  const tab = await openPanel(world, keitaro.campaignPage(0, days));
  await inPanel(tab, '[data-tab=cost]').click();
  const side = (name: string) => `[data-side="${name} main"]`;
  await inPanel(tab, `${side('binom')} input`).waitFor({ state: 'visible' });
  redtrack.fail({ path: /report/, how: { status: 503, body: 'down' } });
  for (const name of ['binom', 'redtrack']) await inPanel(tab, `${side(name)} input`).click();
  await inPanel(tab, '[name=amount]').fill('345.60');
  await inPanel(tab, `${side('redtrack')} .problem`).waitFor({ state: 'visible' });
  await inPanel(tab, side('binom')).waitForText('$345.60');
  await inPanel(tab, 'button[name=send-cost]:enabled', /in 2 trackers$/).click();
  for (const name of ['keitaro', 'binom']) {
    const line = `[data-sent="${name} main"] .record[data-state=verified]`;
    await inPanel(tab, line).waitFor({ state: 'visible' });
  }
  expect(cost(keitaro)).toBeCloseTo(345.6, 1);
  expect(cost(binom)).toBeCloseTo(345.6, 1);
  expect(cost(redtrack)).toBeCloseTo(before, 4);

  const journal = await world.driver.extensionPage('dashboard.html#view=journal');
  for (const name of ['keitaro', 'binom']) {
    await journal.element('tbody tr', { hasText: `${name} main` }).waitForText('$345.60');
  }
  expect(await journal.element('tbody tr', { hasText: 'redtrack main' }).count()).toBe(0);
  await journal.close();
});
