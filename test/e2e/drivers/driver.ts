/**
 * What an end-to-end test may do with a browser that has the extension in it. The same test runs on
 * Chromium (`chromium.ts`) and Firefox (`firefox.ts`); `open-driver.ts` opens either.
 *
 * Every action waits for its condition and gives up after `PATIENCE_MS` with an error that says
 * what it waited for. Clicks and keys are real (trusted) input events.
 */
export interface BrowserDriver {
  readonly name: BrowserName;
  /** `chrome-extension://…` or `moz-extension://…`, no slash at the end. */
  readonly extensionOrigin: string;
  newTab(url: string): Promise<Tab>;
  /** Opens a page of the extension in a new tab: `extensionPage('options.html#add')`. */
  extensionPage(path: string): Promise<Tab>;
  /** All open tabs, newest last; the same `Tab` object for the same tab each time. */
  tabs(): Promise<Tab[]>;
  /** Waits for an open tab with a matching address, such as one that the extension opens itself. */
  waitForTab(match: (url: string) => boolean): Promise<Tab>;
  /**
   * Invokes a command of the manifest (`commands`) as its shortcut would, in the focused tab.
   *
   * - Firefox: the command's real shortcut, synthesized as a key event in the browser window.
   * - Chromium with `headed`: the command's real shortcut, pressed with xdotool.
   * - Chromium headless: keys sent by the DevTools protocol never reach the browser's own
   *   accelerators (Chromium marks them "skip if unhandled"), so this calls
   *   `chrome.commands.onCommand.dispatch` in the worker. The listeners run as with a real key, with
   *   the active tab; what is *not* there is the user gesture and the `activeTab` grant.
   *
   * @throws Error when the browser gave the command no shortcut (not in headless Chromium): Chromium on Linux takes Alt+K, and not Alt+Shift+K
   */
  command(name: string): Promise<void>;
  /**
   * Presses keys in the browser window itself, as a keyboard would: `realKey('Alt+K')`, and Tab and
   * Enter in a permission prompt. Only with `headed`; undefined when there is no window.
   */
  readonly realKey?: (keys: string) => Promise<void>;
  /**
   * Says yes to the prompt of `permissions.request`, and waits until `answered`, which looks at what
   * the extension makes of it. Chromium: presses Tab and Enter, and only with `headed`: a prompt of
   * headless Chromium never settles. Firefox: a preference grants without a prompt.
   */
  acceptPermissionPrompt(answered: () => Promise<boolean>): Promise<void>;
  /** Says no to it, with Escape. Chromium with `headed` only: Firefox shows no prompt here. */
  denyPermissionPrompt(answered: () => Promise<boolean>): Promise<void>;
  /** Ends the service worker (Chromium) or event page (Firefox), as the browser does when idle. Resolves when it is gone. */
  killBackground(): Promise<void>;
  /**
   * Puts the extension in anew, as an update does, and resolves when the new background is there.
   * Address, grants and stored data stay, the session's storage does not. Pages of the web stay
   * open, with the dead content scripts and frames of before; tabs of the extension's own are closed.
   */
  reloadExtension(): Promise<void>;
  /** Evaluates a JavaScript expression in the background, waking it first; promises are awaited; the value must be JSON. */
  runInBackground<T>(expression: string): Promise<T>;
  /** Console lines and uncaught errors of pages, content scripts and the background so far, oldest first. */
  readonly console: readonly ConsoleLine[];
  /** Every http(s) request so far, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Where downloads land. */
  readonly downloadsDir: string;
  /** Waits for a finished download that was not returned before. */
  waitForDownload(): Promise<Download>;
  /** The text on the clipboard, '' for none. */
  clipboardText(): Promise<string>;
  /** What `prefers-color-scheme` answers, in all tabs, now and later. Light at the start. */
  setTheme(theme: 'light' | 'dark'): Promise<void>;
  /** Ends every process and removes the profile. Safe to call twice. */
  close(): Promise<void>;
}

/** `hosts` of `DriverOptions` when nothing is said. */
export const DEFAULT_HOSTS: readonly string[] = ['tracker.test'];

export type BrowserName = 'chromium' | 'firefox';

export interface DriverOptions {
  /** Folder of the unpacked extension, with its manifest.json. */
  extensionDir: string;
  /** Default: a folder in the temporary profile, removed with it. */
  downloadsDir?: string;
  /** Shows a real window on a display of its own (Xvfb and openbox), where real keys can be pressed. Default: false. */
  headed?: boolean;
  /** Shows a window on the user's own screen, for a person to use. Default: false. */
  onScreen?: boolean;
  /**
   * Names that lead to 127.0.0.1 and yet are no secure context under http://, as the pages of a
   * tracker on the open net are none. No wildcards. Default: ['tracker.test'].
   */
  hosts?: string[];
  /**
   * Firefox only: "never remember history", the permanent private browsing in which an extension
   * has no IndexedDB. The extension is allowed there. Default: false.
   */
  neverRememberHistory?: boolean;
  /**
   * What an administrator laid down for the extension before the browser started, as its managed
   * storage. Linux only, and only where a namespace for mounts may be made.
   */
  policy?: object;
  /** Language of the extension's texts and of `navigator.language`, such as 'ru'. Default: 'en-US'. */
  locale?: string;
}

/**
 * Chromium lets every tab believe that it has the focus; in Firefox clicks, keys and pictures bring
 * their tab to the front. A test that depends on which tab is in front says so with `focus()`.
 */
export interface Tab {
  url(): Promise<string>;
  title(): Promise<string>;
  /** Resolves when the page has loaded. */
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** One step back in the history of the tab; resolves when that page is there. Chromium keeps no back/forward cache here. */
  back(): Promise<void>;
  forward(): Promise<void>;
  close(): Promise<void>;
  /** Brings the tab to the front. */
  focus(): Promise<void>;
  /** A real press at a point of the viewport, whatever is there, also in a frame. */
  click(x: number, y: number): Promise<void>;
  /** Moves the pointer to a point of the viewport. */
  move(x: number, y: number): Promise<void>;
  /**
   * Presses at one point of the viewport, moves evenly to another and lets go there, whatever frames
   * lie on the way.
   *
   * @param steps how many moves. Default: 10
   */
  drag(from: Point, to: Point, steps?: number): Promise<void>;
  /**
   * Calls the function with this source text in the page with what `within` leads to (as in
   * `ElementOptions`), a shadow root or a document, and the arguments. Undefined while there is no
   * such root.
   */
  callInRoot<T>(
    within: string | undefined,
    source: string,
    args: unknown[],
  ): Promise<T | undefined>;
  /** A locator looks its element up anew for each action: it may be made before the element exists. */
  element(selector: string, options?: ElementOptions): Locator;
  /** Key events to whatever has the focus in the page: 'Enter', 'Alt+K', 'Shift+Tab'. */
  press(keys: string): Promise<void>;
  /** One key, as a layout sends it where the key and its place differ, to whatever has the focus, also in a frame. */
  pressCode(stroke: KeyStroke): Promise<void>;
  /**
   * Evaluates a JavaScript expression in the page's main world; promises are awaited; the value must
   * be JSON. `within`, as in `ElementOptions`: in the frame that it leads to, when that is there. No
   * content security policy stops it.
   */
  evaluate<T>(expression: string, options?: { within?: string }): Promise<T>;
  /**
   * Loads a page, evaluates an expression, and tells the processor time, in ms, that the main thread
   * of the page's process used for both. Chromium: from the moment on which the new document is
   * there. Firefox: the whole of it, on Linux only.
   *
   * @param from a page of the same origin with nothing on it. The load begins there, once all that
   * was before has been thrown away: collecting that costs more than most loads, at random.
   */
  loadCost(url: string, from: string, expression: string): Promise<number>;
  /** Writes a PNG. `fullPage`: the whole document; `element`: only that. */
  screenshot(path: string, options?: { fullPage?: boolean; element?: Locator }): Promise<void>;
  /** Size of the page's viewport in CSS px. Firefox: of the window that the tab is in. */
  setViewport(size: Size): Promise<void>;
  /** Runs axe-core over the page, or with `within` over the inside of a shadow root or frame. */
  axe(options?: AxeOptions): Promise<AxeViolation[]>;
}

export interface ElementOptions {
  /**
   * CSS selector of the host of a shadow root, open or closed, or of an iframe, of whatever process,
   * to look in; nested: 'outer-host >> inner-host >> iframe'. An iframe's begins with its tag.
   */
  within?: string;
  /** Only elements whose text contains this (case matters) or matches. */
  hasText?: string | RegExp;
  /** Which of the matches to act on, from 0. Default: 0. */
  nth?: number;
}

/** Actions wait for the element to be there, visible and enabled. Reads of one element wait for it to be there. */
export interface Locator {
  click(): Promise<void>;
  /** Replaces the content of a field, as by pasting: `input` events but no key events. `change` comes when the field loses the focus. */
  fill(text: string): Promise<void>;
  /** Types with a key event for each character, at the end of what is there. */
  type(text: string): Promise<void>;
  /** Chooses an option of a `<select>` by its value. */
  select(value: string): Promise<void>;
  /** Focuses the element and presses keys: 'Enter', 'Ctrl+A'. */
  press(keys: string): Promise<void>;
  focus(): Promise<void>;
  /** Moves the pointer over the element. */
  hover(): Promise<void>;
  /** The text as shown, runs of white space (no-break ones too) as one space, trimmed. */
  text(): Promise<string>;
  /** `text()` of all matches, now; [] for none. */
  texts(): Promise<string[]>;
  /** The value of a field. */
  value(): Promise<string>;
  attribute(name: string): Promise<string | null>;
  /** How many match now. */
  count(): Promise<number>;
  isEnabled(): Promise<boolean>;
  isChecked(): Promise<boolean>;
  /** Whether it is there and visible now. */
  isVisible(): Promise<boolean>;
  /** In CSS px of the tab's viewport, also for what is in a frame. */
  boundingBox(): Promise<Box>;
  /** The same without waiting; undefined = it is not there. */
  boxNow(): Promise<Box | undefined>;
  waitFor(options: { state: 'visible' | 'hidden' }): Promise<void>;
  /** Waits until the text contains the string or matches; returns the text. `patience` in ms. */
  waitForText(text: string | RegExp, patience?: number): Promise<string>;
}

/** A key of another layout than the US one: `{ key: 'с', code: 'KeyC', ctrl: true }` is Ctrl+C typed with the Russian one. */
export interface KeyStroke {
  /** As `KeyboardEvent.key`. */
  key: string;
  /** As `KeyboardEvent.code`: the place of the key. */
  code: string;
  alt?: boolean;
  ctrl?: boolean;
  meta?: boolean;
  shift?: boolean;
}

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Box extends Size {
  x: number;
  y: number;
}

/** Objects among the arguments: Firefox writes them out wholly, Chromium one level deep. */
export interface ConsoleLine {
  /** 'log', 'info', 'debug', 'warn', 'error' as the console's method; 'exception' for an uncaught error or rejection. */
  level: string;
  text: string;
  /** The script that wrote it; '' when the browser does not say. */
  url: string;
}

export interface RecordedRequest {
  url: string;
  method: string;
  /** Lower-case names. Filled up when the browser tells the last of them (cookies), a moment after the request. */
  headers: Record<string, string>;
  body: string | null;
  from: 'background' | 'page' | 'unknown';
}

export interface Download {
  name: string;
  text: string;
}

export interface AxeOptions {
  /** As in `ElementOptions`. */
  within?: string;
  /** Ids of rules to leave out. */
  without?: string[];
}

export interface AxeViolation {
  id: string;
  impact: string;
  help: string;
  /** A CSS selector for each place; ' >> ' where it enters a shadow root. */
  nodes: string[];
}
