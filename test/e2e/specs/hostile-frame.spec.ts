import { calls } from '../../../lib/contract/calls.ts';
import { LAUNCHER, type World } from '../connect.ts';
import { daysOf } from '../days.ts';
import type { Tab } from '../drivers/driver.ts';
import {
  askFromPage,
  askInPanel,
  askWithin,
  buttonAt,
  giveFrame,
  inSight,
  openHostile,
  openHostileCost,
  panelAddress,
  panelRecord,
  prepareCost,
  pressAtButton,
  pressInPlainView,
  REFUSED,
  refusal,
  reissueTicket,
  sendPastFrame,
  showFor,
  UNSEEN,
  writesOf,
} from '../hostile.ts';
import { expect, inPanel, openPanel, PANEL, test } from '../world.ts';

const days = (day: number) => daysOf('01')(10 + day);

/** Puts a frame with this address on the page, which every page can do. */
const frameAt = (tab: Tab, id: string, url: string, attributes = '') =>
  tab.evaluate(`(() => {
    const frame = document.createElement('iframe');
    frame.id = '${id}';
    frame.src = ${JSON.stringify(url)};
    ${attributes}
    document.body.append(frame);
  })()`);

const addressIn = (tab: Tab, id: string): Promise<string> =>
  tab.evaluate<string>('location.href', { within: `iframe#${id}` });

/** A page's own frame of the panel, which the page should not be able to have: as if it had learnt the address. */
async function framePanel(world: World, tab: Tab, id = 'own'): Promise<void> {
  await frameAt(tab, id, await panelAddress(world));
  await expect.poll(() => addressIn(tab, id)).toBe(`${world.driver.extensionOrigin}/panel.html`);
}

/** Posts a ticket to a frame of the page, as the detector does. */
const postTicket = (tab: Tab, frame: string, ticket: string, times = 1) =>
  tab.evaluate(`(() => {
    for (let left = ${times}; left > 0; left -= 1) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => loot.push(data);
      // As the detector does: until a view comes, the panel claims nothing.
      port1.postMessage({ kind: 'view', view: { view: 'campaign', campaignId: '1', range: null } });
      ${frame}.contentWindow.postMessage({ ticket: ${JSON.stringify(ticket)} }, '*', [port2]);
    }
  })()`);

test.describe('a page with a frame of the panel of its own', () => {
  test('has one that may ask nothing', async ({ world }) => {
    const tab = await openHostile(world, 'idle', days(1));
    await framePanel(world, tab);
    for (const name of Object.keys(calls).filter((name) => name !== 'panel.claim')) {
      expect(await askWithin(tab, 'iframe#own', name), name).toMatchObject(REFUSED);
    }
    expect(await askWithin(tab, 'iframe#own', 'panel.claim', { ticket: 'none' })).toMatchObject(
      REFUSED,
    );
    // The panel that the detector made may.
    expect(await askInPanel(tab, 'panel.context')).toMatchObject({ ok: true });
  });

  test('makes it no panel by a ticket that was used, is old, or is another tab’s', async ({
    world,
  }) => {
    const tab = await openHostile(world, 'idle', days(2));
    await inPanel(tab, 'ul.facts').waitFor({ state: 'visible' });
    await framePanel(world, tab);
    const own = `document.querySelector('#own')`;
    const blank = async () => {
      expect(await askWithin(tab, 'iframe#own', 'panel.context')).toMatchObject(REFUSED);
      expect(await tab.element('#root *', { within: 'iframe#own' }).count()).toBe(0);
      expect(await tab.evaluate('loot')).toEqual([]);
    };
    const claim = (ticket: string) => askWithin(tab, 'iframe#own', 'panel.claim', { ticket });

    const { ticket } = await panelRecord(world, tab);
    await postTicket(tab, own, ticket);
    expect(await claim(ticket)).toMatchObject(REFUSED);
    await blank();

    const other = await openPanel(world, world.simulators.keitaro.campaignPage(1, days(2)));
    await inPanel(other, 'ul.facts').waitFor({ state: 'visible' });
    const unused = await reissueTicket(world, other, 0);
    await postTicket(tab, own, unused);
    expect(await claim(unused)).toMatchObject(REFUSED);
    await blank();
    await other.close();

    expect(await claim(await reissueTicket(world, tab, 11_000))).toMatchObject(REFUSED);
    await blank();
    // Only one that nobody has shown yet, in time, in its own tab, makes a panel: no page is told it.
    expect(await claim(await reissueTicket(world, tab, 0))).toMatchObject({ ok: true });
    expect(await askWithin(tab, 'iframe#own', 'panel.context')).toMatchObject({ ok: true });
  });

  test('reaches the background through it five times, however often it tries', async ({
    world,
  }) => {
    const tab = await openHostile(world, 'idle', days(3));
    await inPanel(tab, 'ul.facts').waitFor({ state: 'visible' });
    await framePanel(world, tab);
    await world.driver.runInBackground(`(() => {
      let claims = 0;
      (globalThis.browser ?? chrome).runtime.onMessage.addListener(({ name }) => {
        if (name === 'panel.claim') void chrome.storage.session.set({ claims: (claims += 1) });
      });
    })()`);
    const claims = () =>
      world.driver.runInBackground<number>(
        `chrome.storage.session.get('claims').then(({ claims }) => claims)`,
      );
    // Again and again, as the frame may not listen yet.
    await expect
      .poll(async () => {
        await postTicket(tab, `document.querySelector('#own')`, 'f'.repeat(32), 300);
        return claims();
      })
      .toBe(5);
    // One more message through the same frame comes after all of those before it.
    await tab.evaluate(`new Promise((done) => setTimeout(done))`, { within: 'iframe#own' });
    expect(await askInPanel(tab, 'panel.context')).toMatchObject({ ok: true });
    expect(await claims()).toBe(5);
    await world.driver.runInBackground(`chrome.storage.session.remove('claims')`);
  });

  test('gets nowhere with one that is sandboxed, or a window', async ({ world }) => {
    const tab = await openHostile(world, 'idle', days(4));
    await inPanel(tab, 'ul.facts').waitFor({ state: 'visible' });
    const url = await panelAddress(world);
    await frameAt(tab, 'sandboxed', url, `frame.sandbox = 'allow-scripts';`);
    await framePanel(world, tab, 'control');
    expect(await askWithin(tab, 'iframe#control', 'panel.context')).toMatchObject(REFUSED);
    const ticket = await reissueTicket(world, tab, 0);
    const asked = await Promise.all(
      (['panel.context', 'panel.claim'] as const).map((name) =>
        askWithin(tab, 'iframe#sandboxed', name, name === 'panel.claim' ? { ticket } : {}),
      ),
    );
    // Firefox runs no script of ours there; Chromium does, as nobody's.
    if (world.driver.name === 'firefox') expect(asked).toEqual([null, null]);
    else for (const reply of asked) expect(reply).toMatchObject(REFUSED);

    await tab.evaluate(`(window.opened = window.open(${JSON.stringify(url)}), true)`);
    const top = await world.driver.waitForTab((at) => /-extension:.*\/panel\.html/.test(at));
    const asTop = (name: string, input: unknown) =>
      top.evaluate<unknown>(
        `(globalThis.browser ?? chrome).runtime.sendMessage(${JSON.stringify({ crosstrack: 'call', id: name, name, input })})`,
      );
    await tab.evaluate(
      `opened.postMessage({ ticket: '${ticket}' }, '*', [new MessageChannel().port2])`,
    );
    for (const name of Object.keys(calls)) {
      const input = name === 'panel.claim' ? { ticket } : {};
      expect(await asTop(name, input), name).toMatchObject(REFUSED);
    }
    expect(await top.element('#root *').count()).toBe(0);
    await top.close();
  });

  test('cannot frame or open any other page of ours', async ({ world }) => {
    const { driver } = world;
    const tab = await openHostile(world, 'idle', days(5));
    const origins = [driver.extensionOrigin, new URL('/', await panelAddress(world)).href];
    const paths = ['options.html', 'dashboard.html', 'popup.html', 'welcome.html'];
    const all = origins.flatMap((origin) =>
      paths.map((path) => `${origin.replace(/\/$/, '')}/${path}`),
    );
    for (const [nth, url] of all.entries()) await frameAt(tab, `f${nth}`, url);
    await framePanel(world, tab, 'control');
    for (const [nth, url] of all.entries()) {
      await expect
        .poll(() => tab.evaluate<string>('document.readyState', { within: `iframe#f${nth}` }))
        .toBe('complete');
      expect(await addressIn(tab, `f${nth}`), url).not.toMatch(
        /\/\/.*(options|dashboard|popup|welcome)/,
      );
    }
    // The static address of the panel is no way in where the browser gives it another.
    await frameAt(tab, 'static', `${driver.extensionOrigin}/panel.html`);
    const inStatic = () => addressIn(tab, 'static').catch(() => '');
    if ((await panelAddress(world)).startsWith(driver.extensionOrigin)) {
      await expect.poll(inStatic).toBe(`${driver.extensionOrigin}/panel.html`);
    } else {
      await expect.poll(inStatic).toMatch(/^chrome-error:/);
    }
    for (const url of all) {
      await tab.evaluate(
        `(() => { try { window.open(${JSON.stringify(url)}); } catch { loot.push('refused'); } return true; })()`,
      );
    }
    const open = await Promise.all((await driver.tabs()).map((one) => one.url()));
    expect(open.filter((url) => /\/(options|dashboard|popup|welcome)\.html/.test(url))).toEqual([]);
    // Windows that were kept from it are not taken for the dashboard either.
    await driver.command('open-dashboard');
    await driver.waitForTab((url) => url.includes('/dashboard.html'));
  });
});

test.describe('a page that got hold of the panel’s frame', () => {
  const OWN = 'new URL(location.pathname + location.search + "&framed=1", location.href).href';

  test('loses the panel by sending the frame elsewhere, and gains nothing', async ({ world }) => {
    const { keitaro } = world.simulators;
    const tab = await openHostileCost(world, 'idle', days(6));
    const before = await panelRecord(world, tab);
    await giveFrame(tab);
    await tab.evaluate(`(stolen.contentWindow.location = ${OWN}, true)`);
    // The new document shows no ticket: the detector takes all of it away, and says so.
    await tab.element(PANEL).waitFor({ state: 'hidden' });
    await expect.poll(() => tab.element('.fallback', { within: LAUNCHER }).isVisible()).toBe(true);
    expect(await tab.evaluate('loot')).toEqual([]);
    expect(writesOf(keitaro)).toEqual([]);
    await tab.element('.fallback button[name=dismiss]', { within: LAUNCHER }).click();
    await tab.element('button[name=open]', { within: LAUNCHER }).click();
    await prepareCost(tab);
    expect((await panelRecord(world, tab)).ticket).not.toBe(before.ticket);
    await pressInPlainView(tab);
  });

  test('makes it a new panel by loading it again, and the one before nobody', async ({ world }) => {
    const tab = await openHostileCost(world, 'idle', days(7));
    const before = await panelRecord(world, tab);
    await giveFrame(tab);
    const url = await panelAddress(world);
    await tab.evaluate(`(stolen.contentWindow.location = ${JSON.stringify(url)}, true)`);
    await expect
      .poll(async () => {
        const { ticket, frame } = await panelRecord(world, tab);
        return frame !== null && frame !== before.frame && ticket !== before.ticket;
      })
      .toBe(true);
    await expect.poll(() => inPanel(tab, '[name=amount]').value()).toBe('66');
    // Nor is it deceived by the page's own tickets, before or after.
    await postTicket(tab, 'stolen', 'f'.repeat(32), 20);
    await postTicket(tab, 'stolen', before.ticket);
    expect(await askInPanel(tab, 'panel.context')).toMatchObject({ ok: true });
    expect(await tab.evaluate('loot')).toEqual([]);
    await pressInPlainView(tab);
  });

  test('cannot sandbox it', async ({ world }) => {
    const tab = await openHostileCost(world, 'idle', days(8));
    await giveFrame(tab);
    const url = await panelAddress(world);
    await tab.evaluate(
      `(stolen.sandbox = 'allow-scripts', stolen.contentWindow.location = ${JSON.stringify(url)}, true)`,
    );
    await tab.element(PANEL).waitFor({ state: 'hidden' });
    expect(writesOf(world.simulators.keitaro)).toEqual([]);
    await tab.element('.fallback button[name=dismiss]', { within: LAUNCHER }).click();
    await tab.element('button[name=open]', { within: LAUNCHER }).click();
    await prepareCost(tab);
    await pressInPlainView(tab);
  });

  test('cannot dress it up', async ({ world }) => {
    const { keitaro } = world.simulators;
    const tab = await openHostileCost(world, 'idle', days(9));
    await giveFrame(tab);
    const inRoot = (source: string) =>
      `(() => { ${source}; window.undo = () => added.remove(); stolenRoot.append(added); })()`;
    const veil = 'position:fixed;inset:0;background:#fff;pointer-events:none';
    const dressings = [
      inRoot(
        `const added = document.createElement('div'); added.style.cssText = '${veil}'; added.textContent = 'Press here'`,
      ),
      inRoot(
        `const added = document.createElement('style'); added.textContent = '/* Press here */'; added.style.cssText = '${veil};display:block'`,
      ),
      inRoot(
        `const added = document.createElement('style'); added.textContent = ':host::after { content: "Press here" !important; ${veil.replaceAll(';', ' !important;')} }'`,
      ),
      ...['opacity:.02', 'transform:scale(.2)', 'filter:blur(9px)', 'clip-path:circle(1px)'].map(
        (style) =>
          `(() => { const [name, value] = '${style}'.split(':'); stolen.style.setProperty(name, value, 'important'); window.undo = () => stolen.style.removeProperty(name); })()`,
      ),
    ];
    for (const source of dressings) {
      await test.step(source, async () => {
        await expect.poll(() => inSight(world, tab)).toBe(true);
        const at = await buttonAt(tab);
        await tab.evaluate(source);
        await showFor(tab, 3);
        expect(await sendPastFrame(world, tab, days(9), at)).toMatchObject(UNSEEN);
        await tab.evaluate('undo()');
      });
    }
    expect(writesOf(keitaro)).toEqual([]);
    await expect.poll(() => inSight(world, tab)).toBe(true);
    await tab.evaluate(dressings[0] ?? '');
    await pressAtButton(tab);
    await refusal(tab);
    await tab.evaluate('undo()');
    await pressInPlainView(tab);
  });
});

test.describe('a page with a policy of its own', () => {
  for (const [nth, policy] of (['strict-csp', 'isolated', 'no-features'] as const).entries()) {
    test(`has a panel that works: ${policy}`, async ({ world }) => {
      const tab = await openHostile(world, policy, days(10 + nth));
      const { binom, keitaro } = world.simulators;
      const { zone } = keitaro;
      const { clicks } = binom.truth({ campaignIndex: 0, ...days(10 + nth), zone });
      await inPanel(tab, '[data-connection="binom main"] [data-metric=clicks]', /\d/).waitForText(
        clicks.toLocaleString('en'),
      );
      if (policy === 'isolated') expect(await tab.evaluate('crossOriginIsolated')).toBe(true);
      await prepareCost(tab);
      await pressInPlainView(tab);
      // The page hears of what its policy holds against itself, and of nothing of ours.
      expect(await tab.evaluate('loot')).toEqual(
        policy === 'strict-csp' ? ['style-src-elem inline'] : [],
      );
    });
  }

  test('of no origin gets no panel', async ({ world }) => {
    const { keitaro } = world.simulators;
    keitaro.setAwkward('sandbox');
    const tab = await world.driver.newTab(keitaro.campaignPage(0, days(13)));
    expect(await tab.evaluate('self.origin')).toBe('null');
    await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
    // Its detector may say hello and open the dashboard.
    const others = Object.keys(calls).filter((name) => !/^page\.hello|^dashboard\.open/.test(name));
    for (const name of others) {
      expect(await askFromPage(world, tab, name), name).toMatchObject(REFUSED);
    }
    expect(await tab.element(PANEL).count()).toBe(0);
    keitaro.setAwkward(null);
    await tab.reload();
    expect(await askFromPage(world, tab, 'panel.ticket')).toMatchObject({ ok: true });
  });
});
