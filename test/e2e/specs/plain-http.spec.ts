import { connectAll, nameOf } from '../connect.ts';
import { expect, inPanel, numberIn, openPanel, PANEL_DOCUMENT, test } from '../world.ts';

const DAYS = { from: '2026-02-01', to: '2026-02-14' };
const DAY = { from: '2026-02-20', to: '2026-02-20' };

test('a tracker on plain http: connected, compared, a cost sent, a list copied', async ({
  bare,
}) => {
  const { driver, simulators } = bare;
  const earlier = driver.console.length;
  const { binom } = simulators;
  const origin = `http://tracker.test:${binom.port}`;
  const at = (address: string) => address.replace(binom.url, origin);
  const form = await driver.extensionPage('options.html#add');
  await form.element('[name=address]').fill(`${origin}/`);
  await form.element('[name=tracker]').select('binom');
  await form.element('[name=name]').fill(nameOf('binom'));
  await form.element('[name=key]').fill(binom.apiKey);
  await form.element('[name=currency]').fill(binom.currency);
  await form.element('[name=zone]').fill(binom.zone);
  expect(await form.element('button[name=save]').isEnabled()).toBe(false);
  await form.element('[name=plain-http]').click();
  await form.element('button[name=save]').click();
  await form.element('.connections li', { hasText: nameOf('binom') }).waitFor({ state: 'visible' });
  const source = '[data-source="PropellerAds"]';
  await form.element(`${source} select[name$="-placement"]`).select('2');
  await form.element(`${source} button[name^="save-template"]`).click();
  await form.element(`${source} button:disabled`).waitFor({ state: 'visible' });
  // Another side to compare with.
  await connectAll(bare, ['redtrack']);

  const tab = await openPanel(bare, at(binom.campaignPage(0, DAYS)));
  expect(await tab.evaluate('[isSecureContext, typeof crypto.randomUUID]')).toEqual([
    false,
    'undefined',
  ]);
  const truth = binom.truth({ campaignIndex: 0, ...DAYS });
  await inPanel(tab, `[data-connection="${nameOf('binom')}"] [data-metric=clicks]`).waitForText(
    truth.clicks.toLocaleString('en'),
  );
  await inPanel(tab, `[data-connection="${nameOf('redtrack')}"] [data-metric=clicks]`).waitForText(
    /\d/,
  );

  await inPanel(tab, '[data-tab=blacklist]').click();
  await inPanel(tab, 'button[name=copy-list]').click();
  const said = await inPanel(tab, '[data-result=copied]').waitForText(/IDs copied/);
  // A page on plain http has no clipboard that could be read: the extension's page has.
  const copied = (await driver.clipboardText()).split('\n');
  await form.close();
  expect(copied).toHaveLength(numberIn(said.split(' ')[0] ?? ''));
  const known = new Set(binom.truthByPlacement({ campaignIndex: 0, ...DAYS }).map((one) => one.id));
  for (const line of copied) expect(known).toContain(line);
  await tab.close();

  const before = binom.truth({ campaignIndex: 0, ...DAY }).cost;
  const paying = await openPanel(bare, at(binom.campaignPage(0, DAY)));
  await inPanel(paying, '[data-tab=cost]').click();
  await inPanel(paying, '[name=amount]').fill('87.50');
  expect(await inPanel(paying, '.before-after').text()).toContain(`$${before.toFixed(2)} $87.50`);
  await inPanel(paying, 'button[name=send-cost]').click();
  await inPanel(paying, '.record[data-state=verified]').waitFor({ state: 'visible' });
  expect(binom.truth({ campaignIndex: 0, ...DAY }).cost).toBeCloseTo(87.5, 1);
  const errors = driver.console
    .slice(earlier)
    .filter(({ level, url }) => level === 'exception' && !/^http/.test(url));
  expect(errors).toEqual([]);
  expect(await paying.evaluate('location.protocol', { within: PANEL_DOCUMENT })).toMatch(
    /-extension:$/,
  );
});
