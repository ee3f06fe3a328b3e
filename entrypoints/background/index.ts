import type { Runtime } from 'webextension-polyfill';
import { defineBackground } from 'wxt/utils/define-background';
import { createBackground } from '../../lib/background/create-background.ts';
import { browser } from '../../lib/browser.ts';
import { provideMessages } from '../../lib/i18n.ts';
import type { PanelTask } from '../../lib/page/protocol.ts';
import { CHANGED } from '../../lib/rpc/client.ts';
import { openStorage } from '../../lib/store/storage.ts';
import { trackers } from '../../lib/trackers/index.ts';

const SETTLE = 'settle';
const LOCK = 'lock';

/** What each browser command does; `_execute_action` (the popup) is built in. */
const PANEL_COMMANDS: Readonly<Record<string, PanelTask>> = {
  'open-panel': 'toggle',
  'update-cost': 'cost',
  'export-blacklist': 'blacklist',
};

/** Not in the polyfill's types, and not in Firefox. */
interface Contextual {
  getContexts?(filter: { contextTypes: ['TAB'] }): Promise<Array<{ tabId: number }>>;
}

export default defineBackground(() => {
  // For texts that the background writes into records.
  provideMessages((key, values) => browser.i18n.getMessage(key, values), '');
  const isPrivate = browser.extension?.inIncognitoContext === true;
  let serial = Date.now();
  const background = createBackground({
    trackers,
    ...openStorage(browser.storage, isPrivate),
    managed: { get: () => browser.storage.managed.get(null) },
    browser: {
      scripting: browser.scripting,
      tabs: browser.tabs,
      windows: browser.windows,
      permissions: browser.permissions,
      commands: browser.commands,
      runtime: {
        getURL: (path) => new URL(path, browser.runtime.getURL('/')).href,
        openOptionsPage: () => browser.runtime.openOptionsPage(),
      },
      async runFile(tabId, file) {
        const target = { tabId, frameIds: [0] };
        await browser.scripting.executeScript({ target, files: [file] as never });
      },
      async ownTabs() {
        const { runtime } = browser as { runtime: Contextual };
        const contexts = await runtime.getContexts?.({ contextTypes: ['TAB'] });
        return contexts?.map(({ tabId }) => tabId) ?? null;
      },
      askDetector: (tab, message) => browser.tabs.sendMessage(tab, message, { frameId: 0 }),
      async probe(tabId) {
        const target = { tabId, frameIds: [0] };
        await browser.scripting.executeScript({
          target,
          func: () => void Object.assign(globalThis, { crosstrackProbe: true }),
        });
        const files = ['tracker.js'] as never;
        const [seen] = await browser.scripting.executeScript({ target, files });
        return seen?.result;
      },
      invalidate(calls) {
        serial += 1;
        const message = { ...CHANGED, nth: serial, ...(calls ? { calls } : {}) };
        browser.runtime.sendMessage(message).catch(unheard);
        // In Firefox, frames on pages receive only messages sent to their tab. Detectors need only the
        // general ones, also on hosts whose permission was revoked.
        void browser.tabs
          .query(calls ? { url: ['https://*/*', 'http://*/*'] } : {})
          .then((tabs) => {
            for (const { id } of tabs) {
              if (id !== undefined) browser.tabs.sendMessage(id, message).catch(unheard);
            }
          });
      },
    },
    facts: {
      extensionId: browser.runtime.id,
      extensionOrigin: browser.runtime.getURL('/').replace(/\/$/, ''),
    },
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    sleep,
    wakeAfter(ms) {
      // Browsers round alarms up to at least half a minute.
      void browser.alarms.create(SETTLE, { when: Date.now() + Math.max(ms, 30_000) });
    },
    lockAt(at) {
      if (at === null) void browser.alarms.clear(LOCK);
      else void browser.alarms.create(LOCK, { when: at });
    },
  });

  // Register every listener synchronously, or the event that woke the service worker is lost.
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) =>
    background.handle(message, sender),
  );
  browser.runtime.onInstalled.addListener(({ reason, previousVersion }) => {
    void background.followHosts();
    // Firefox restarts an extension, as if updated, when it is allowed in private windows. Where there
    // are no other windows, that is its first start.
    const letIn =
      isPrivate && reason === 'update' && previousVersion === browser.runtime.getManifest().version;
    if (reason === 'install') void greet();
    else if (letIn) {
      void background.connections.list().then((all) => (all.length === 0 ? greet() : undefined));
    }
  });
  browser.runtime.onStartup.addListener(() => void background.followHosts());
  browser.permissions.onAdded.addListener(() => void background.followHosts());
  browser.permissions.onRemoved.addListener(() => void background.followHosts());
  browser.tabs.onRemoved.addListener((tab) => void background.panels.forget(tab));
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === SETTLE) void background.settle();
    if (name === LOCK) void background.checkIdle();
  });
  browser.storage.onChanged.addListener((_, area) => {
    if (area === 'managed') void background.readPolicy();
  });
  browser.commands.onCommand.addListener((command) => {
    const task = PANEL_COMMANDS[command];
    if (task) void background.opener.panel(task);
    else if (command === 'open-dashboard') void background.opener.dashboard(null);
  });

  // Content scripts need no access to sealed keys; Firefox does not support this yet.
  const local: { setAccessLevel?: (access: { accessLevel: string }) => Promise<void> } = browser
    .storage.local as object;
  void local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });

  void background.start();
});

/** The first-run page. */
const greet = () =>
  browser.tabs.create({ url: new URL('welcome.html', browser.runtime.getURL('/')).href });

/** Nobody was there to receive a message, or the tab was closed meanwhile. */
function unheard(error: unknown): void {
  if (!/Receiving end does not exist|tab.* id/i.test(String(error))) throw error;
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (signal?.aborted) reject(signal.reason);
  const timer = setTimeout(resolve, ms);
  signal?.addEventListener(
    'abort',
    () => {
      clearTimeout(timer);
      reject(signal.reason);
    },
    { once: true },
  );
  return promise;
}
