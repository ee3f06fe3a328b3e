import { readFile, writeFile } from 'node:fs/promises';
import { axeSource, runAxe } from './axe.ts';
import type {
  AxeOptions,
  AxeViolation,
  ElementOptions,
  KeyStroke,
  Locator,
  Point,
  Size,
  Tab,
} from './driver.ts';
import {
  COLLECT_GARBAGE,
  CROP,
  PAGE_PROCESS,
  PRESS_CODE,
  SIZE_SELECTED_TAB,
} from './firefox-chrome.ts';
import { callInRoot } from './firefox-roots.ts';
import {
  type FirefoxSession,
  moveTo,
  PRESS,
  pressChord,
  RELEASE,
  typeText,
  usePointer,
} from './firefox-session.ts';
import { heldModifiers, parseChord, virtualKeyCode } from './keys.ts';
import type { Marionette } from './marionette.ts';
import { type Hands, PageLocator } from './page-locator.ts';
import { until } from './until.ts';

/**
 * A tab of Firefox. Mouse and keys are WebDriver actions, which are trusted events and go to
 * whatever frame is there or has the focus; they bring the tab to the front.
 */
export class FirefoxTab implements Tab, Hands {
  readonly handle: string;
  readonly #session: FirefoxSession;

  constructor(session: FirefoxSession, handle: string) {
    this.#session = session;
    this.handle = handle;
  }

  url(): Promise<string> {
    return this.#send('WebDriver:GetCurrentURL');
  }

  title(): Promise<string> {
    return this.#send('WebDriver:GetTitle');
  }

  goto(url: string): Promise<void> {
    return this.#send('WebDriver:Navigate', { url });
  }

  reload(): Promise<void> {
    return this.#send('WebDriver:Refresh');
  }

  back(): Promise<void> {
    return this.#send('WebDriver:Back');
  }

  forward(): Promise<void> {
    return this.#send('WebDriver:Forward');
  }

  async close(): Promise<void> {
    await this.#session.anywhere(async (marionette) => {
      await marionette.send('WebDriver:SwitchToWindow', { handle: this.handle, focus: false });
      const left = await marionette.send<string[]>('WebDriver:CloseWindow');
      // Marionette stays in the closed tab, where even opening another one fails.
      const handle = left.at(-1);
      if (handle) await marionette.send('WebDriver:SwitchToWindow', { handle, focus: true });
    });
  }

  async focus(): Promise<void> {
    await this.#session.anywhere((marionette) =>
      marionette.send('WebDriver:SwitchToWindow', { handle: this.handle, focus: true }),
    );
  }

  element(selector: string, options?: ElementOptions): Locator {
    return new PageLocator(this, selector, options);
  }

  press(keys: string): Promise<void> {
    const chord = parseChord(keys);
    return this.#inFront((marionette) => pressChord(marionette, chord));
  }

  async pressCode(stroke: KeyStroke): Promise<void> {
    const { key, code } = stroke;
    const keyCode = virtualKeyCode(code);
    const args = [{ key, code, keyCode }, heldModifiers(stroke)];
    await this.#session.inChromeOf(this.handle, PRESS_CODE, args);
  }

  type(text: string): Promise<void> {
    return this.#inFront((marionette) => typeText(marionette, text));
  }

  async insert(text: string, within: string | undefined): Promise<void> {
    const source = "(root, text) => document.execCommand('insertText', false, text)";
    await this.#inFront((marionette) => callInRoot(marionette, within, source, [text]));
  }

  click(x: number, y: number): Promise<void> {
    return this.#inFront((marionette) =>
      usePointer(marionette, [moveTo({ x, y }), PRESS, RELEASE]),
    );
  }

  move(x: number, y: number): Promise<void> {
    return this.#inFront((marionette) => usePointer(marionette, [moveTo({ x, y })]));
  }

  drag(from: Point, to: Point, steps = 10): Promise<void> {
    const moves = Array.from({ length: steps }, (_, index) => {
      const part = (index + 1) / steps;
      return moveTo({ x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) });
    });
    return this.#inFront((marionette) =>
      usePointer(marionette, [moveTo(from), PRESS, ...moves, RELEASE]),
    );
  }

  /** In a sandbox whose prototype is the page's window, which no content security policy stops. */
  async evaluate<T>(expression: string, { within }: { within?: string } = {}): Promise<T> {
    if (within !== undefined) {
      await this.#root(within);
      return (await this.callInRoot(within, `() => (${expression}\n)`, [])) as T;
    }
    const script = `return (${expression}\n);`;
    return this.#send('WebDriver:ExecuteScript', { script, args: [] });
  }

  callInRoot<T>(
    within: string | undefined,
    source: string,
    args: unknown[],
  ): Promise<T | undefined> {
    return this.#session.inTab(this.handle, false, (marionette) =>
      callInRoot<T>(marionette, within, source, args),
    );
  }

  async loadCost(url: string, from: string, expression: string): Promise<number> {
    await this.goto(from);
    await this.#session.inChrome(COLLECT_GARBAGE);
    // It throws away compiled code too, the browser's own for content scripts: these loads bring that back.
    for (let time = 0; time < 3; time++) await this.goto(from);
    const before = await this.#mainThread();
    await this.goto(url);
    await this.evaluate(expression);
    const after = await this.#mainThread();
    if (after.pid !== before.pid) throw new Error('The page came back in another process.');
    return after.ms - before.ms;
  }

  /** Linux counts a thread's time in nanoseconds; Firefox itself tells it in hundredths of a second. */
  async #mainThread(): Promise<{ pid: number; ms: number }> {
    const pid = await this.#session.inChromeOf<number>(this.handle, PAGE_PROCESS);
    const [ran] = (await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'utf8')).split(' ');
    return { pid, ms: Number(ran) / 1e6 };
  }

  async screenshot(
    path: string,
    { fullPage = false, element }: { fullPage?: boolean; element?: Locator } = {},
  ): Promise<void> {
    const box = element instanceof PageLocator ? await element.boxInView() : undefined;
    let png = await this.#inFront((marionette) =>
      marionette.send<string>('WebDriver:TakeScreenshot', { full: fullPage && !box, hash: false }),
    );
    if (box) png = await this.#session.inChromeOf<string>(this.handle, CROP, [png, box]);
    await writeFile(path, Buffer.from(png, 'base64'));
  }

  async setViewport({ width, height }: Size): Promise<void> {
    await this.#session.inChromeOf(this.handle, SIZE_SELECTED_TAB, [width, height]);
    await until(`a viewport of ${width} × ${height}`, () =>
      this.evaluate<boolean>(`innerWidth === ${width} && innerHeight === ${height}`),
    );
  }

  async axe({ within, without = [] }: AxeOptions = {}): Promise<AxeViolation[]> {
    await this.#root(within);
    const source = `async (root, axeSource, without) => {
      if (!globalThis.axe) (0, eval)(axeSource);
      return (${runAxe})(root, without);
    }`;
    return (
      (await this.callInRoot<AxeViolation[]>(within, source, [await axeSource(), without])) ?? []
    );
  }

  async #root(within: string | undefined): Promise<void> {
    await until(`a root in ${within}`, () => this.callInRoot<boolean>(within, '() => true', []));
  }

  #send<T>(command: string, parameters: object = {}): Promise<T> {
    return this.#session.inTab(this.handle, false, (marionette) =>
      marionette.send<T>(command, parameters),
    );
  }

  #inFront<T>(work: (marionette: Marionette) => Promise<T>): Promise<T> {
    return this.#session.inTab(this.handle, true, work);
  }
}
