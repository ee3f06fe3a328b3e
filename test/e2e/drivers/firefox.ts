import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { findFirefox } from '../../browsers/find.ts';
import { VirtualDisplay } from './display.ts';
import { DownloadFolder } from './downloads.ts';
import type {
  BrowserDriver,
  ConsoleLine,
  Download,
  DriverOptions,
  RecordedRequest,
  Tab,
} from './driver.ts';
import {
  FIND_SHORTCUT,
  FINISHED_DOWNLOADS,
  READ_CLIPBOARD,
  RELOAD_ADDON,
  REPORT_MARK,
  RUN_IN_BACKGROUND,
  SET_LOCALE,
  SET_THEME,
  START_REPORTS,
  STOP_BACKGROUND,
} from './firefox-chrome.ts';
import { type FirefoxProfile, makeFirefoxProfile } from './firefox-profile.ts';
import { FirefoxSession, pressChord } from './firefox-session.ts';
import { FirefoxTab } from './firefox-tab.ts';
import { parseChord } from './keys.ts';
import { Marionette, MarionetteError } from './marionette.ts';
import { withPolicy } from './policy.ts';
import { until } from './until.ts';
import { unwind } from './unwind.ts';

const START_MS = 60_000;
const EXIT_MS = 5_000;
/** As Chromium's viewport. */
const SIZE = { width: 1280, height: 800 };

/** Opens Firefox with the extension as a temporary add-on. */
export async function openFirefox(options: DriverOptions): Promise<BrowserDriver> {
  let executable = await findFirefox();
  const undo: (() => unknown)[] = [];
  try {
    const profile = await makeFirefoxProfile(options);
    undo.push(profile.remove);
    if (options.policy) {
      const content = {
        policies: { '3rdparty': { Extensions: { [profile.addonId]: options.policy } } },
      };
      const managed = await withPolicy(executable, 'policies.json', content);
      undo.push(managed.remove);
      executable = managed.executable;
    }
    const display = options.headed ? await VirtualDisplay.open() : undefined;
    if (display) undo.push(() => display.close());
    const records: Records = { console: [], requests: [] };
    undo.push(
      startFirefox(executable, profile, { display, onScreen: options.onScreen ?? false }, records),
    );

    const port = await until(
      'Firefox to open its Marionette port',
      () => readPort(profile),
      START_MS,
    );
    const marionette = await Marionette.open(port, { pageLoadStrategy: 'normal' });
    undo.push(() => marionette.close());
    const session = new FirefoxSession(marionette);
    await session.inChrome(SET_LOCALE, [options.locale ?? 'en-US']);
    await session.inChrome(START_REPORTS, [profile.addonId]);
    await fitWindow(session);
    const path = resolve(options.extensionDir);
    const install = {
      path,
      temporary: true,
      allowPrivateBrowsing: options.neverRememberHistory ?? false,
    };
    await session.anywhere((each) => each.send('Addon:Install', install));
    undo.push(() => quit(session));
    const downloads = await DownloadFolder.open(profile.downloadsDir, () =>
      session.inChrome(FINISHED_DOWNLOADS),
    );
    return new FirefoxDriver({ session, profile, display, downloads, records, undo });
  } catch (error) {
    await unwind(undo);
    throw error;
  }
}

interface Records {
  console: ConsoleLine[];
  requests: RecordedRequest[];
}

interface Parts {
  session: FirefoxSession;
  profile: FirefoxProfile;
  display: VirtualDisplay | undefined;
  downloads: DownloadFolder;
  records: Records;
  /** What ends and removes all that was started, to be called last to first. */
  undo: (() => unknown)[];
}

class FirefoxDriver implements BrowserDriver {
  readonly name = 'firefox';
  readonly extensionOrigin: string;
  readonly console: ConsoleLine[];
  readonly requests: RecordedRequest[];
  readonly downloadsDir: string;
  readonly realKey?: (keys: string) => Promise<void>;
  readonly #parts: Parts;
  readonly #session: FirefoxSession;
  readonly #addonId: string;
  readonly #tabs = new Map<string, FirefoxTab>();

  constructor(parts: Parts) {
    const { session, profile, display, downloads, records } = parts;
    this.#parts = parts;
    this.#session = session;
    this.#addonId = profile.addonId;
    this.extensionOrigin = profile.extensionOrigin;
    this.console = records.console;
    this.requests = records.requests;
    this.downloadsDir = downloads.path;
    if (display) {
      this.realKey = async (keys) => {
        await display.ensureActive('Mozilla Firefox');
        await display.press(keys);
      };
    }
  }

  async newTab(url: string): Promise<Tab> {
    const { handle } = await this.#session.anywhere((marionette) =>
      marionette.send<{ handle: string }>('WebDriver:NewWindow', { type: 'tab', focus: true }),
    );
    const tab = this.#tab(handle);
    await tab.goto(url);
    return tab;
  }

  extensionPage(path: string): Promise<Tab> {
    return this.newTab(`${this.extensionOrigin}/${path}`);
  }

  async tabs(): Promise<Tab[]> {
    const handles = await this.#session.anywhere((marionette) =>
      marionette.send<string[]>('WebDriver:GetWindowHandles'),
    );
    for (const known of this.#tabs.keys()) if (!handles.includes(known)) this.#tabs.delete(known);
    for (const handle of handles) this.#tab(handle);
    // A Map keeps the order of first sight: Firefox's own order is that of the tab strip.
    return [...this.#tabs.values()];
  }

  waitForTab(match: (url: string) => boolean): Promise<Tab> {
    let urls: string[] = [];
    return until(
      () => `a tab among ${urls.join(' ')}`,
      async () => {
        const tabs = (await this.tabs()).reverse();
        urls = [];
        for (const tab of tabs) {
          const url = await tab.url();
          if (match(url)) return tab;
          urls.push(url);
        }
        return undefined;
      },
    );
  }

  async command(name: string): Promise<void> {
    const keys = await this.#session.inChrome<string | null>(FIND_SHORTCUT, [this.#addonId, name]);
    if (!keys) throw new Error(`Firefox has no shortcut for the command ${name}.`);
    if (this.realKey) {
      await this.realKey(keys);
      return;
    }
    await this.#session.anywhere(async (marionette) => {
      await marionette.send('Marionette:SetContext', { value: 'chrome' });
      try {
        await pressChord(marionette, parseChord(keys));
      } finally {
        await marionette.send('Marionette:SetContext', { value: 'content' });
      }
    });
  }

  async acceptPermissionPrompt(answered: () => Promise<boolean>): Promise<void> {
    await until('the permission', answered);
  }

  async denyPermissionPrompt(): Promise<void> {
    throw new Error('Firefox grants without a prompt here: there is nothing to say no to.');
  }

  async killBackground(): Promise<void> {
    await until('the event page to stop', async () => {
      return (await this.#session.inChrome(STOP_BACKGROUND, [this.#addonId])) === 'stopped';
    });
  }

  async reloadExtension(): Promise<void> {
    await this.#session.inChrome(RELOAD_ADDON, [this.#addonId]);
    // Firefox closes some of the extension's tabs itself, and leaves others with the new extension.
    for (const tab of await this.tabs()) {
      const url = await tab.url().catch(ifClosed);
      if (url?.startsWith(`${this.extensionOrigin}/`)) await tab.close().catch(ifClosed);
    }
  }

  runInBackground<T>(expression: string): Promise<T> {
    return this.#session.inChrome<T>(RUN_IN_BACKGROUND, [this.#addonId, expression]);
  }

  waitForDownload(): Promise<Download> {
    return this.#parts.downloads.next();
  }

  clipboardText(): Promise<string> {
    return this.#session.inChrome<string>(READ_CLIPBOARD);
  }

  setTheme(theme: 'light' | 'dark'): Promise<void> {
    return this.#session.inChrome(SET_THEME, [theme]);
  }

  close(): Promise<void> {
    return unwind(this.#parts.undo);
  }

  #tab(handle: string): FirefoxTab {
    const tab = this.#tabs.get(handle) ?? new FirefoxTab(this.#session, handle);
    this.#tabs.set(handle, tab);
    return tab;
  }
}

function ifClosed(error: unknown): undefined {
  if (!(error instanceof MarionetteError && error.error === 'no such window')) throw error;
}

/** Starts the process, with its reports going into `records`; returns what ends it. */
function startFirefox(
  executable: string,
  profile: FirefoxProfile,
  { display, onScreen }: { display: VirtualDisplay | undefined; onScreen: boolean },
  records: Records,
): () => Promise<void> {
  const child = spawn(
    executable,
    [
      ...(display || onScreen ? [] : ['-headless']),
      '-marionette',
      '--remote-allow-system-access',
      '-no-remote',
      '-profile',
      profile.path,
    ],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        ...(display ? { DISPLAY: display.name, GDK_BACKEND: 'x11', MOZ_ENABLE_WAYLAND: '0' } : {}),
        MOZ_CRASHREPORTER_DISABLE: '1',
        MOZ_HEADLESS_WIDTH: '1920',
        MOZ_HEADLESS_HEIGHT: '1200',
      },
    },
  );
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const at = line.indexOf(REPORT_MARK);
    if (at < 0) return;
    const report: Report = JSON.parse(line.slice(at + REPORT_MARK.length));
    if (report.console) records.console.push(report.console);
    if (report.request) records.requests.push(report.request);
  });
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  return async () => {
    const timer = setTimeout(kill, EXIT_MS);
    await ended;
    clearTimeout(timer);
    process.off('exit', kill);
  };
}

interface Report {
  console?: ConsoleLine;
  request?: RecordedRequest;
}

async function readPort(profile: FirefoxProfile): Promise<number | undefined> {
  const written = await readFile(join(profile.path, 'MarionetteActivePort'), 'utf8').catch(
    () => '',
  );
  return Number(written) || undefined;
}

/** Gives the window the size at which its pages have the viewport that tests expect. */
async function fitWindow(session: FirefoxSession): Promise<void> {
  await session.anywhere(async (marionette) => {
    const script = 'return [outerWidth - innerWidth, outerHeight - innerHeight];';
    const [frameWidth, frameHeight] = await marionette.send<[number, number]>(
      'WebDriver:ExecuteScript',
      { script, args: [] },
    );
    await marionette.send('WebDriver:SetWindowRect', {
      x: 0,
      y: 0,
      width: SIZE.width + frameWidth,
      height: SIZE.height + frameHeight,
    });
  });
}

async function quit(session: FirefoxSession): Promise<void> {
  await session.anywhere((marionette) =>
    marionette.send('Marionette:Quit', { flags: ['eForceQuit'] }),
  );
}
