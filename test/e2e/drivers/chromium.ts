import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { findChromium } from '../../browsers/find.ts';
import { makeChromiumProfile } from './chromium-profile.ts';
import { ChromiumTab } from './chromium-tab.ts';
import { ChromiumWorker } from './chromium-worker.ts';
import { VirtualDisplay } from './display.ts';
import { DownloadFolder } from './downloads.ts';
import {
  type BrowserDriver,
  type ConsoleLine,
  DEFAULT_HOSTS,
  type Download,
  type DriverOptions,
  type RecordedRequest,
  type Tab,
} from './driver.ts';
import { withPolicy } from './policy.ts';
import { until } from './until.ts';
import { unwind } from './unwind.ts';

/**
 * The prompt shows itself to nobody but a person, and takes no key within half a second after it
 * came or after another key (Chromium's InputEventActivationProtector).
 */
const PROMPT_GUARD_MS = 1_200;
const SIZE = { width: 1280, height: 800 };

/** Keeps Chromium from the network and from first-run pages. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
];

/**
 * Opens Chromium with the extension. Full headless (what Playwright calls the new one): the headless
 * shell loads no extensions.
 */
export async function openChromium(options: DriverOptions): Promise<BrowserDriver> {
  if (options.neverRememberHistory) {
    throw new Error('`neverRememberHistory` is a setting of Firefox: Chromium has none like it.');
  }
  const hosts = options.hosts ?? DEFAULT_HOSTS;
  let executablePath = await findChromium();
  const extensionDir = resolve(options.extensionDir);
  const locale = options.locale ?? 'en-US';
  const undo: (() => unknown)[] = [];
  try {
    const profile = await makeChromiumProfile(options);
    undo.push(profile.remove);
    if (options.policy) {
      const extensions = { [await idOf(extensionDir)]: options.policy };
      const content = { '3rdparty': { extensions } };
      const managed = await withPolicy(executablePath, 'managed/crosstrack.json', content);
      undo.push(managed.remove);
      executablePath = managed.executable;
    }
    const display = options.headed ? await VirtualDisplay.open() : undefined;
    if (display) undo.push(() => display.close());
    const context = await chromium.launchPersistentContext(profile.path, {
      executablePath,
      headless: !display && !options.onScreen,
      viewport: display || options.onScreen ? null : SIZE,
      colorScheme: 'light',
      env: {
        ...process.env,
        ...(display ? { DISPLAY: display.name } : {}),
        // On Linux Chromium takes the language of its own texts from here, not from --lang.
        LANGUAGE: locale,
        LC_ALL: `${locale.replace('-', '_')}.UTF-8`,
      },
      args: [
        '--no-sandbox',
        `--disable-extensions-except=${extensionDir}`,
        `--load-extension=${extensionDir}`,
        `--lang=${locale}`,
        `--host-resolver-rules=${hosts.map((host) => `MAP ${host} 127.0.0.1`).join(',')}`,
        ...QUIET,
      ],
    });
    undo.push(() => context.close());
    const browser = await context.browser()?.newBrowserCDPSession();
    if (!browser) throw new Error('Playwright gave no browser for the persistent context.');
    const downloads = await watchDownloads(browser, profile.downloadsDir);
    return await ChromiumDriver.start({ context, browser, downloads, display, extensionDir, undo });
  } catch (error) {
    await unwind(undo);
    throw error;
  }
}

/** Chromium makes the id of an unpacked extension of its path: the first 128 bits of a hash, `a` for 0 to `p` for 15. */
async function idOf(extensionDir: string): Promise<string> {
  const hash = createHash('sha256')
    .update(await realpath(extensionDir))
    .digest('hex');
  return hash
    .slice(0, 32)
    .replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}

async function watchDownloads(browser: CDPSession, path: string): Promise<DownloadFolder> {
  const finished: string[] = [];
  browser.on('Browser.downloadProgress', ({ state, filePath }) => {
    if (state === 'completed' && filePath) finished.push(filePath);
  });
  // Playwright saves downloads under its own names; 'default' gives them back to the profile's folder.
  await browser.send('Browser.setDownloadBehavior', { behavior: 'default', eventsEnabled: true });
  return DownloadFolder.open(path, () => finished);
}

interface Parts {
  context: BrowserContext;
  browser: CDPSession;
  downloads: DownloadFolder;
  display: VirtualDisplay | undefined;
  extensionDir: string;
  /** What ends and removes all that was started, to be called last to first. */
  undo: (() => unknown)[];
}

class ChromiumDriver implements BrowserDriver {
  readonly name = 'chromium';
  readonly extensionOrigin: string;
  readonly console: ConsoleLine[];
  readonly requests: RecordedRequest[];
  readonly downloadsDir: string;
  readonly realKey?: (keys: string) => Promise<void>;
  readonly #parts: Parts;
  readonly #browser: CDPSession;
  readonly #worker: ChromiumWorker;
  readonly #tabs = new WeakMap<Page, ChromiumTab>();

  private constructor(parts: Parts, origin: string, worker: ChromiumWorker, records: Records) {
    this.#parts = parts;
    this.#browser = parts.browser;
    this.#worker = worker;
    this.extensionOrigin = origin;
    this.console = records.console;
    this.requests = records.requests;
    this.downloadsDir = parts.downloads.path;
    const { display } = parts;
    if (display) {
      this.realKey = async (keys) => {
        await display.ensureActive('Chromium');
        await display.press(keys);
      };
    }
  }

  static async start(parts: Parts): Promise<ChromiumDriver> {
    const { context, browser, extensionDir } = parts;
    const records = record(context);
    const url = await until(
      `the extension in ${extensionDir} to start its service worker (is it built for Chromium?)`,
      () =>
        context
          .serviceWorkers()
          .find((each) => each.url().startsWith('chrome-'))
          ?.url(),
    );
    // Node's URL gives the origin 'null' to schemes that it does not know.
    const origin = `chrome-extension://${new URL(url).host}`;
    const worker = await ChromiumWorker.open(context, browser, origin, (line) => {
      records.console.push(line);
    });
    return new ChromiumDriver(parts, origin, worker, records);
  }

  async newTab(url: string): Promise<Tab> {
    const tab = this.#tab(await this.#parts.context.newPage());
    await tab.goto(url);
    return tab;
  }

  extensionPage(path: string): Promise<Tab> {
    return this.newTab(`${this.extensionOrigin}/${path}`);
  }

  async tabs(): Promise<Tab[]> {
    return this.#parts.context.pages().map((page) => this.#tab(page));
  }

  waitForTab(match: (url: string) => boolean): Promise<Tab> {
    const { context } = this.#parts;
    const urls = () => context.pages().map((page) => page.url());
    return until(
      () => `a tab among ${urls().join(' ')}`,
      () => {
        const page = context.pages().findLast((each) => match(each.url()));
        return page && this.#tab(page);
      },
    );
  }

  async command(name: string): Promise<void> {
    if (this.realKey) {
      const all = `chrome.commands.getAll()`;
      const wanted = JSON.stringify(name);
      const keys = await this.runInBackground<string | undefined>(
        `${all}.then((all) => all.find((each) => each.name === ${wanted})?.shortcut)`,
      );
      if (!keys) throw new Error(`Chromium assigned no shortcut to the command ${name}.`);
      await this.realKey(keys);
      return;
    }
    await this.runInBackground(
      `chrome.tabs.query({ active: true, lastFocusedWindow: true }).then(([tab]) => {
        chrome.commands.onCommand.dispatch(${JSON.stringify(name)}, tab);
      })`,
    );
  }

  acceptPermissionPrompt(answered: () => Promise<boolean>): Promise<void> {
    return this.#answerPrompt(['Tab', 'Enter'], answered);
  }

  denyPermissionPrompt(answered: () => Promise<boolean>): Promise<void> {
    return this.#answerPrompt(['Escape'], answered);
  }

  async #answerPrompt(keys: readonly string[], answered: () => Promise<boolean>): Promise<void> {
    const press = this.realKey;
    if (!press) throw new Error('Permission prompts can be answered only with `headed`.');
    let lastTry = Date.now();
    await until('the permission prompt to be answered', async () => {
      if (await answered()) return true;
      if (Date.now() - lastTry < PROMPT_GUARD_MS) return false;
      for (const key of keys) await press(key);
      lastTry = Date.now();
      return false;
    });
  }

  killBackground(): Promise<void> {
    return this.#worker.stop();
  }

  reloadExtension(): Promise<void> {
    return this.#worker.reloadExtension();
  }

  runInBackground<T>(expression: string): Promise<T> {
    return this.#worker.evaluate<T>(expression);
  }

  waitForDownload(): Promise<Download> {
    return this.#parts.downloads.next();
  }

  /** Read in the newest page that may: its origin gets the permission for that moment. */
  async clipboardText(): Promise<string> {
    const page = this.#parts.context.pages().findLast((each) => hasClipboard(each.url()));
    if (!page) throw new Error('The clipboard can be read only while a page is open.');
    // Node knows no origin of chrome-extension addresses.
    const { protocol, host } = new URL(page.url());
    const origin = `${protocol}//${host}`;
    const permission = { name: 'clipboard-read' };
    const allow = (setting: 'granted' | 'prompt') =>
      this.#browser.send('Browser.setPermission', { permission, setting, origin });
    await allow('granted');
    try {
      return await this.#tab(page).evaluate<string>('navigator.clipboard.readText()');
    } finally {
      await allow('prompt');
    }
  }

  async setTheme(theme: 'light' | 'dark'): Promise<void> {
    const { context } = this.#parts;
    const apply = (page: Page) => page.emulateMedia({ colorScheme: theme });
    context.removeAllListeners('page');
    context.on('page', (page) => void apply(page).catch(() => undefined));
    await Promise.all(context.pages().map(apply));
  }

  close(): Promise<void> {
    return unwind(this.#parts.undo);
  }

  #tab(page: Page): ChromiumTab {
    const tab = this.#tabs.get(page) ?? new ChromiumTab(page);
    this.#tabs.set(page, tab);
    return tab;
  }
}

interface Records {
  console: ConsoleLine[];
  requests: RecordedRequest[];
}

function record(context: BrowserContext): Records {
  const records: Records = { console: [], requests: [] };
  context.on('console', (message) => {
    // The worker's lines come by ChromiumWorker, which also sees those before Playwright attached.
    if (!message.page()) return;
    const level = message.type() === 'warning' ? 'warn' : message.type();
    records.console.push({ level, text: message.text(), url: message.location().url });
  });
  context.on('weberror', (webError) => {
    const error = webError.error();
    const url = error.stack?.match(/(?:https?|chrome-extension):\/\/[^\s)]+?(?=:\d+)/)?.[0] ?? '';
    records.console.push({ level: 'exception', text: `${error.name}: ${error.message}`, url });
  });
  context.on('request', (request) => {
    if (!request.url().startsWith('http')) return;
    const entry: RecordedRequest = {
      url: request.url(),
      method: request.method(),
      headers: request.headers(),
      body: request.postData(),
      from: request.serviceWorker() ? 'background' : 'page',
    };
    records.requests.push(entry);
    request.allHeaders().then(
      (headers) => Object.assign(entry.headers, headers),
      () => undefined,
    );
  });
  return records;
}

function hasClipboard(url: string): boolean {
  return /^(chrome-extension|https|http:\/\/([^/]*\.)?(localhost|127\.0\.0\.1)):?/.test(url);
}
