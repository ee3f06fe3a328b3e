import { recogniseAddress } from '../../connections/recognise.ts';
import type { tabCalls } from '../../contract/tabs.ts';
import { CrosstrackError } from '../../errors.ts';
import { t } from '../../i18n.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { TrackerAdapter } from '../../trackers/adapter.ts';
import type { ConnectionRepository } from '../connections/repository.ts';
import type { Panels } from '../panels.ts';
import type { SettingsStore } from '../settings.ts';
import type { BackgroundBrowser } from './browser.ts';
import type { Opener } from './open.ts';

export interface TabParts {
  readonly browser: Pick<BackgroundBrowser, 'tabs' | 'probe' | 'commands' | 'runtime'>;
  readonly trackers: readonly TrackerAdapter[];
  readonly connections: Pick<ConnectionRepository, 'get' | 'at'>;
  readonly settings: SettingsStore;
  readonly panels: Pick<Panels, 'isOpen'>;
  readonly opener: Opener;
}

export function createTabs(parts: TabParts): HandlersOf<typeof tabCalls> {
  const { browser, trackers, connections, settings, panels, opener } = parts;

  const shortcutOf = async (name: string): Promise<string> =>
    (await browser.commands.getAll()).find((command) => command.name === name)?.shortcut ?? '';

  return {
    'page.hello': async (_, { caller }) => {
      if (caller.kind === 'extension') return null;
      const { id, tracker, name } = await connections.get(caller.connection);
      const { panelDock, panelAt, panelSize } = await settings.read();
      return {
        connection: { id, tracker, name },
        label: t('launcherLabel'),
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
      const found = [seen, ...claimed].flatMap((id) => trackers.find((one) => one.id === id) ?? []);
      const [adapter] = found;
      if (!adapter) return null;
      // Not the query: it may hold what is nobody's business.
      return { tracker: adapter.id, name: adapter.name, url: `${url.origin}${url.pathname}` };
    },
    'campaign.open': async ({ connection: id, campaignId }) => {
      const connection = await connections.get(id);
      const adapter = trackers.find((one) => one.id === connection.tracker);
      if (!adapter?.campaignPage) {
        throw new CrosstrackError({ kind: 'unsupported', text: 'no_campaign_page' });
      }
      await browser.tabs.create({ url: adapter.campaignPage(connection, campaignId) });
      return null;
    },
    'dashboard.open': async ({ view, record }) => {
      await opener.dashboard(view, record);
      return null;
    },
    'options.open': async ({ access }) => {
      await opener.options(access);
      return null;
    },
  };
}
