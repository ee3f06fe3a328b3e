import { chromium } from '@playwright/test';
import { aptInstall, canUseApt, isExecutable, onPath, playwrightInstall } from './install.ts';

/**
 * Names of browsers that take `--load-extension`. Google's own Chrome is not among them: since
 * version 137 the branded builds ignore that switch.
 */
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'chrome-for-testing'];
const FIREFOX_NAMES = ['firefox-esr', 'firefox', 'firefox-developer-edition'];
const FIREFOX_PLACES = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];
const DISPLAY_TOOLS = { Xvfb: 'xvfb', openbox: 'openbox', xdotool: 'xdotool' };

/**
 * Path of a Chromium that can load an unpacked extension: `CROSSTRACK_CHROMIUM`, one on PATH, or
 * Playwright's own. Installs one when there is none.
 *
 * @throws Error that says what to do, when it cannot be installed either.
 */
export async function findChromium(): Promise<string> {
  const found = fromEnv('CROSSTRACK_CHROMIUM') ?? presentChromium();
  if (found) return found;
  const why = 'the tests need Chromium and there is none';
  if (canUseApt()) await aptInstall(() => (presentChromium() ? [] : ['chromium']), why);
  if (!presentChromium()) await playwrightInstall(why);
  return (
    presentChromium() ??
    fail('Chromium', 'Install it (Debian: apt-get install chromium)', 'CROSSTRACK_CHROMIUM')
  );
}

/**
 * Path of a Firefox that can be driven by Marionette: `CROSSTRACK_FIREFOX`, one on PATH or in the
 * usual place. Installs firefox-esr on a Debian-like system when there is none.
 * (Playwright's Firefox does not help: it is patched, and loads no extension.)
 *
 * @throws Error that says what to do, when it cannot be installed either.
 */
export async function findFirefox(): Promise<string> {
  const found = fromEnv('CROSSTRACK_FIREFOX') ?? presentFirefox();
  if (found) return found;
  const why = 'the tests need Firefox and there is none';
  if (canUseApt()) await aptInstall(() => (presentFirefox() ? [] : ['firefox-esr']), why);
  return (
    presentFirefox() ??
    fail('Firefox', 'Install it (Debian: apt-get install firefox-esr)', 'CROSSTRACK_FIREFOX')
  );
}

/**
 * Makes sure of Xvfb, openbox and xdotool: what a test needs to show a browser's real window and
 * press real keys in it, on a machine without a screen.
 *
 * @throws Error that says what to do, when one is missing and cannot be installed.
 */
export async function ensureXvfb(): Promise<void> {
  if (missingDisplayTools().length === 0) return;
  if (canUseApt()) {
    await aptInstall(missingDisplayTools, 'tests of real keys and permission prompts need them');
  }
  const missing = missingDisplayTools();
  if (missing.length > 0) throw new Error(`Missing ${missing.join(', ')}: install them.`);
}

function missingDisplayTools(): string[] {
  return Object.entries(DISPLAY_TOOLS)
    .filter(([program]) => !onPath([program]))
    .map(([, debianPackage]) => debianPackage);
}

function presentChromium(): string | undefined {
  const fromPlaywright = chromium.executablePath();
  return onPath(CHROMIUM_NAMES) ?? (isExecutable(fromPlaywright) ? fromPlaywright : undefined);
}

function presentFirefox(): string | undefined {
  return onPath(FIREFOX_NAMES) ?? FIREFOX_PLACES.find(isExecutable);
}

function fromEnv(name: string): string | undefined {
  const path = process.env[name];
  if (!path) return undefined;
  if (isExecutable(path)) return path;
  throw new Error(`${name} is ${path}, which is not an executable file.`);
}

function fail(browser: string, advice: string, variable: string): never {
  throw new Error(`No ${browser} found. ${advice}, or set ${variable} to the path of one.`);
}
