import kitStyle from '../../components/kit/kit.css?inline';
import tokens from '../../components/kit/tokens.css?inline';
import { mountPanel } from '../../components/panel/mount.tsx';
import panelStyle from '../../components/panel/panel.css?inline';
import { mountPopup } from '../../components/popup/mount.tsx';
import popupStyle from '../../components/popup/popup.css?inline';
import { provideMessages } from '../../lib/i18n.ts';
import type { PanelTask } from '../../lib/page/handoff.ts';
import type { Client } from '../../lib/rpc/client.ts';
import type { PageView } from '../../lib/trackers/page.ts';
import en from '../../public/_locales/en/messages.json' with { type: 'json' };
import ru from '../../public/_locales/ru/messages.json' with { type: 'json' };
import { NOW } from './fake-world.ts';

export type Theme = 'light' | 'dark';
export interface Look {
  readonly theme?: Theme;
  readonly language?: 'en' | 'ru';
}

type Messages = Readonly<Record<string, { readonly message: string }>>;
const TEXTS: Readonly<Record<'en' | 'ru', Messages>> = { en, ru };

/** The product's own texts, filled in as the browser fills them in. */
export function speak(language: 'en' | 'ru'): void {
  provideMessages(
    (key, values = []) =>
      (TEXTS[language][key]?.message ?? '').replace(
        /\$([1-9])/g,
        (_, place) => values[Number(place) - 1] ?? '',
      ),
    language,
  );
}

export const campaignPage: PageView = {
  view: 'campaign',
  campaignId: '12',
  campaignName: 'Summer push DE',
  range: { from: '2026-08-01', to: '2026-08-02' },
};

/** A page whose view the test changes, as in-page navigation does. */
export function createPage(first: PageView | null = campaignPage) {
  let view = first;
  const listeners = new Set<(view: PageView | null) => void>();
  return {
    watch: {
      current: () => view,
      subscribe(listener: (view: PageView | null) => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    go(next: PageView | null) {
      view = next;
      for (const listener of listeners) listener(next);
    },
    get listeners() {
      return listeners.size;
    },
  };
}

/** The panel in a closed shadow root of a host element, as on a tracker's page. */
export function showPanel(
  client: Client,
  {
    page = createPage(),
    task = 'toggle',
    theme = 'light',
    language = 'en',
  }: Look & { page?: ReturnType<typeof createPage>; task?: PanelTask } = {},
) {
  speak(language);
  const host = document.createElement('crosstrack-panel');
  host.dataset.theme = theme;
  host.style.cssText = 'all: initial; position: fixed; z-index: 2147483647;';
  const root = host.attachShadow({ mode: 'closed' });
  const style = document.createElement('style');
  style.textContent = tokens + kitStyle + panelStyle;
  root.append(style);
  document.body.append(host);
  let closed = 0;
  const panel = mountPanel({
    root,
    client,
    page: page.watch,
    task,
    now: () => NOW,
    onClose: () => {
      closed += 1;
    },
  });
  return {
    host,
    root,
    panel,
    page,
    closed: () => closed,
    remove() {
      panel.unmount();
      host.remove();
    },
  };
}

/** The popup's document, within a page of the given look. */
export function showPopup(client: Client, { theme = 'light', language = 'en' }: Look = {}) {
  speak(language);
  document.documentElement.dataset.theme = theme;
  const style = document.createElement('style');
  style.textContent = tokens + kitStyle + popupStyle;
  const root = document.createElement('div');
  document.body.append(style, root);
  const unmount = mountPopup(root, { client, now: () => NOW });
  return {
    root,
    remove() {
      unmount();
      root.remove();
      style.remove();
      delete document.documentElement.dataset.theme;
    },
  };
}
