import './kit/tokens.css';
import './kit/kit.css';
import { browser } from '../lib/browser.ts';
import { type MessageKey, provideMessages, t } from '../lib/i18n.ts';
import { type Messages, readPackagedTexts } from '../lib/packaged-texts.ts';
import { createOpenClient, type OpenClient } from '../lib/rpc/client.ts';
import type { Access } from './kit/access.tsx';

export const access: Access = {
  requestHosts: (hosts) => browser.permissions.request({ origins: [...hosts] }),
};

export interface ExtensionPage {
  readonly root: HTMLElement;
  readonly client: OpenClient;
  /** Epoch ms. */
  readonly now: () => number;
}

const packagedMessages = async (path: string): Promise<Messages> => {
  const file: { default: Messages } = await import(/* @vite-ignore */ path, {
    with: { type: 'json' },
  });
  return file.default;
};

/** The browser's texts, or the packaged ones where it gives none. */
async function findTexts() {
  const { i18n } = browser;
  // The language of our texts, which may differ from the browser's. Numbers and plurals follow it.
  const language = i18n.getMessage('language');
  if (language === '') return readPackagedTexts(packagedMessages, i18n.getUILanguage());
  return { lookup: (key: string, values?: string[]) => i18n.getMessage(key, values), language };
}

/**
 * Sets up an extension page: texts, title, client and root.
 *
 * @param title text key
 */
export async function openExtensionPage(title: MessageKey): Promise<ExtensionPage> {
  const { lookup, language } = await findTexts();
  provideMessages(lookup, language);
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

const ORPHAN_CHECK_MS = 1000;

/** Calls back once an update or removal of the extension has orphaned this frame. */
export function onOrphaned(callback: () => void): void {
  const timer = setInterval(() => {
    if (browser.runtime?.id) return;
    clearInterval(timer);
    callback();
  }, ORPHAN_CHECK_MS);
}

/** The extension's browser shortcuts as actually assigned; '' = none. */
export const shortcuts = async () =>
  (await browser.commands.getAll()).map(({ name = '', description = '', shortcut = '' }) => ({
    name,
    description,
    keys: shortcut,
  }));

/** Opens the form of a new connection in a new tab, filled in from a page. */
export function openConnectionForm({ tracker, url }: { tracker: string; url: string }): void {
  const form = new URL(browser.runtime.getURL('/options.html'));
  form.hash = `add?${new URLSearchParams({ tracker, url })}`;
  void browser.tabs.create({ url: form.href });
}
