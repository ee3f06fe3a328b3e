import type { World } from './connect.ts';
import { LAUNCHER, PANEL, PANEL_DOCUMENT } from './connect.ts';
import type { Tab } from './drivers/driver.ts';

/** Texts by the place where they were found. */
export type Places = Map<string, string>;

/** Everything that a page, or a script in it, could read; and what stands in its fields. */
const PAGE = `(async () => JSON.stringify([
  document.documentElement.outerHTML,
  [...document.querySelectorAll('input, textarea, select')].map(({ value }) => value),
  Object.entries(localStorage), Object.entries(sessionStorage), document.cookie,
  performance.getEntries().map(({ name }) => name), location.href, document.title,
  Object.getOwnPropertyNames(window).filter((name) => /crosstrack/i.test(name)),
  history.state,
]))()`;

/** The inside of a root that is closed to the page, or of a frame in it. */
const ROOT = `(root) => JSON.stringify([
  root.innerHTML ?? root.documentElement.outerHTML, root.URL, root.title,
  [...root.querySelectorAll('input, textarea, select')].map(({ value }) => value),
])`;

/** Storage of the extension as it lies there, by name: bytes as text and as digits, keys as what can be told of them. */
const STORAGE = `(async () => {
  const api = globalThis.browser ?? chrome;
  const wait = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const plain = (_, value) => {
    if (value instanceof CryptoKey) return { cryptoKey: value.type, extractable: value.extractable };
    if (value instanceof Map || value instanceof Set) return [...value];
    if (!(value instanceof ArrayBuffer) && !ArrayBuffer.isView(value)) return value;
    const bytes = new Uint8Array(value.buffer ?? value, value.byteOffset ?? 0, value.byteLength);
    return [String.fromCharCode(...bytes), bytes.join()];
  };
  const text = (value) => JSON.stringify(value, plain) ?? '';
  const found = {};
  for (const area of ['local', 'sync', 'session']) found['storage.' + area] = text(await api.storage[area].get(null));
  for (const { name } of await indexedDB.databases()) {
    const database = await wait(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      found['IndexedDB ' + store] = text([await wait(objects.getAllKeys()), await wait(objects.getAll())]);
    }
    database.close();
  }
  const kept = await caches.keys();
  found.caches = text(await Promise.all(kept.map(async (name) =>
    (await (await caches.open(name)).keys()).map(({ url }) => url))));
  return found;
})()`;

/** Runs a function in the top frame of a tab, in the world of our content scripts there. */
const inContentScripts = (url: string, source: string): string => `(async () => {
  const api = globalThis.browser ?? chrome;
  const tabs = await api.tabs.query({});
  const tab = tabs.find(({ url }) => url === ${JSON.stringify(url)});
  if (!tab) return null;
  const [{ result }] = await api.scripting.executeScript({
    target: { tabId: tab.id, frameIds: [0] }, func: ${source},
  });
  return result ?? null;
})()`;

/** Writes down what content scripts get from the extension: answers, messages, changes of storage. */
const LISTEN = `() => {
  if (globalThis.crosstrackHeard) return;
  const heard = (globalThis.crosstrackHeard = []);
  const hear = (what) => void heard.push(JSON.stringify(what) ?? '');
  const { runtime, storage } = globalThis.browser ?? chrome;
  const send = runtime.sendMessage.bind(runtime);
  runtime.sendMessage = (...args) => {
    const answered = args.at(-1);
    if (typeof answered === 'function') {
      return send(...args.slice(0, -1), (answer) => { hear(answer); answered(answer); });
    }
    return send(...args).then((answer) => { hear(answer); return answer; });
  };
  runtime.onMessage.addListener(hear);
  storage?.onChanged?.addListener(hear);
}`;

/** Also asks, by itself, all that a page may ask without naming anything, and reads what storage it can. */
const HEARD = `async () => {
  const { runtime, storage } = globalThis.browser ?? chrome;
  const asked = [['page.hello', {}], ['panel.context', {}], ['connections.list', {}],
    ['trackers.list', {}], ['settings.read', {}], ['links.list', {}],
    ['exports.list', { connection: null, campaignId: null }],
    ['journal.list', { connection: null, campaignId: null }]];
  const answers = [];
  for (const [name, input] of asked) {
    answers.push(await runtime.sendMessage({ crosstrack: 'call', id: name, name, input }));
  }
  for (const area of ['local', 'sync', 'session']) {
    answers.push(await storage?.[area]?.get(null).catch(String));
  }
  return JSON.stringify([globalThis.crosstrackHeard ?? [], answers]);
}`;

/** From now on what content scripts of this tab are told is written down. */
export async function listenIn({ driver }: World, tab: Tab): Promise<void> {
  await driver.runInBackground(inContentScripts(await tab.url(), LISTEN));
}

/** Runs a function where our content scripts of a tab run. */
export async function inScriptsOf({ driver }: World, tab: Tab, source: string): Promise<unknown> {
  return driver.runInBackground(inContentScripts(await tab.url(), source));
}

/** Where anything could have been left, with what lies there now; downloads are the caller's. */
export async function lookEverywhere(world: World): Promise<Places> {
  const { driver } = world;
  const places: Places = new Map();
  const add = (place: string, text: string) =>
    places.set(place, `${places.get(place) ?? ''}\n${text}`);
  for (const tab of await driver.tabs()) {
    const url = await tab.url();
    const name = url.replace(driver.extensionOrigin, '').replace(/[?#].*/, '');
    if (url.startsWith(driver.extensionOrigin)) add(`page ${name}`, await tab.evaluate(PAGE));
    if (!/^https?:/.test(url)) continue;
    const host = new URL(url).hostname;
    add(`page ${host}`, await tab.evaluate(PAGE));
    for (const within of [PANEL, PANEL_DOCUMENT, LAUNCHER]) {
      const inside = await tab.callInRoot<string>(within, ROOT, []);
      if (inside !== undefined) add(`${within} on ${host}`, inside);
    }
    const heard = await driver.runInBackground<string | null>(inContentScripts(url, HEARD));
    if (heard !== null) add(`content scripts on ${host}`, heard);
  }
  const stored = await driver.runInBackground<Record<string, string>>(STORAGE);
  for (const [place, text] of Object.entries(stored)) add(place, text);
  for (const { text, url } of driver.console) add('the console', text + url);
  for (const { url, headers, body } of driver.requests) {
    add(`requests to ${new URL(url).origin}`, JSON.stringify([url, headers, body]) + (body ?? ''));
  }
  return places;
}
