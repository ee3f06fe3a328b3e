import type { Hostility } from '../simulators/hostile/page.ts';
import type { Simulator } from '../simulators/start.ts';
import type { World } from './connect.ts';
import type { Days } from './days.ts';
import type { Box, Point, Tab } from './drivers/driver.ts';
import { expect, inPanel, openPanel, PANEL_DOCUMENT } from './world.ts';

export const writesOf = ({ requests }: Simulator) =>
  requests.filter(({ method, path }) => method === 'POST' && /cost/.test(path));

export const sendButton = (tab: Tab) => inPanel(tab, 'button[name=send-cost]');

/** The words for a press that did not count. */
export const refusal = (tab: Tab) =>
  inPanel(tab, '[role=alert]', 'Nothing was sent').waitFor({ state: 'visible' });

/** A campaign's page that attacks, with the panel open on it. */
export async function openHostile(world: World, hostility: Hostility, days: Days): Promise<Tab> {
  const { keitaro } = world.simulators;
  keitaro.setHostile(hostility);
  return openPanel(world, keitaro.campaignPage(0, days));
}

/** Goes to the confirm button, ready to be pressed and in view. */
export async function prepareCost(tab: Tab): Promise<void> {
  await inPanel(tab, '[data-tab=cost]').click();
  await inPanel(tab, '[name=amount]').fill('66');
  await waitUntilReady(tab);
  await showSendButton(tab);
}

/** Scrolls the confirm button into view, as a person does before pressing it. */
export const showSendButton = (tab: Tab): Promise<unknown> =>
  tab.callInRoot(
    PANEL_DOCUMENT,
    `(root) => root.querySelector('button[name=send-cost]').scrollIntoView({ block: 'center', behavior: 'instant' })`,
    [],
  );

/** An attacking page with the confirm button before the user's eyes. */
export async function openHostileCost(
  world: World,
  hostility: Hostility,
  days: Days,
): Promise<Tab> {
  const tab = await openHostile(world, hostility, days);
  await prepareCost(tab);
  return tab;
}

export async function waitUntilReady(tab: Tab): Promise<void> {
  await sendButton(tab).waitFor({ state: 'visible' });
  await expect.poll(() => sendButton(tab).isEnabled()).toBe(true);
}

export const middleOf = ({ x, y, width, height }: Box): Point => ({
  x: x + width / 2,
  y: y + height / 2,
});

/** A real press at the middle of the confirm button, whatever lies over it. */
export async function pressAtButton(tab: Tab): Promise<void> {
  const { x, y } = middleOf(await sendButton(tab).boundingBox());
  await tab.click(x, y);
}

/**
 * Presses until the cost is sent: right after a cover has gone, a press may not count yet. The button
 * goes with the press that counts, so none may wait for it.
 */
async function pressUntilSent(tab: Tab, press: () => Promise<void>): Promise<void> {
  await waitUntilReady(tab);
  await expect
    .poll(
      async () => {
        await press();
        return inPanel(tab, '.record').count();
      },
      // What a press begins has the time to show.
      { intervals: [100, 250, 500, 1_000] },
    )
    .toBe(1);
}

/** What every attack is measured by: without it, a person's press on the button in plain view sends the cost. */
export const pressInPlainView = (tab: Tab): Promise<void> =>
  pressUntilSent(tab, async () => {
    const box = await sendButton(tab).boxNow();
    if (!box) return;
    const { x, y } = middleOf(box);
    await tab.click(x, y);
  });

/** The same by the keyboard. */
export const pressByEnter = (tab: Tab): Promise<void> =>
  pressUntilSent(tab, async () => {
    const there = await tab.callInRoot<boolean>(
      PANEL_DOCUMENT,
      `(root) => {
        const button = root.querySelector('button[name=send-cost]');
        button?.focus();
        return button !== null;
      }`,
      [],
    );
    if (there) await tab.press('Enter');
  });

/** Lets the page draw itself that often, so that what it just did has been seen. */
export const showFor = (tab: Tab, frames: number): Promise<unknown> =>
  tab.evaluate(`new Promise((done) => {
    let left = ${frames};
    const next = () => (left-- > 0 ? requestAnimationFrame(next) : done(true));
    next();
  })`);

export const attack = <T>(tab: Tab, ...given: unknown[]): Promise<T> =>
  tab.evaluate<T>(`window.attack(${given.map((one) => JSON.stringify(one)).join()})`);

export const loot = (tab: Tab): Promise<unknown[]> => tab.evaluate<unknown[]>('window.loot');

export type Reply =
  | { ok: true; result: unknown }
  | { ok: false; problem: { kind: string; text?: string } };

export const REFUSED = { ok: false, problem: { kind: 'permission', text: 'problem_sender' } };
export const UNSEEN = { ok: false, problem: { kind: 'permission', text: 'confirmRefused' } };

/**
 * Asks the background from within a frame of the extension: what only our own code there could do.
 * Null where the browser gives the frame's scripts no way to ask.
 */
export const askWithin = (
  tab: Tab,
  within: string,
  name: string,
  input: unknown = {},
): Promise<Reply | null> =>
  tab.evaluate<Reply | null>(
    `(async () => {
      const { runtime } = globalThis.browser ?? globalThis.chrome ?? {};
      if (!runtime?.sendMessage) return null;
      const request = ${JSON.stringify({ crosstrack: 'call', name, input })};
      return runtime.sendMessage({ ...request, id: String(performance.now()) });
    })()`,
    { within },
  );

export const askInPanel = (tab: Tab, name: string, input: unknown = {}) =>
  askWithin(tab, PANEL_DOCUMENT, name, input);

/** What the background knows of a tab's panel. */
export interface PanelRecord {
  readonly connection: string;
  readonly ticket: string;
  readonly frame: string | null;
  /** What the panel keeps for the next document. */
  readonly state: { readonly collapsed: boolean } | null;
}

/** Source of an expression for the background: the last tab with this address. */
const tabAt = (url: string) =>
  `(await (globalThis.browser ?? chrome).tabs.query({})).filter(({ url }) => url === ${JSON.stringify(url)}).at(-1)`;

export async function panelRecord({ driver }: World, tab: Tab): Promise<PanelRecord> {
  const url = await tab.url();
  return driver.runInBackground(`(async () => {
    const { id } = ${tabAt(url)};
    return (await chrome.storage.session.get('panels')).panels[id];
  })()`);
}

/** Makes the ticket of a tab's panel one that nobody has shown yet. */
export async function reissueTicket({ driver }: World, tab: Tab, ageMs: number): Promise<string> {
  const url = await tab.url();
  const ticket = await driver.runInBackground<string>(`(async () => {
    const { id } = ${tabAt(url)};
    const { panels } = await chrome.storage.session.get('panels');
    panels[id] = { ...panels[id], frame: null, issuedAt: Date.now() - ${ageMs} };
    await chrome.storage.session.set({ panels });
    return panels[id].ticket;
  })()`);
  // The background reads them when it starts.
  await driver.killBackground();
  return ticket;
}

/** Where the confirm button is in the panel's own document. */
export async function buttonAt(tab: Tab): Promise<Box> {
  await sendButton(tab).waitFor({ state: 'visible' });
  const box = await tab.callInRoot<Box>(
    PANEL_DOCUMENT,
    `(root) => {
      const { x, y, width, height } = root.querySelector('button[name=send-cost]').getBoundingClientRect();
      return { x, y, width, height };
    }`,
    [],
  );
  if (!box) throw new Error('The panel is not there.');
  return box;
}

/** Asks the detector, as the background does before a write, whether it sees the confirm button in plain view. */
export async function inSight(world: World, tab: Tab): Promise<boolean> {
  const url = await tab.url();
  const question = {
    crosstrack: 'sight',
    ticket: (await panelRecord(world, tab)).ticket,
    at: await buttonAt(tab),
  };
  return world.driver.runInBackground(`(async () => {
    const { id } = ${tabAt(url)};
    return (globalThis.browser ?? chrome).tabs.sendMessage(id, ${JSON.stringify(question)}, { frameId: 0 });
  })()`);
}

/**
 * Orders a cost from within the panel's frame, past its own look at the button and without any press.
 *
 * @param at where the button is, as `buttonAt` found it
 */
export async function sendPastFrame(
  world: World,
  tab: Tab,
  days: Days,
  at: Box,
): Promise<Reply | null> {
  const { keitaro } = world.simulators;
  const { connection } = await panelRecord(world, tab);
  const order = {
    connection,
    campaignId: keitaro.campaignId(0),
    campaignName: 'Summer push DE',
    range: { ...days, zone: keitaro.zone },
    mode: 'total',
    amount: 66,
    currency: 'USD',
    rate: null,
    token: null,
    uniqueOnly: false,
  };
  const previewed = await askInPanel(tab, 'costs.preview', { order });
  if (!previewed?.ok) throw new Error(`No preview: ${JSON.stringify(previewed)}`);
  const { id } = previewed.result as { id: string };
  return askInPanel(tab, 'costs.send', { preview: id, at });
}

/** Gives the page's own script what it cannot get by itself: the root of the panel, and the frame in it. */
export const giveFrame = (tab: Tab): Promise<unknown> =>
  tab.callInRoot(
    'crosstrack-panel',
    `(root) => {
      const page = window.wrappedJSObject ?? window;
      const frame = root.querySelector('iframe');
      page.stolenRoot = root.wrappedJSObject ?? root;
      page.stolen = frame.wrappedJSObject ?? frame;
      return true;
    }`,
    [],
  );

/** Sends a message from the extension's own world in a frame of a page: what a page that broke into its own process could do. */
export async function askFromPage(
  { driver }: World,
  tab: Tab,
  name: string,
  { input = {}, inner = false }: { input?: unknown; inner?: boolean } = {},
): Promise<Reply> {
  const url = await tab.url();
  const request = JSON.stringify({ crosstrack: 'call', id: name, role: 'panel', name, input });
  return driver.runInBackground(`(async () => {
    const api = globalThis.browser ?? chrome;
    const all = await api.scripting.executeScript({
      target: { tabId: ${tabAt(url)}.id, allFrames: ${inner} },
      func: (request, inner) => (window === window.top) === inner ? null : (globalThis.browser ?? chrome).runtime.sendMessage(JSON.parse(request)),
      args: [${JSON.stringify(request)}, ${inner}],
    });
    return all.map(({ result }) => result).find((result) => result);
  })()`);
}

/**
 * The address that a frame of ours goes to, which a page is not told: in Chromium another one in each
 * session, in Firefox the extension's own.
 */
export const panelAddress = ({ driver }: World): Promise<string> =>
  driver.runInBackground("(globalThis.browser ?? chrome).runtime.getURL('panel.html')");
