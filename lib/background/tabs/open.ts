import type { PanelTask } from '../../page/protocol.ts';
import type { ConnectionRepository } from '../connections/repository.ts';
import type { BackgroundBrowser } from './browser.ts';
import type { Detector } from './detector.ts';

/** Opens what the extension has to show. */
export interface Opener {
  /** The panel of the active tab, if that is on a connected page, at a task. */
  panel(task: PanelTask): Promise<void>;
  /** @param view null = the one it opens with */
  dashboard(view: string | null): Promise<void>;
  /** @param access connection whose access is to be granted there */
  options(access: string | undefined): Promise<void>;
}

export function createOpener(
  browser: Pick<BackgroundBrowser, 'tabs' | 'windows' | 'runtime'>,
  connections: Pick<ConnectionRepository, 'at'>,
  detector: Pick<Detector, 'runPanel'>,
): Opener {
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

  return {
    async panel(task) {
      const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
      // Without a granted host the address is not even told: nothing to do there.
      if (tab?.id === undefined || !tab.url) return;
      if (await connections.at(new URL(tab.url))) await detector.runPanel(tab.id, task);
    },
    dashboard: (view) => show('dashboard.html', view && String(new URLSearchParams({ view }))),
    async options(access) {
      if (access === undefined) await browser.runtime.openOptionsPage();
      else await show('options.html', `access/${encodeURIComponent(access)}`);
    },
  };
}
