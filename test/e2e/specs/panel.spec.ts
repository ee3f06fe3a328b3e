import { LAUNCHER } from '../connect.ts';
import { daysOf } from '../days.ts';
import { expect, inPanel, numberIn, openPanel, PANEL, test } from '../world.ts';

const days = daysOf('07');
const TRACKERS = ['keitaro', 'binom', 'redtrack'] as const;

test.describe('on a tracker’s page', () => {
  for (const [nth, own] of TRACKERS.entries()) {
    test(`${own}: the panel shows the campaign here and elsewhere`, async ({ world }) => {
      const { simulators } = world;
      const asked = days(1 + 2 * nth, 2 + 2 * nth);
      const tab = await openPanel(world, simulators[own].campaignPage(0, asked));
      await inPanel(tab, 'header .name').waitForText('Summer push DE');
      const shown = await Promise.all(
        ['from', 'to'].map((edge) => inPanel(tab, `input[name=${edge}]`).value()),
      );
      expect(shown).toEqual([asked.from, asked.to]);

      for (const simulator of simulators.all) {
        // All count in this page's zone.
        const { zone } = simulators[own];
        const truth = simulator.truth({ campaignIndex: 0, ...asked, zone });
        const row = `[data-connection="${simulator.id} main"]`;
        await inPanel(tab, `${row} [data-metric=clicks]`, /\d/).waitForText(
          truth.clicks.toLocaleString('en'),
        );
        const conversions = await inPanel(tab, `${row} [data-metric=conversions]`).text();
        expect(numberIn(conversions), `${simulator.id} conversions`).toBe(truth.conversions);
        const revenue = await inPanel(tab, `${row} [data-metric=revenue]`).text();
        expect(numberIn(revenue), `${simulator.id} revenue`).toBeCloseTo(truth.revenue, 1);
        const cost = await inPanel(tab, `${row} [data-metric=cost]`).text();
        if (simulator.id === 'affise') expect(cost).toBe('–');
        else expect(numberIn(cost), `${simulator.id} cost`).toBeCloseTo(truth.cost, 1);
      }
      const facts = await inPanel(tab, 'ul.facts').text();
      expect(facts).toContain(`binom main · ${simulators[own].zone} · USD`);
    });
  }

  test('gaps have their size and sign', async ({ world }) => {
    const { keitaro, binom } = world.simulators;
    const asked = days(7, 8);
    const tab = await openPanel(world, keitaro.campaignPage(0, asked));
    const clicks = (simulator: typeof keitaro, zone: string) =>
      simulator.truth({ campaignIndex: 0, ...asked, zone }).clicks;
    const base = clicks(keitaro, keitaro.zone);
    const gap = (clicks(binom, keitaro.zone) - base) / base;
    const shown = await inPanel(
      tab,
      '[data-connection="binom main"] [data-gap=clicks]',
    ).waitForText('%');
    expect(numberIn(shown)).toBeCloseTo(gap * 100, 1);
  });

  test('a campaign of another name is linked by hand, and stays linked', async ({ world }) => {
    const { keitaro, binom } = world.simulators;
    const row = '[data-connection="binom main"]';
    const asked = days(9, 10);
    const tab = await openPanel(world, keitaro.campaignPage(2, asked));
    await inPanel(tab, `${row} button[name=link]`).click();
    await inPanel(tab, `${row} [name=link-search]`).fill('worldwide');
    await inPanel(tab, `${row} button[name=link-pick]`).click();
    const { zone } = keitaro;
    const clicks = binom.truth({ campaignIndex: 2, ...asked, zone }).clicks.toLocaleString('en');
    await inPanel(tab, `${row} [data-metric=clicks]`, /\d/).waitForText(clicks);
    await tab.close();
    const again = await openPanel(world, keitaro.campaignPage(2, asked));
    await inPanel(again, `${row} [data-metric=clicks]`, /\d/).waitForText(clicks);
    await inPanel(again, `${row} button[name=unlink]`).click();
    await inPanel(again, `${row} button[name=link]`).waitFor({ state: 'visible' });
  });

  test('the page does not move, and its own keys are not taken', async ({ world }) => {
    const tab = await world.driver.newTab(world.simulators.binom.campaignPage(0, days(13)));
    await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
    await tab.evaluate(
      `(window.seen = [], document.addEventListener('keydown', (event) => seen.push(event.key)))`,
    );
    const place = `JSON.stringify(document.querySelector('table').getBoundingClientRect())`;
    const before = await tab.evaluate<string>(place);
    await tab.element('button', { within: LAUNCHER }).click();
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, '[name=amount]').press('7');
    await inPanel(tab, '[name=amount]').waitFor({ state: 'visible' });
    expect(await tab.evaluate<string>(place)).toBe(before);
    expect(await tab.evaluate<string[]>('seen')).toEqual([]);
    await inPanel(tab, 'button[name=close]').click();
    await tab.element(PANEL).waitFor({ state: 'hidden' });
    await tab.press('x');
    expect(await tab.evaluate<string[]>('seen')).toEqual(['x']);
  });

  test('follows the page to another campaign without a reload, and there is one panel at most', async ({
    world,
  }) => {
    const { redtrack } = world.simulators;
    const pages = [0, 1].map((nth) => new URL(redtrack.campaignPage(nth, days(14))));
    const [first = '', other = ''] = pages.map(({ pathname, search }) => pathname + search);
    const tab = await openPanel(world, redtrack.campaignPage(0, days(14)));
    await inPanel(tab, 'header .name').waitForText('Summer push DE');
    await tab.evaluate(`history.pushState(null, '', '${other}')`);
    await inPanel(tab, 'header .name').waitForText('nutra_fr_native');
    await tab.evaluate(`history.replaceState(null, '', '${first}')`);
    await inPanel(tab, 'header .name').waitForText('Summer push DE');
    await tab.evaluate(`history.replaceState(null, '', '${other}')`);
    await inPanel(tab, 'header .name').waitForText('nutra_fr_native');
    await world.driver.command('open-panel');
    await tab.element(PANEL).waitFor({ state: 'hidden' });
    await world.driver.command('open-panel');
    await inPanel(tab, 'header .name').waitForText('nutra_fr_native');
    expect(await tab.evaluate<number>(`document.querySelectorAll('${PANEL}').length`)).toBe(1);
  });

  test('a hostile name is shown as text and changes nothing', async ({ world }) => {
    const tab = await openPanel(world, world.simulators.keitaro.campaignPage(3, days(15)));
    await inPanel(tab, 'header .name').waitForText('<img src=x onerror=alert(1)>');
    expect(await inPanel(tab, 'img').count()).toBe(0);
  });

  test('sign-in pages are left alone', async ({ world }) => {
    for (const simulator of world.simulators.all) {
      simulator.setLoggedIn(false);
      const tab = await world.driver.newTab(simulator.loginPage());
      // The detector has answered when the app's page, opened after it, has its launcher.
      simulator.setLoggedIn(true);
      const app = await world.driver.newTab(simulator.listPage());
      await app.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
      expect(await tab.element(LAUNCHER).count(), simulator.id).toBe(0);
    }
  });

  test('a page that is not connected gets no script', async ({ world }) => {
    // The same host on a port that no connection names.
    const { createServer } = await import('node:http');
    const server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<title>Keitaro</title><body ng-app>a shop that says Keitaro</body>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as import('node:net').AddressInfo;
    const tab = await world.driver.newTab(`http://keitaro.localhost:${port}/admin/`);
    const app = await world.driver.newTab(world.simulators.keitaro.listPage());
    await app.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
    expect(await tab.element(LAUNCHER).count()).toBe(0);
    server.closeAllConnections();
    server.close();
  });

  test('one dead tracker does not hide the others', async ({ world }) => {
    const { keitaro, redtrack } = world.simulators;
    redtrack.fail({ how: { status: 401, body: '{"error":"Unauthorized"}' } });
    const asked = days(11, 12);
    const tab = await openPanel(world, keitaro.campaignPage(0, asked));
    const row = '[data-connection="redtrack main"]';
    await inPanel(tab, `${row} .loss`, 'key').waitFor({ state: 'visible' });
    const truth = keitaro.truth({ campaignIndex: 0, ...asked });
    await inPanel(tab, '[data-connection="keitaro main"] [data-metric=clicks]', /\d/).waitForText(
      truth.clicks.toLocaleString('en'),
    );
    await inPanel(tab, '[data-connection="affise main"] [data-metric=conversions]', /\d/).waitFor({
      state: 'visible',
    });
  });
});
