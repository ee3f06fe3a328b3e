import { hostPattern } from '../../connections/hosts.ts';
import type { PanelTask } from '../../page/protocol.ts';
import type { ConnectionRepository } from '../connections/repository.ts';
import type { BackgroundBrowser, ContentScript } from './browser.ts';

const ID = 'tracker';
const FILE = 'tracker.js';

/** The content script on connected trackers' pages. */
export interface Detector {
  /** Registers it for the connections' granted hosts, and for no others. */
  register(): Promise<void>;
  /** Runs it on pages that are already open; it starts once per page. */
  reachOpenTabs(): Promise<void>;
  /** Passes it a task for its page's panel. */
  runPanel(tab: number, task: PanelTask): Promise<void>;
}

export function createDetector(
  browser: Pick<
    BackgroundBrowser,
    'runFile' | 'askDetector' | 'scripting' | 'tabs' | 'permissions'
  >,
  connections: Pick<ConnectionRepository, 'list' | 'at'>,
): Detector {
  const { scripting, permissions, tabs } = browser;

  /** Hosts of web UIs; an API host of its own needs no script. */
  const grantedHosts = async (): Promise<string[]> => {
    const wanted = new Set(
      (await connections.list()).flatMap(({ pages, off }) => (off ? [] : pages.map(hostPattern))),
    );
    const granted: string[] = [];
    for (const host of wanted) {
      // A host that makes no valid match pattern must not take the others down.
      const may = await permissions.contains({ origins: [host] }).catch(() => false);
      if (may) granted.push(host);
    }
    return granted;
  };

  return {
    async register() {
      const matches = await grantedHosts();
      const ids = [ID];
      const registered = await scripting.getRegisteredContentScripts({ ids });
      if (matches.length === 0) {
        if (registered.length > 0) await scripting.unregisterContentScripts({ ids });
        return;
      }
      const script: ContentScript = {
        id: ID,
        js: [FILE],
        matches,
        // So that its listeners on the window are the first; see `lib/page/guard.ts`.
        runAt: 'document_start',
        persistAcrossSessions: true,
      };
      if (registered.length > 0) await scripting.updateContentScripts([script]);
      else await scripting.registerContentScripts([script]);
    },
    async reachOpenTabs() {
      const url = await grantedHosts();
      // Without a pattern the query would return every tab.
      if (url.length === 0) return;
      for (const tab of await tabs.query({ url })) {
        if (tab.id === undefined || !tab.url || !(await connections.at(new URL(tab.url)))) continue;
        // A tab that is loading, discarded or closed gets it on its next load.
        await browser.runFile(tab.id, FILE).catch(() => {});
      }
    },
    async runPanel(tab, task) {
      const message = { crosstrack: 'panel', task } as const;
      await browser.askDetector(tab, message).catch(async () => {
        // The page was open before its host was granted, or runs an older version's detector.
        await browser.runFile(tab, FILE);
        await browser.askDetector(tab, message);
      });
    },
  };
}
