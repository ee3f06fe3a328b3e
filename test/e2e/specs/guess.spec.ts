import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askFrom, connectAll, LAUNCHER, nameOf, openPanel } from '../connect.ts';
import { expect, inPanel, test } from '../world.ts';

const DAYS = { from: '2026-08-01', to: '2026-08-02' };

test('a tracker’s page is known before it is connected, connected from there, and has its panel then', async ({
  bare,
}) => {
  const { driver, simulators } = bare;
  // The popup's question, asked by an extension page behind the tracker's.
  const ours = await driver.extensionPage('options.html');
  const guess = () => askFrom(ours)('page.guess', {});
  for (const id of ['keitaro', 'binom', 'binom2'] as const) {
    const tab = await driver.newTab(simulators[id].campaignPage(0, DAYS));
    await tab.element('#rows tr').waitFor({ state: 'visible' });
    // The page of a fresh installation may open meanwhile, in front.
    const looking = async () => {
      await tab.focus();
      return guess();
    };
    await expect
      .poll(looking, id)
      .toEqual({ tracker: id, name: expect.any(String), url: expect.not.stringContaining('?') });
    // Looking leaves nothing behind.
    expect(await tab.element(LAUNCHER).count()).toBe(0);
    await tab.close();
  }
  // A shop that only says so is none.
  const shop = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<title>Keitaro</title><body ng-app><h1>Keitaro, Binom, RedTrack</h1>');
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const { port } = shop.address() as AddressInfo;
  const lookalike = await driver.newTab(`http://localhost:${port}/admin/campaigns`);
  await lookalike.element('h1').waitFor({ state: 'visible' });
  expect(await guess()).toBeNull();
  await lookalike.close();
  shop.close();

  const form = await driver.extensionPage(
    `options.html#add?${new URLSearchParams({ tracker: 'binom2', url: `${simulators.binom2.url}/panel/campaigns` })}`,
  );
  await form.element('[name=key]').fill(simulators.binom2.apiKey);
  await form.element('[name=zone]').fill(simulators.binom2.zone);
  await form.element('[name=name]').fill(nameOf('binom2'));
  await form.element('button[name=save]').click();
  await form
    .element('.connections li', { hasText: nameOf('binom2') })
    .waitFor({ state: 'visible' });
  await form.close();

  await connectAll(bare, ['keitaro']);
  const tab = await openPanel(bare, simulators.binom2.campaignPage(0, DAYS));
  const truth = simulators.binom2.truth({ campaignIndex: 0, ...DAYS });
  const row = '[data-connection="binom2 main"] [data-metric=clicks]';
  await inPanel(tab, row).waitForText(
    new RegExp(truth.clicks.toLocaleString('en').replace(',', '.?')),
  );
  await inPanel(tab, '[data-connection="keitaro main"] [data-metric=clicks]').waitForText(/\d/);
  // A connected page is no guess any more.
  expect(await guess()).toBeNull();
});
