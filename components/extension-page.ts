import { browser } from 'wxt/browser';
import { provideMessages } from '../lib/i18n.ts';
import { type Client, createClient } from '../lib/rpc/client.ts';

/** Texts, client and root of an extension page; the first thing each of them does. */
export function openExtensionPage(): { client: Client; root: HTMLElement; now: () => number } {
  // The language of the texts, which is not always the browser's: figures and plurals go with the texts.
  const language = browser.i18n.getMessage('languageTag' as never);
  provideMessages((key, values) => browser.i18n.getMessage(key as never, values), language);
  document.documentElement.lang = language;
  const root = document.querySelector<HTMLElement>('#root');
  if (!root) throw new Error('The page has no #root.');
  return {
    root,
    client: createClient('extension', (request) => browser.runtime.sendMessage(request)),
    now: () => Date.now(),
  };
}
