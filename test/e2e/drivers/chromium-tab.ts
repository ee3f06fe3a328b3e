import type { Page } from '@playwright/test';
import { axeSource, runAxe } from './axe.ts';
import { drag } from './chromium-drag.ts';
import {
  type ChromiumRoot,
  ChromiumRoots,
  callOn,
  inIsolatedWorld,
  unlessGone,
} from './chromium-roots.ts';
import { exceptionText } from './chromium-worker.ts';
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
import { heldModifiers, type Modifier, parseChord, virtualKeyCode } from './keys.ts';
import { type Hands, PageLocator } from './page-locator.ts';
import { until } from './until.ts';

/** Of `Input.dispatchKeyEvent`. */
const MODIFIER_BITS: Record<Modifier, number> = { Alt: 1, Control: 2, Meta: 4, Shift: 8 };

/**
 * A tab of Chromium. Elements are reached by DevTools calls (`ChromiumRoots`). Mouse and keys are
 * Playwright's, which are trusted events and go to whatever frame is there or has the focus.
 */
export class ChromiumTab implements Tab, Hands {
  readonly page: Page;
  readonly #roots: ChromiumRoots;

  constructor(page: Page) {
    this.page = page;
    this.#roots = new ChromiumRoots(page);
  }

  async url(): Promise<string> {
    return this.page.url();
  }

  title(): Promise<string> {
    return this.page.title();
  }

  async goto(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  async back(): Promise<void> {
    await this.page.goBack();
  }

  async forward(): Promise<void> {
    await this.page.goForward();
  }

  close(): Promise<void> {
    return this.page.close();
  }

  focus(): Promise<void> {
    return this.page.bringToFront();
  }

  element(selector: string, options?: ElementOptions): Locator {
    return new PageLocator(this, selector, options);
  }

  async press(keys: string): Promise<void> {
    const { modifiers, key } = parseChord(keys);
    await this.page.keyboard.press([...modifiers, key].join('+'));
  }

  async pressCode(stroke: KeyStroke): Promise<void> {
    const session = await this.#roots.session();
    const held = heldModifiers(stroke);
    const key = {
      key: stroke.key,
      code: stroke.code,
      windowsVirtualKeyCode: virtualKeyCode(stroke.code),
      modifiers: held.reduce((bits, each) => bits | MODIFIER_BITS[each], 0),
    };
    const writes = [...stroke.key].length === 1 && held.every((each) => each === 'Shift');
    for (const modifier of held) await this.page.keyboard.down(modifier);
    await session.send('Input.dispatchKeyEvent', {
      ...key,
      ...(writes ? { type: 'keyDown', text: stroke.key } : { type: 'rawKeyDown' }),
    });
    await session.send('Input.dispatchKeyEvent', { ...key, type: 'keyUp' });
    for (const modifier of held.toReversed()) await this.page.keyboard.up(modifier);
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  insert(text: string): Promise<void> {
    return this.page.keyboard.insertText(text);
  }

  click(x: number, y: number): Promise<void> {
    return this.page.mouse.click(x, y);
  }

  move(x: number, y: number): Promise<void> {
    return this.page.mouse.move(x, y);
  }

  drag(from: Point, to: Point, steps = 10): Promise<void> {
    return drag(this.#roots, from, to, steps);
  }

  /** By DevTools, not by `page.evaluate`, which the content security policy of extension pages stops. */
  async evaluate<T>(expression: string, { within }: { within?: string } = {}): Promise<T> {
    if (within !== undefined) {
      const source = `async () => (${expression}\n)`;
      const { value } = await until(`a root in ${within}`, async () => {
        const root = await this.#roots.find(within);
        return root && unlessGone(async () => ({ value: await callOn<T>(root, source, []) }));
      });
      return value;
    }
    const session = await this.#roots.session();
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails) throw new Error(exceptionText(exceptionDetails));
    return result.value;
  }

  callInRoot<T>(
    within: string | undefined,
    source: string,
    args: unknown[],
  ): Promise<T | undefined> {
    return this.#roots.call<T>(within, source, args);
  }

  async loadCost(url: string, from: string, expression: string): Promise<number> {
    await this.goto(from);
    const session = await this.#roots.session();
    await session.send('HeapProfiler.collectGarbage');
    // It throws away compiled code too: these loads bring that back.
    for (let time = 0; time < 3; time++) await this.goto(from);
    // What counts processor time, not the time that other processes took; each document starts at 0.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await this.goto(url);
    await this.evaluate(expression);
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  }

  async screenshot(
    path: string,
    { fullPage = false, element }: { fullPage?: boolean; element?: Locator } = {},
  ): Promise<void> {
    if (element instanceof PageLocator) {
      await this.page.screenshot({ path, clip: await element.boxInView() });
      return;
    }
    await this.page.screenshot({ path, fullPage });
  }

  setViewport(size: Size): Promise<void> {
    return this.page.setViewportSize(size);
  }

  /** In a world of its own, where neither axe nor the opened shadow root can be seen by the page. */
  async axe({ within, without = [] }: AxeOptions = {}): Promise<AxeViolation[]> {
    const root = await inIsolatedWorld(await this.#root(within), 'axe', await axeSource());
    return callOn<AxeViolation[]>(root, String(runAxe), [without]);
  }

  #root(within: string | undefined): Promise<ChromiumRoot> {
    return until(`a root in ${within}`, () => this.#roots.find(within));
  }
}
