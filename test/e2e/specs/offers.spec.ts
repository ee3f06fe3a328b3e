import { presetRange } from '../../../lib/report/range.ts';
import { daysOf } from '../days.ts';
import { expect, inPanel, numberIn, openPanel, test } from '../world.ts';

const days = daysOf('02');
/** The offer that two campaigns run, and what has to be one of them in every tracker. */
const OFFER = { index: 3, name: 'Dating Match ES', campaigns: [3, 4] } as const;

test.describe('offers', () => {
  test('are rows: what all campaigns sent, each once, against the network', async ({ world }) => {
    const { driver, simulators } = world;
    const { from, to } = days(11, 12);
    const page = await driver.extensionPage(`dashboard.html#view=offers&days=${from}..${to}`);
    await page.setViewport({ width: 1400, height: 900 });
    await page.element('[data-connection="redtrack main"] [name=base]').click();
    const row = page.element('tbody tr', { hasText: OFFER.name });
    await row.waitForText('$');
    // Days are the base's.
    const { zone } = simulators.redtrack;
    const sent = OFFER.campaigns.map((campaignIndex) =>
      simulators.redtrack.truth({ campaignIndex, offer: OFFER.index, from, to, zone }),
    );
    const sum = (of: (one: (typeof sent)[number]) => number) =>
      sent.reduce((all, one) => all + of(one), 0);
    const network = simulators.affise.truth({
      campaignIndex: null,
      offer: OFFER.index,
      ...{ from, to, zone },
    });
    const cells = async () => {
      const texts = await page.element('tbody td').texts();
      const at = texts.indexOf(OFFER.name);
      return [1, 2, 3, 5, 6, 8, 9].map((column) => numberIn(texts[at + column] ?? ''));
    };
    await expect
      .poll(cells)
      .toEqual([
        2,
        sum(({ landerClicks }) => landerClicks),
        network.clicks,
        sum(({ conversions }) => conversions),
        network.conversions,
        Number(sum(({ revenue }) => revenue).toFixed(2)),
        Number(network.revenue.toFixed(2)),
      ]);
    // Rows take their places when the last tracker has answered.
    for (const { id } of simulators.all) {
      await page.element(`.chip[data-connection="${id} main"]`).waitForText('click date', 60_000);
    }
    await row.click();
    await expect.poll(() => page.element('[data-sender]').count()).toBe(2);
    await page.element('button[name=save-csv]').click();
    const csv = await driver.waitForDownload();
    expect(csv.text.split('\r\n')[0]).toContain('affise main Conv');
    expect(csv.text).toContain(OFFER.name);
  });

  test('the network’s page answers with the campaigns that run its offer', async ({ world }) => {
    const { affise, binom } = world.simulators;
    const tab = await openPanel(world, affise.campaignPage(OFFER.campaigns[0]));
    await inPanel(tab, 'select').select('yesterday');
    const row = '[data-connection="binom main"]';
    await inPanel(tab, `${row} [data-senders]`).waitForText('2 of your campaigns run this offer');
    const { zone } = affise;
    const { from, to } = presetRange('yesterday', Date.now(), zone);
    const sent = OFFER.campaigns.reduce(
      (all, campaignIndex) =>
        all + binom.truth({ campaignIndex, offer: OFFER.index, from, to, zone }).conversions,
      0,
    );
    await expect
      .poll(async () => numberIn(await inPanel(tab, `${row} [data-metric=conversions]`).text()))
      .toBe(sent);
  });

  test('on a tracker’s page the network is held against all campaigns that run the offer', async ({
    world,
  }) => {
    const range = days(17, 18);
    const { keitaro, affise } = world.simulators;
    const { zone } = keitaro;
    const tab = await openPanel(world, keitaro.campaignPage(OFFER.campaigns[0], range));
    const row = '[data-connection="affise main"]';
    await inPanel(tab, `${row} [data-senders]`).waitForText('2 of your campaigns run this offer');
    const sum = OFFER.campaigns.reduce(
      (all, campaignIndex) =>
        all + keitaro.truth({ campaignIndex, offer: OFFER.index, ...range, zone }).conversions,
      0,
    );
    await expect
      .poll(async () => numberIn(await inPanel(tab, `${row} [data-sent=conversions]`).text()))
      .toBe(sum);
    const theirs = affise.truth({ campaignIndex: null, offer: OFFER.index, ...range, zone });
    expect(numberIn(await inPanel(tab, `${row} [data-metric=conversions]`).text())).toBe(
      theirs.conversions,
    );
  });
});
