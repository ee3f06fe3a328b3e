import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LAUNCHER, SIMULATORS, type World } from '../connect.ts';
import { daysOf } from '../days.ts';
import {
  askFromPage,
  askInPanel,
  attack,
  loot,
  openHostile,
  prepareCost,
  pressInPlainView,
  REFUSED,
  sendButton,
  writesOf,
} from '../hostile.ts';
import { expect, inPanel, openPanel, PANEL, test } from '../world.ts';

const days = daysOf('05');

const connectionIds = async ({ driver }: World): Promise<Record<string, string>> => {
  const options = await driver.extensionPage('options.html');
  const ids: Record<string, string> = {};
  for (const [nth, id] of SIMULATORS.entries()) {
    const link = options.element('.connections li a.button', { nth });
    ids[id] = decodeURIComponent((await link.attribute('href'))?.replace('#edit/', '') ?? '');
  }
  await options.close();
  return ids;
};

test.describe('a hostile page', () => {
  test('cannot speak to the extension', async ({ world }) => {
    const { keitaro } = world.simulators;
    const tab = await openHostile(world, 'messages', days(1));
    const [extension] = [new URL(world.driver.extensionOrigin).host];
    const before = keitaro.requests.length;
    await inPanel(tab, '[data-metric=clicks]', /\d/).waitFor({ state: 'visible' });
    const calls = ['connections.list', 'panel.context', 'panel.ticket', 'options.open'].map(
      (name) => [name, {}],
    );
    await attack(tab, extension, [...calls, ['costs.send', { preview: 'any' }]]);
    // The panel still works, so everything that was sent before has been heard by now.
    await inPanel(tab, '[data-tab=history]').click();
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, '[name=amount]').fill('66');
    await sendButton(tab).waitFor({ state: 'visible' });
    expect(await loot(tab)).toEqual([]);
    expect(writesOf(keitaro)).toEqual([]);
    expect(keitaro.requests.length).toBeGreaterThan(before);
    const urls = await Promise.all((await world.driver.tabs()).map((one) => one.url()));
    expect(urls.filter((url) => url.includes('options.html'))).toEqual([]);
  });

  test('cannot open the panel or send a cost by made clicks and keys', async ({ world }) => {
    const { keitaro } = world.simulators;
    keitaro.setHostile('synthetic-events');
    const tab = await world.driver.newTab(keitaro.campaignPage(0, days(2)));
    const launcher = tab.element('button', { within: LAUNCHER });
    await launcher.waitFor({ state: 'visible' });
    const at = await launcher.boundingBox();
    expect(await attack<number>(tab, [[at.x + 18, at.y + 18]])).toBeGreaterThan(5);
    await launcher.focus();
    await attack(tab, [[at.x + 18, at.y + 18]]);
    // The focus alone loads it, unseen.
    expect(await tab.element(PANEL).isVisible()).toBe(false);

    await launcher.click();
    await prepareCost(tab);
    await sendButton(tab).focus();
    const { x, y, width, height } = await sendButton(tab).boundingBox();
    await attack(tab, [
      [x + width / 2, y + height / 2],
      [x + 5, y + 5],
    ]);
    expect(await inPanel(tab, '.record').count()).toBe(0);
    expect(await inPanel(tab, '[role=alert]').count()).toBe(0);
    expect(writesOf(keitaro)).toEqual([]);
    // While a person's press on the same button sends it.
    await pressInPlainView(tab);
  });

  test('gains nothing by throwing our elements away', async ({ world }) => {
    const { keitaro } = world.simulators;
    keitaro.setHostile('remove');
    const tab = await world.driver.newTab(keitaro.campaignPage(0, days(10)));
    await expect.poll(() => loot(tab)).toContain(LAUNCHER);
    await tab.focus();
    await world.driver.command('open-panel');
    await expect.poll(() => loot(tab)).toContain(PANEL);
    expect(
      await tab.evaluate(`[kept.shadowRoot, kept.innerText, kept.textContent, kept.innerHTML]`),
    ).toEqual([null, '', '', '']);
    // Thrown out again and again, the panel gives up; left alone, it comes at the first wish.
    await expect
      .poll(async () => (await loot(tab)).filter((name) => name === PANEL).length)
      .toBe(5);
    await expect.poll(() => tab.element(PANEL).count()).toBe(0);
    await tab.evaluate('window.removing = false');
    await world.driver.command('open-panel');
    await inPanel(tab, 'header .name').waitForText('Summer push DE');
    expect(writesOf(keitaro)).toEqual([]);
    await prepareCost(tab);
    await pressInPlainView(tab);
  });

  test('cannot ask from a frame, not even of its own origin', async ({ world }) => {
    const tab = await openHostile(world, 'frames', days(11));
    await expect
      .poll(() =>
        tab.evaluate(
          `document.querySelector('iframe')?.contentDocument?.querySelector('h1')?.textContent`,
        ),
      )
      .toBe('Summer push DE');
    expect(
      await tab.evaluate(`frames[0].document.querySelectorAll('${LAUNCHER}, ${PANEL}').length`),
    ).toBe(0);
    for (const name of ['page.hello', 'panel.ticket', 'panel.context', 'connections.list']) {
      expect(await askFromPage(world, tab, name, { inner: true }), name).toMatchObject(REFUSED);
    }
    // The page itself is told whose it is, and gets tickets; the rest is for the panel.
    expect(await askFromPage(world, tab, 'page.hello')).toMatchObject({ ok: true });
    for (const name of ['panel.context', 'panel.claim', 'connections.list']) {
      expect(await askFromPage(world, tab, name), name).toMatchObject(REFUSED);
    }
  });

  test('that looks like another tracker stays itself', async ({ world }) => {
    const { keitaro, binom } = world.simulators;
    const ids = await connectionIds(world);
    const tab = await openPanel(world, keitaro.campaignPage(0, days(12)));
    // Binom's address and markup, on Keitaro's origin.
    const address = new URL(binom.campaignPage(0, days(12)));
    await tab.evaluate(`(() => {
      history.pushState(null, '', '/index.php' + ${JSON.stringify(address.search)});
      document.title = 'Binom';
      document.body.innerHTML = '<h1 id="camp_name">Summer push DE</h1><select id="date_filter"><option value="1"></select><input id="custom_date_pol1">';
    })()`);
    await inPanel(tab, 'header .name').waitFor({ state: 'hidden' });
    const context = await askInPanel(tab, 'panel.context');
    expect(context).toMatchObject({ ok: true, result: { own: ids.keitaro } });
    const order = {
      campaignId: binom.campaignId(0),
      campaignName: 'Summer push DE',
      range: { ...days(12), zone: binom.zone },
      mode: 'total',
      amount: 1,
      currency: 'USD',
      rate: null,
      token: null,
      uniqueOnly: false,
    };
    const preview = (connection: string | undefined) =>
      askInPanel(tab, 'costs.preview', { order: { ...order, connection } });
    expect(await preview(ids.binom)).toMatchObject(REFUSED);
    expect(await askInPanel(tab, 'connections.remove', { id: ids.binom })).toMatchObject(REFUSED);
    // Its own it may.
    expect(await preview(ids.keitaro)).toMatchObject({ ok: true });
    expect(writesOf(binom)).toEqual([]);
  });
});

test.describe('a hostile answer', () => {
  test('that redirects carries no key away', async ({ world }) => {
    const heard: string[] = [];
    const server = createServer((request, response) => {
      heard.push(`${request.url} ${JSON.stringify(request.headers)}`);
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Access-Control-Allow-Headers', '*');
      response.end('[]');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { simulators } = world;
    const page = simulators.keitaro.campaignPage(0, days(13));
    const statuses = { keitaro: 301, binom: 302, redtrack: 307, affise: 308 } as const;
    for (const id of Object.keys(statuses) as Array<keyof typeof statuses>) {
      const headers = { Location: `http://attacker.localhost:${port}/?from=${id}` };
      simulators[id].fail({ how: { status: statuses[id], headers } });
    }
    const tab = await openPanel(world, page);
    for (const id of Object.keys(statuses)) {
      await inPanel(tab, `[data-connection="${id} main"] .loss`).waitForText(/redirected/);
    }
    expect(heard).toEqual([]);
    const away = world.driver.requests.filter(({ url }) => url.includes('attacker.localhost'));
    // Chromium tells of the request that a redirect asks for, although it never leaves.
    for (const { apiKey } of simulators.all) expect(JSON.stringify(away)).not.toContain(apiKey);
    server.closeAllConnections();
    server.close();
  });

  test('with markup in its names makes no element', async ({ world }) => {
    const { keitaro } = world.simulators;
    const names = [
      '<script>window.pwned = 1</script>',
      '<img src=x onerror="window.pwned = 1">',
      '<svg onload="window.pwned = 1">',
      '"><iframe srcdoc="<b id=pwned>">',
      'javascript:window.pwned=1',
      '</style></textarea><b id=pwned>',
    ];
    keitaro.fail({
      path: /\/campaigns\b/,
      how: {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(
          names.map((name, index) => ({ id: 900 + index, name, state: 'active' })),
        ),
      },
    });
    const tab = await world.driver.newTab(keitaro.listPage());
    await tab.element('button', { within: LAUNCHER }).click();
    const picks = inPanel(tab, '.picks');
    for (const name of names) await picks.waitForText(name);
    await inPanel(tab, '.picks button').click();
    await inPanel(tab, 'header .name').waitForText(names[0] ?? '');
    const dashboard = await world.driver.extensionPage('dashboard.html');
    await dashboard.element('main').waitFor({ state: 'visible' });
    const elements = 'script, img, iframe, #pwned, [onload], [onerror], a[href^="javascript:"]';
    expect(await inPanel(tab, `#root :is(${elements})`).count()).toBe(0);
    expect(await dashboard.element(`main :is(${elements})`).count()).toBe(0);
    expect(await inPanel(tab, 'iframe, object, embed, [src^="data:"]').count()).toBe(0);
    expect(await tab.evaluate('typeof window.pwned')).toBe('undefined');
  });
});
