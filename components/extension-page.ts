import { browser } from 'wxt/browser';
import { createOpenClient, type OpenClient } from '../lib/rpc/client.ts';
import type { Access } from './kit/access.tsx';
import { kitStyle, tokenStyle } from './kit/styles.ts';
import { provideTexts } from './texts.ts';

/** The browser's permissions, for pages that ask for what is missing. */
export const access: Access = {
  requestHosts: (hosts) => browser.permissions.request({ origins: [...hosts] }),
};

/** Texts, style, client and root of an extension page; the first thing each of them does. */
export async function openExtensionPage(): Promise<{
  client: OpenClient;
  root: HTMLElement;
  now: () => number;
}> {
  // The language of the texts, which is not always the browser's: figures and plurals go with the texts.
  document.documentElement.lang = await provideTexts(browser.i18n.getUILanguage());
  const style = document.createElement('style');
  style.textContent = tokenStyle + kitStyle;
  // First, so that the page's own style comes after it.
  document.head.prepend(style);
  const root = document.querySelector<HTMLElement>('#root');
  if (!root) throw new Error('The page has no #root.');
  return {
    root,
    client: createOpenClient('extension', browser.runtime),
    now: () => Date.now(),
  };
}

/** The browser's shortcuts as they are really assigned; '' = none. */
export const shortcuts = async () =>
  (await browser.commands.getAll()).map(({ name = '', description = '', shortcut = '' }) => ({
    name,
    description,
    keys: shortcut,
  }));

/** Opens the form of a new connection in a tab of its own, filled in with a page. */
export function openForm({ tracker, url }: { tracker: string; url: string }): void {
  const form = new URL(browser.runtime.getURL('/options.html'));
  form.hash = `add?${new URLSearchParams({ tracker, url })}`;
  void browser.tabs.create({ url: form.href });
}
