import { connectAll, nameOf } from '../connect.ts';
import type { Tab } from '../drivers/driver.ts';
import { closeWorld, expect, openWorld, test } from '../world.ts';

const DAYS = { from: '2026-05-01', to: '2026-05-02' };
/** A name in one tracker that nothing but the clicks leads to. */
const STRANGE = 'Kampagne 0815';

const proposal = (tab: Tab, hasText: string) => tab.element('[data-proposal]', { hasText });
const press = (tab: Tab, name: string, label: string) =>
  tab.element(`button[name=${name}][aria-label*="${label}"]`).click();
const goTo = (tab: Tab, view: string) => tab.element(`nav a[href*="view=${view}"]`).click();

test('links are proposed, accepted, rejected and made by hand, and the table follows', async ({
  browserName_,
}) => {
  const world = await openWorld(browserName_, undefined, { renamed: { 0: STRANGE } });
  const { driver, simulators } = world;
  try {
    await connectAll(world, ['keitaro', 'binom', 'redtrack']);
    const { zone } = simulators.keitaro;
    const clicksOf = (...campaigns: number[]): string =>
      campaigns
        .map((campaignIndex) => simulators.binom.truth({ campaignIndex, ...DAYS, zone }).clicks)
        .reduce((sum, clicks) => sum + clicks)
        .toLocaleString('en-US');
    const tab = await driver.extensionPage(
      `dashboard.html#view=links&days=${DAYS.from}..${DAYS.to}`,
    );
    const row = (hasText: string) => tab.element('main tbody tr', { hasText });

    // Only its hourly clicks tell that it is the same campaign.
    await proposal(tab, STRANGE).waitForText(/Summer push DE.*same clicks by hour/);
    await proposal(tab, 'Pops worldwide').waitForText(/VPN WW pops/);
    await press(tab, 'accept', STRANGE);
    await tab.element('[data-link]', { hasText: STRANGE }).waitForText(/same clicks by hour/);
    await press(tab, 'reject', 'Pops worldwide');
    await proposal(tab, 'Pops worldwide').waitFor({ state: 'hidden' });
    const rejected = tab.element('details summary', { hasText: /^Rejected/ });
    await rejected.waitForText('Rejected, not the same (1)');

    // The linked campaign is one row, the rejected pair two.
    await goTo(tab, 'compare');
    await row('Summer push DE').waitForText(clicksOf(0));
    expect(await row(STRANGE).count()).toBe(0);
    await row('Pops worldwide').waitForText(clicksOf(2));
    await tab.element('[data-not-linked]').waitForText(/Not linked: [1-9]/);
    await tab.element('[data-not-linked] a').click();

    // By hand, which takes the rejection back.
    await tab.element('main tbody tr', { hasText: 'Pops worldwide' }).click();
    await tab.element('[name=link-side]').select(await optionOf(tab, nameOf('keitaro')));
    await tab.element('[name=link-search]').fill('vpn');
    await tab.element('[name=link-pick]', { hasText: 'VPN WW pops' }).click();
    await tab.element('[data-link]', { hasText: 'Pops worldwide' }).waitForText(/linked manually/);
    await rejected.waitFor({ state: 'hidden' });

    // A second campaign of the tracker: their figures are summed.
    await tab.element('[data-link]:first-of-type [name=add-member]').click();
    await tab.element('[name=link-side]').select(await optionOf(tab, nameOf('binom')));
    await tab.element('[name=link-search]').fill('HYPERLINK');
    await tab.element('[name=link-pick]').click();
    await tab.element('[data-link]', { hasText: 'HYPERLINK' }).waitFor({ state: 'visible' });
    await goTo(tab, 'compare');
    await row('VPN WW pops').waitForText(clicksOf(2, 4));

    // Unlinked, each is a row again; and nothing is rejected any more.
    await goTo(tab, 'links');
    // What comes late moves what stands below it.
    await tab.element('section[aria-busy=false] h2').waitFor({ state: 'visible' });
    await press(tab, 'unlink', 'HYPERLINK');
    await tab.element('[data-link]', { hasText: 'HYPERLINK' }).waitFor({ state: 'hidden' });
    await press(tab, 'unlink', 'Pops worldwide');
    await proposal(tab, 'Pops worldwide').waitFor({ state: 'visible' });
    await goTo(tab, 'compare');
    await row('Pops worldwide').waitForText(clicksOf(2));
  } finally {
    await closeWorld(world);
  }
});

/** The value of the option that bears a name. */
async function optionOf(tab: Tab, name: string): Promise<string> {
  const option = tab.element('[name=link-side] option', { hasText: name });
  return (await option.attribute('value')) ?? '';
}
