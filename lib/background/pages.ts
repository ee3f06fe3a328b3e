import { hostPattern } from '../connections/hosts.ts';
import { recogniseAddress } from '../connections/recognise.ts';
import type { pageCalls } from '../contract/pages.ts';
import { createMutex } from '../mutex.ts';
import type { PanelTask, ToDetector } from '../page/protocol.ts';
import type { HandlersOf } from '../rpc/server.ts';
import type { TrackerAdapter } from '../trackers/adapter.ts';
import type { ConnectionHandlers } from './connections.ts';
import type { Panels } from './panels.ts';
import type { SettingsStore } from './settings.ts';

type PageCalls = HandlersOf<typeof pageCalls>;

/** The parts of the browser that put code on pages and open our own. */
export interface PageBrowser {
  /** Runs a script file of ours in the top frame of a tab. */
  runFile(tab: number, file: string): Promise<void>;
  /** Asks the detector in the top frame of a tab; rejects when there is none. */
  askDetector(tab: number, message: ToDetector): Promise<unknown>;
  /** Tells all that is open of the extension, pages and panels, that these calls, or all, may answer otherwise now. */
  invalidate(calls?: readonly string[]): void;
  /** Which tracker the page in the top frame of a tab looks like, if the browser lets us look. */
  probe(tab: number): Promise<unknown>;
  readonly scripting: {
    getRegisteredContentScripts(filter: { ids: string[] }): Promise<unknown[]>;
    registerContentScripts(scripts: ContentScript[]): Promise<void>;
    updateContentScripts(scripts: ContentScript[]): Promise<void>;
    unregisterContentScripts(filter: { ids: string[] }): Promise<void>;
  };
  readonly tabs: {
    query(query: {
      url?: string[];
      active?: boolean;
      currentWindow?: boolean;
    }): Promise<
      Array<{ id?: number | undefined; url?: string | undefined; windowId?: number | undefined }>
    >;
    create(properties: { url: string }): Promise<unknown>;
    update(tab: number, properties: { active: boolean; url?: string }): Promise<unknown>;
  };
  readonly windows: { update(window: number, properties: { focused: boolean }): Promise<unknown> };
  readonly permissions: { contains(permissions: { origins: string[] }): Promise<boolean> };
  readonly commands: { getAll(): Promise<Array<{ name?: string; shortcut?: string }>> };
  readonly runtime: { getURL(path: string): string; openOptionsPage(): Promise<void> };
}

interface ContentScript {
  readonly id: string;
  readonly js: string[];
  readonly matches: string[];
  readonly runAt: 'document_start';
  readonly persistAcrossSessions: boolean;
}

const DETECTOR = { id: 'tracker', file: 'tracker.js' };

export interface Pages {
  readonly calls: PageCalls;
  /**
   * Registers the detector for the granted hosts of the connections, and no others; open tabs get it
   * too. Called when those may have changed, which is what open pages and panels are told then.
   */
  registerDetector(): Promise<void>;
  /** Opens the panel of the active tab, if it is on a connected page, at a task. */
  openPanel(task: PanelTask): Promise<void>;
  openDashboard(view: string | null): Promise<void>;
}

export function createPages(
  browser: PageBrowser,
  connections: ConnectionHandlers,
  settings: SettingsStore,
  trackers: readonly TrackerAdapter[],
  panels: Pick<Panels, 'isOpen'>,
): Pages {
  const runPanel = async (tab: number, task: PanelTask): Promise<void> => {
    const message = { crosstrack: 'panel', task } as const;
    await browser.askDetector(tab, message).catch(async () => {
      // A page that was open before its host was granted, or whose detector is of an older version.
      await browser.runFile(tab, DETECTOR.file);
      await browser.askDetector(tab, message);
    });
  };

  /** Brings a page of ours to the front, in its window, or opens it. */
  const show = async (page: string, hash: string | null): Promise<void> => {
    const address = browser.runtime.getURL(page);
    const url = hash === null ? address : `${address}#${hash}`;
    const [open] = await browser.tabs.query({ url: [`${address}*`] });
    if (open?.id === undefined) {
      await browser.tabs.create({ url });
      return;
    }
    await browser.tabs.update(open.id, hash === null ? { active: true } : { active: true, url });
    if (open.windowId !== undefined) await browser.windows.update(open.windowId, { focused: true });
  };
  const openDashboard = (view: string | null): Promise<void> =>
    show('dashboard.html', view && String(new URLSearchParams({ view })));

  const shortcutOf = async (name: string): Promise<string> =>
    (await browser.commands.getAll()).find((command) => command.name === name)?.shortcut ?? '';

  const registering = createMutex();

  return {
    openDashboard,
    async openPanel(task) {
      const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
      // Without a granted host the address is not even told: nothing to do there.
      if (tab?.id === undefined || !tab.url) return;
      if (!(await connections.at(new URL(tab.url)))) return;
      await runPanel(tab.id, task);
    },
    registerDetector() {
      // One at a time: browsers tell of a removed permission while it is being removed.
      return registering(() => register().finally(browser.invalidate));
    },
    calls: {
      'page.hello': async (_, { caller }) => {
        if (caller.kind === 'extension') return null;
        const { id, tracker, name } = await connections.get(caller.connection);
        const { panelDock, panelAt, panelSize } = await settings.read();
        return {
          connection: { id, tracker, name },
          shortcut: await shortcutOf('open-panel'),
          origin: browser.runtime.getURL('/').replace(/\/$/, ''),
          place: {
            dock: panelDock,
            at: panelAt ?? null,
            size: panelSize ?? null,
            collapsed: false,
          },
          open: await panels.isOpen(caller.tab, caller.connection),
        };
      },
      'page.guess': async () => {
        const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
        if (tab?.id === undefined || !/^https?:/.test(tab.url ?? '')) return null;
        const url = new URL(tab.url ?? '');
        if (await connections.at(url)) return null;
        const seen = await browser.probe(tab.id).catch(() => null);
        const claimed = recogniseAddress(trackers, url.href, null).trackers;
        const found = [seen, ...claimed].flatMap(
          (id) => trackers.find((one) => one.id === id) ?? [],
        );
        const [adapter] = found;
        if (!adapter) return null;
        // Not the query: it may hold what is nobody's business.
        return { tracker: adapter.id, name: adapter.name, url: `${url.origin}${url.pathname}` };
      },
      'dashboard.open': async ({ view }) => {
        await openDashboard(view);
        return null;
      },
      'options.open': async ({ access }) => {
        if (access === undefined) await browser.runtime.openOptionsPage();
        else await show('options.html', `access/${encodeURIComponent(access)}`);
        return null;
      },
    },
  };

  async function register(): Promise<void> {
    // Where panels appear; an API on a host of its own needs no script there.
    const wanted = new Set(
      (await connections.list()).flatMap(({ pages, off }) => (off ? [] : pages.map(hostPattern))),
    );
    const matches: string[] = [];
    for (const host of wanted) {
      // A host that the browser cannot read as a pattern takes none of the others away.
      const granted = await browser.permissions.contains({ origins: [host] }).catch(() => false);
      if (granted) matches.push(host);
    }
    const ids = [DETECTOR.id];
    const registered = await browser.scripting.getRegisteredContentScripts({ ids });
    if (matches.length === 0) {
      if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids });
      return;
    }
    const script: ContentScript = {
      id: DETECTOR.id,
      js: [DETECTOR.file],
      matches,
      // The first to listen on the page's window; see `lib/page/guard.ts`.
      runAt: 'document_start',
      persistAcrossSessions: true,
    };
    if (registered.length > 0) await browser.scripting.updateContentScripts([script]);
    else await browser.scripting.registerContentScripts([script]);
    await reachOpenTabs(matches);
  }

  /** Pages that were open before the host was granted; the detector starts once per page. */
  async function reachOpenTabs(matches: string[]): Promise<void> {
    for (const { id, url } of await browser.tabs.query({ url: matches })) {
      if (id === undefined || !url || !(await connections.at(new URL(url)))) continue;
      // A tab that is loading, discarded or gone gets it on its next load.
      await browser.runFile(id, DETECTOR.file).catch(() => {});
    }
  }
}
