import { openChromium } from './chromium.ts';
import type { BrowserDriver, BrowserName, DriverOptions } from './driver.ts';
import { openFirefox } from './firefox.ts';

/**
 * Starts a browser with the extension in it and an empty profile of its own. Installs the browser
 * first where there is none. The caller closes it: `await using` is not needed, `close()` is.
 */
export function openDriver(browser: BrowserName, options: DriverOptions): Promise<BrowserDriver> {
  return browser === 'chromium' ? openChromium(options) : openFirefox(options);
}
