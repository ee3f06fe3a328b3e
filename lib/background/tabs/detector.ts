import { hostPattern } from '../../connections/hosts.ts';
import type { PanelTask } from '../../page/protocol.ts';
import type { ConnectionRepository } from '../connections/repository.ts';
import type { BackgroundBrowser, ContentScript } from './browser.ts';

const ID = 'tracker';
const FILE = 'tracker.js';

/** The script on the pages of the connected trackers. */
export interface Detector {
  /** Has the browser run it on the granted hosts of the connections, and on no others. */
  register(): Promise<void>;
  /** Runs it on pages that are open already; it starts once per page. */
  reachOpenTabs(): Promise<void>;
  /** Gives it a task for the panel of its page. */
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

  /** Where panels appear; an API on a host of its own needs no script there. */
  const grantedHosts = async (): Promise<string[]> => {
    const wanted = new Set(
      (await connections.list()).flatMap(({ pages, off }) => (off ? [] : pages.map(hostPattern))),
    );
    const granted: string[] = [];
    for (const host of wanted) {
      // A host that the browser cannot read as a pattern takes none of the others away.
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
        // The first to listen on the page's window; see `lib/page/guard.ts`.
        runAt: 'document_start',
        persistAcrossSessions: true,
      };
      if (registered.length > 0) await scripting.updateContentScripts([script]);
      else await scripting.registerContentScripts([script]);
    },
    async reachOpenTabs() {
      const url = await grantedHosts();
      // Without a pattern the browser would name every tab.
      if (url.length === 0) return;
      for (const tab of await tabs.query({ url })) {
        if (tab.id === undefined || !tab.url || !(await connections.at(new URL(tab.url)))) continue;
        // A tab that is loading, discarded or gone gets it on its next load.
        await browser.runFile(tab.id, FILE).catch(() => {});
      }
    },
    async runPanel(tab, task) {
      const message = { crosstrack: 'panel', task } as const;
      await browser.askDetector(tab, message).catch(async () => {
        // A page that was open before its host was granted, or whose detector is of an older version.
        await browser.runFile(tab, FILE);
        await browser.askDetector(tab, message);
      });
    },
  };
}
