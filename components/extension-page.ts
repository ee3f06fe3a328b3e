import './kit/tokens.css';
import './kit/kit.css';
import { browser } from '../lib/browser.ts';
import { type MessageKey, provideMessages, t } from '../lib/i18n.ts';
import { createOpenClient, type OpenClient } from '../lib/rpc/client.ts';
import type { Access } from './kit/access.tsx';

/** The browser's permissions, for pages that ask for what is missing. */
export const access: Access = {
  requestHosts: (hosts) => browser.permissions.request({ origins: [...hosts] }),
};

/** What every page of the extension starts with. */
export interface ExtensionPage {
  readonly root: HTMLElement;
  readonly client: OpenClient;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Texts, title, client and root of an extension page; the first thing each of them does.
 *
 * @param title locale key of what the page is called
 */
export function openExtensionPage(title: MessageKey): ExtensionPage {
  // The language of the texts, which is not always the browser's: figures and plurals go with the texts.
  const language = browser.i18n.getMessage('language');
  provideMessages((key, values) => browser.i18n.getMessage(key, values), language);
  document.documentElement.lang = language;
  document.title = t('pageTitle', t(title));
  const root = document.querySelector<HTMLElement>('#root');
  if (!root) throw new Error('The page has no #root.');
  return {
    root,
    client: createOpenClient(browser.runtime),
    now: () => Date.now(),
  };
}

/** After an update or the removal of the extension its frames on open pages have nobody to talk to. */
const ORPHAN_CHECK_MS = 1000;

/** Calls back when that has happened. */
export function onOrphaned(act: () => void): void {
  const timer = setInterval(() => {
    if (browser.runtime?.id) return;
    clearInterval(timer);
    act();
  }, ORPHAN_CHECK_MS);
}

/** The browser's shortcuts as they are really assigned; '' = none. */
export const shortcuts = async () =>
  (await browser.commands.getAll()).map(({ name = '', description = '', shortcut = '' }) => ({
    name,
    description,
    keys: shortcut,
  }));

/** Opens the form of a new connection in a tab of its own, filled in with a page. */
export function openConnectionForm({ tracker, url }: { tracker: string; url: string }): void {
  const form = new URL(browser.runtime.getURL('/options.html'));
  form.hash = `add?${new URLSearchParams({ tracker, url })}`;
  void browser.tabs.create({ url: form.href });
}
