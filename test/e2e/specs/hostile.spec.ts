import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hostility } from '../../simulators/hostile.ts';
import type { Simulator, SimulatorId } from '../../simulators/start.ts';
import { fillConnection, LAUNCHER, SIMULATORS, type World } from '../connect.ts';
import type { Tab } from '../drivers/driver.ts';
import { expect, inPanel, openPanel, PANEL, test } from '../world.ts';

/** Days of a test's own, so that no test finds the cost of another. */
const days = (day: number) => ({
  from: `2026-05-${String(day).padStart(2, '0')}`,
  to: `2026-05-${String(day).padStart(2, '0')}`,
});

const writesOf = ({ requests }: Simulator) =>
  requests.filter(({ method, path }) => method === 'POST' && /cost/.test(path));

const sendButton = (tab: Tab) => inPanel(tab, 'button[name=send-cost]');
const refusal = (tab: Tab) => inPanel(tab, '[role=alert]').waitForText('Nothing was sent');

/** A campaign's page that attacks, with the panel open on it. */
async function openHostile(
  world: World,
  hostility: Hostility,
  range: { from: string; to: string },
  id: SimulatorId = 'keitaro',
): Promise<Tab> {
  const simulator = world.simulators[id];
  simulator.setHostile(hostility);
  return openPanel(world, simulator.campaignPage(0, range));
}

/** The same, up to the confirm button, ready to be pressed. */
async function openHostileCost(
  world: World,
  hostility: Hostility,
  range: { from: string; to: string },
): Promise<Tab> {
  const tab = await openHostile(world, hostility, range);
  await inPanel(tab, '[data-tab=cost]').click();
  await inPanel(tab, '[name=amount]').fill('66');
  await waitUntilReady(tab);
  return tab;
}

async function waitUntilReady(tab: Tab): Promise<void> {
  await sendButton(tab).waitFor({ state: 'visible' });
  await expect.poll(() => sendButton(tab).isEnabled()).toBe(true);
}

/** A real press at the middle of the confirm button, whatever lies over it. */
async function pressAtButton(tab: Tab): Promise<void> {
  const { x, y, width, height } = await sendButton(tab).boundingBox();
  await tab.click(x + width / 2, y + height / 2);
}

/** Lets the page draw itself that often, so that what it just did has been seen. */
const showFor = (tab: Tab, frames: number): Promise<unknown> =>
  tab.evaluate(`new Promise((done) => {
    let left = ${frames};
    const next = () => (left-- > 0 ? requestAnimationFrame(next) : done(true));
    next();
  })`);

const attack = <T>(tab: Tab, ...given: unknown[]): Promise<T> =>
  tab.evaluate<T>(`window.attack(${given.map((one) => JSON.stringify(one)).join()})`);
const loot = (tab: Tab): Promise<unknown[]> => tab.evaluate<unknown[]>('window.loot');

/** Sends a message from the extension's own world in a frame of a tab: all that a page that broke into its own process could do. */
async function askFrom(
  { driver }: World,
  tab: Tab,
  { name, input, role = 'panel', frame }: AskedFrom,
): Promise<{ ok: boolean; problem?: { kind: string; text?: string }; result?: unknown }> {
  const url = await tab.url();
  const request = JSON.stringify({ crosstrack: 'call', id: `${name}${role}`, role, name, input });
  return driver.runInBackground(`(async () => {
    const api = globalThis.browser ?? chrome;
    const [tab] = (await api.tabs.query({})).filter(({ url }) => url === ${JSON.stringify(url)}).slice(-1);
    const all = await api.scripting.executeScript({
      target: { tabId: tab.id, allFrames: ${frame === 'inner'} },
      func: (request, inner) => (window === window.top) === inner ? null : (globalThis.browser ?? chrome).runtime.sendMessage(JSON.parse(request)),
      args: [${JSON.stringify(request)}, ${frame === 'inner'}],
    });
    return all.map(({ result }) => result).find((result) => result);
  })()`);
}
interface AskedFrom {
  readonly name: string;
  readonly input: unknown;
  readonly role?: string;
  readonly frame?: 'top' | 'inner';
}

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
  test('cannot speak to the extension', async ({ world, tidy }) => {
    expect(tidy).toBeUndefined();
    const { keitaro } = world.simulators;
    const tab = await openHostile(world, 'messages', days(1));
    const [extension] = [new URL(world.driver.extensionOrigin).host];
    const before = keitaro.requests.length;
    await inPanel(tab, '[data-metric=clicks]', /\d/).waitFor({ state: 'visible' });
    const calls = ['connections.list', 'panel.context', 'panel.open', 'options.open'].map(
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

  test('cannot open the panel or send a cost by made clicks and keys', async ({ world, tidy }) => {
    expect(tidy).toBeUndefined();
    const { keitaro } = world.simulators;
    keitaro.setHostile('synthetic-events');
    const tab = await world.driver.newTab(keitaro.campaignPage(0, days(2)));
    const launcher = tab.element('button', { within: LAUNCHER });
    await launcher.waitFor({ state: 'visible' });
    const at = await launcher.boundingBox();
    expect(await attack<number>(tab, [[at.x + 18, at.y + 18]])).toBeGreaterThan(5);
    await launcher.focus();
    await attack(tab, [[at.x + 18, at.y + 18]]);
    expect(await tab.element(PANEL).count()).toBe(0);

    await launcher.click();
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, '[name=amount]').fill('66');
    await waitUntilReady(tab);
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
    await sendButton(tab).click();
    await inPanel(tab, '.record').waitFor({ state: 'visible' });
  });

  for (const hostility of ['veil-through', 'veil-until-press'] as const) {
    test(`cannot have a press meant for it confirm a cost: ${hostility}`, async ({
      world,
      tidy,
    }) => {
      expect(tidy).toBeUndefined();
      const { keitaro } = world.simulators;
      const tab = await openHostileCost(
        world,
        hostility,
        days(hostility === 'veil-through' ? 3 : 14),
      );
      await attack(tab);
      await expect.poll(() => tab.evaluate<boolean>(`veil.matches(':popover-open')`)).toBe(true);
      // As long as a person needs to be led astray.
      await showFor(tab, 40);
      await pressAtButton(tab);
      await refusal(tab);
      expect(writesOf(keitaro)).toEqual([]);
      await tab.evaluate('veil.remove()');
      // In plain view again, the next press of a person counts.
      await showFor(tab, 60);
      await pressAtButton(tab);
      await inPanel(tab, '.record').waitFor({ state: 'visible' });
    });
  }

  test('cannot cover the button and press Enter its way', async ({ world, tidy }) => {
    expect(tidy).toBeUndefined();
    const tab = await openHostileCost(world, 'veil-until-press', days(4));
    await sendButton(tab).focus();
    await attack(tab);
    await showFor(tab, 40);
    await tab.press('Enter');
    await refusal(tab);
    expect(writesOf(world.simulators.keitaro)).toEqual([]);
  });

  test('cannot take a press and pass it on', async ({ world, tidy }) => {
    expect(tidy).toBeUndefined();
    const tab = await openHostileCost(world, 'veil-taking', days(5));
    await attack(tab);
    await pressAtButton(tab);
    await expect.poll(() => loot(tab)).toEqual(['press']);
    expect(await inPanel(tab, '.record').count()).toBe(0);
    expect(writesOf(world.simulators.keitaro)).toEqual([]);
  });

  test('cannot hide, move, scale or recolour what is to be confirmed', async ({ world, tidy }) => {
    expect(tidy).toBeUndefined();
    const tab = await openHostileCost(world, 'style', days(6));
    const look = () =>
      tab.callInRoot<Record<string, string>>(
        PANEL,
        `(root) => {
          const button = root.querySelector('button[name=send-cost]');
          const { color, backgroundColor, fontSize, fontFamily } = getComputedStyle(button);
          const { opacity, visibility, transform, zoom, filter, clipPath, display, position, zIndex, pointerEvents } = getComputedStyle(root.host);
          const { left, top, width, height } = button.getBoundingClientRect();
          return { color, backgroundColor, fontSize, fontFamily, opacity, visibility, transform, zoom, filter, clipPath, display, position, zIndex, pointerEvents, box: [left, top, width, height].join() };
        }`,
        [],
      );
    const before = await look();
    await attack(tab);
    await showFor(tab, 3);
    const after = await look();
    // The theme is the page's to choose: its colours are ours all the same.
    expect({ ...after, color: '', backgroundColor: '' }).toEqual({
      ...before,
      color: '',
      backgroundColor: '',
    });
    expect(after?.opacity).toBe('1');
    expect(`${after?.color} ${after?.backgroundColor}`).not.toMatch(/transparent|, 0\)/);
    const launcher = await tab.callInRoot<string>(
      LAUNCHER,
      `(root) => { const { opacity, visibility, transform } = getComputedStyle(root.host); return [opacity, visibility, transform].join(); }`,
      [],
    );
    expect(launcher).toBe('1,visible,none');
    expect(writesOf(world.simulators.keitaro)).toEqual([]);
  });

  test('cannot take the panel down to its own layer and cover it there', async ({
    world,
    tidy,
  }) => {
    expect(tidy).toBeUndefined();
    const tab = await openHostileCost(world, 'veil-through', days(7));
    await tab.evaluate(`document.querySelector('${PANEL}').hidePopover()`);
    await pressAtButton(tab);
    await refusal(tab);
    expect(writesOf(world.simulators.keitaro)).toEqual([]);
  });

  test('cannot read the panel', async ({ world, tidy }) => {
    expect(tidy).toBeUndefined();
    const tab = await openHostile(world, 'spy', days(8));
    const { binom } = world.simulators;
    // What the page cannot know: another tracker's figures and name.
    const clicks = binom.truth({ campaignIndex: 0, ...days(8) }).clicks.toLocaleString('en');
    await inPanel(tab, '[data-connection="binom main"] [data-metric=clicks]', /\d/).waitForText(
      clicks,
    );
    const secrets = [clicks, 'binom main', 'affise main'];
    // Keys and presses in the panel pass through the page's listeners.
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, '[name=amount]').fill('66');
    await inPanel(tab, '[name=amount]').press('Control+C');
    await inPanel(tab, '[data-tab=elsewhere]').click();
    await inPanel(tab, '[data-connection="binom main"] [data-metric=clicks]', /\d/).waitForText(
      clicks,
    );
    type Read = Record<'found' | 'searched' | 'reached', string[]> & { heard: number };
    const { found, searched, heard, reached } = await attack<Read>(tab, secrets);
    expect(found).toEqual([]);
    expect(heard).toBeGreaterThan(10);
    // Firefox lets pages search closed roots, where nothing but hiding the text would stop it, and
    // gives their elements away in events (`originalTarget`): no root on a page is closed there.
    if (world.driver.name === 'chromium') expect([searched, reached]).toEqual([[], []]);
    // Nor is there anything when the user wipes over the panel.
    const { x, y, width } = await inPanel(tab, '[data-connection="binom main"]').boundingBox();
    await tab.click(x + width / 2, y + 8);
    await tab.press('Control+A');
    const selected = await tab.evaluate<string>('String(getSelection())');
    for (const secret of secrets) expect(selected).not.toContain(secret);
    expect(await loot(tab)).toEqual([]);
  });

  test('cannot become our element', async ({ world, tidy }) => {
    expect(tidy).toBeUndefined();
    const tab = await openHostile(world, 'custom-elements', days(9));
    await inPanel(tab, 'ul.facts').waitFor({ state: 'visible' });
    await expect.poll(() => loot(tab)).toContain(`made ${PANEL}`);
    await inPanel(tab, '[data-tab=cost]').click();
    await inPanel(tab, '[name=amount]').waitFor({ state: 'visible' });
    expect((await loot(tab)).filter((got) => String(got).includes('root of'))).toEqual([]);
  });

  test('gains nothing by throwing our elements away', async ({ world, tidy }) => {
    expect(tidy).toBeUndefined();
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
    expect(await tab.element(PANEL).count()).toBe(0);
    // Left alone, the panel comes back at the first wish.
    await tab.evaluate('window.removing = false');
    await world.driver.command('open-panel');
    await inPanel(tab, 'header .name').waitForText('Summer push DE');
    expect(writesOf(keitaro)).toEqual([]);
  });

  test('cannot ask from a frame, not even of its own origin', async ({ world, tidy }) => {
    expect(tidy).toBeUndefined();
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
    for (const name of ['page.hello', 'panel.context', 'connections.list']) {
      const inner = await askFrom(world, tab, { name, input: {}, frame: 'inner' });
      expect(inner, name).toMatchObject({ ok: false, problem: { text: 'problem_sender' } });
    }
    // The same question from the page itself is answered.
    const top = await askFrom(world, tab, { name: 'panel.context', input: {} });
    expect(top).toMatchObject({ ok: true });
  });

  test('that looks like another tracker stays itself', async ({ world, tidy }) => {
    expect(tidy).toBeUndefined();
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
    const context = await askFrom(world, tab, { name: 'panel.context', input: {} });
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
    const preview = (connection: string | undefined, role = 'panel') =>
      askFrom(world, tab, {
        name: 'costs.preview',
        input: { order: { ...order, connection } },
        role,
      });
    const refused = { ok: false, problem: { kind: 'permission', text: 'problem_sender' } };
    expect(await preview(ids.binom)).toMatchObject(refused);
    expect(await preview(ids.binom, 'extension')).toMatchObject(refused);
    expect(
      await askFrom(world, tab, {
        name: 'connections.remove',
        input: { id: ids.binom },
        role: 'extension',
      }),
    ).toMatchObject(refused);
    expect(writesOf(binom)).toEqual([]);
  });
});

test.describe('a hostile answer', () => {
  test('that redirects carries no key away', async ({ world, tidy }) => {
    expect(tidy).toBeUndefined();
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

  test('with markup in its names makes no element', async ({ bare }) => {
    const { keitaro } = bare.simulators;
    const form = await fillConnection(bare, 'keitaro');
    await form.element('.connections li').waitFor({ state: 'visible' });
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
    const tab = await bare.driver.newTab(keitaro.listPage());
    await tab.element('button', { within: LAUNCHER }).click();
    const picks = inPanel(tab, '.picks');
    for (const name of names) await picks.waitForText(name);
    await inPanel(tab, '.picks button').click();
    await inPanel(tab, 'header .name').waitForText(names[0] ?? '');
    const dashboard = await bare.driver.extensionPage('dashboard.html');
    await dashboard.element('main').waitFor({ state: 'visible' });
    const elements = 'script, img, iframe, #pwned, [onload], [onerror], a[href^="javascript:"]';
    expect(await inPanel(tab, elements).count()).toBe(0);
    expect(await dashboard.element(`main :is(${elements})`).count()).toBe(0);
    expect(await tab.evaluate('typeof window.pwned')).toBe('undefined');
  });
});
