import type { browser as wxtBrowser } from 'wxt/browser';

type PageApi = Pick<typeof wxtBrowser, 'runtime' | 'i18n'>;

/**
 * What scripts on a tracker's page need of the browser. Both browsers answer
 * these with promises by themselves, so the polyfill stays out of the page.
 */
export const pageBrowser: PageApi = (({ browser, chrome }) => browser ?? chrome)(
  globalThis as unknown as { browser?: PageApi; chrome: PageApi },
);
