import type { PanelTask } from '../../page/protocol.ts';
import type { ConnectionRepository } from '../connections/repository.ts';
import type { BackgroundBrowser } from './browser.ts';
import type { Detector } from './detector.ts';

/** Opens the extension's surfaces. */
export interface Opener {
  /** Opens the active tab's panel at a task, if the tab shows a connected page. */
  panel(task: PanelTask): Promise<void>;
  /**
   * @param view null = its default view
   * @param record id of the journal's record to open
   */
  dashboard(view: string | null, record?: string): Promise<void>;
  /** @param access id of the connection that needs host access */
  options(access: string | undefined): Promise<void>;
}

export function createOpener(
  browser: Pick<BackgroundBrowser, 'tabs' | 'windows' | 'runtime' | 'ownTabs'>,
  connections: Pick<ConnectionRepository, 'at'>,
  detector: Pick<Detector, 'runPanel'>,
): Opener {
  /** Activates an open page of ours and raises its window, or opens the page. */
  const show = async (page: string, hash: string | null): Promise<void> => {
    const address = browser.runtime.getURL(page);
    const url = hash === null ? address : `${address}#${hash}`;
    const found = await browser.tabs.query({ url: [`${address}*`] });
    const own = await browser.ownTabs();
    const open = found.find(({ id }) => id !== undefined && (own?.includes(id) ?? true));
    if (open?.id === undefined) {
      await browser.tabs.create({ url });
      return;
    }
    await browser.tabs.update(open.id, hash === null ? { active: true } : { active: true, url });
    if (open.windowId !== undefined) await browser.windows.update(open.windowId, { focused: true });
  };

  return {
    async panel(task) {
      const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
      // The browser hides the address of a tab whose host is not granted.
      if (tab?.id === undefined || !tab.url) return;
      if (await connections.at(new URL(tab.url))) await detector.runPanel(tab.id, task);
    },
    dashboard: (view, record) =>
      show(
        'dashboard.html',
        view && String(new URLSearchParams({ view, ...(record === undefined ? {} : { record }) })),
      ),
    async options(access) {
      if (access === undefined) await browser.runtime.openOptionsPage();
      else await show('options.html', `access/${encodeURIComponent(access)}`);
    },
  };
}
