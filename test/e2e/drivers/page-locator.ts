import type { Box, ElementOptions, Locator } from './driver.ts';
import { liftToTab } from './frame-place.ts';
import {
  actInPage,
  type Deed,
  type ElementSight,
  type Query,
  type Sight,
} from './page-function.ts';
import { until } from './until.ts';

/** What a browser's tab gives to the locators: the little that differs between browsers. */
export interface Hands {
  /**
   * Calls the function with this source text in the page, with the document or, with `within`, the
   * shadow root or the frame's document in front of `args`. Undefined while there is no such root or the page is changing.
   */
  callInRoot<T>(
    within: string | undefined,
    source: string,
    args: unknown[],
  ): Promise<T | undefined>;
  click(x: number, y: number): Promise<void>;
  move(x: number, y: number): Promise<void>;
  /** A chord as in `Tab.press`. */
  press(keys: string): Promise<void>;
  /** Key events for each character. */
  type(text: string): Promise<void>;
  /** Puts text in place of the selection of the focused field, which is in the frame of `within`, with an `input` event. */
  insert(text: string, within: string | undefined): Promise<void>;
}

/** Fields whose value the browser lets nobody type as text. */
const SET_AS_VALUE = new Set(['date', 'time', 'month', 'week', 'datetime-local', 'color', 'range']);

/** The one `Locator` of both browsers: looks by `actInPage`, acts by `Hands`. */
export class PageLocator implements Locator {
  readonly #hands: Hands;
  readonly #query: Query;
  readonly within: string | undefined;

  constructor(hands: Hands, selector: string, options: ElementOptions = {}) {
    const { within, hasText, nth = 0 } = options;
    this.#hands = hands;
    this.within = within;
    this.#query = {
      selector,
      text: typeof hasText === 'string' ? hasText : null,
      pattern:
        hasText instanceof RegExp
          ? { source: hasText.source, flags: hasText.flags.replace(/[gy]/g, '') }
          : null,
      nth,
    };
  }

  async click(): Promise<void> {
    const { x, y } = await this.#aim();
    await this.#hands.click(x, y);
  }

  async hover(): Promise<void> {
    const { x, y } = await this.#aim();
    await this.#hands.move(x, y);
  }

  async fill(text: string): Promise<void> {
    const { type } = await this.#ready();
    if (SET_AS_VALUE.has(type)) {
      await this.#act({ kind: 'set', value: text });
      return;
    }
    await this.#act({ kind: 'focus', caret: 'all' });
    await (text === '' ? this.#hands.press('Delete') : this.#hands.insert(text, this.within));
  }

  async type(text: string): Promise<void> {
    await this.#ready();
    await this.#act({ kind: 'focus', caret: 'end' });
    await this.#hands.type(text);
  }

  async select(value: string): Promise<void> {
    await until(`option ${value} in ${this}`, async () => {
      const { choices } = await this.#ready();
      return choices.includes(value);
    });
    await this.#act({ kind: 'set', value });
  }

  async press(keys: string): Promise<void> {
    await this.#ready();
    await this.#act({ kind: 'focus', caret: 'keep' });
    await this.#hands.press(keys);
  }

  async focus(): Promise<void> {
    await this.#ready();
    await this.#act({ kind: 'focus', caret: 'keep' });
  }

  async text(): Promise<string> {
    return until(`${this}`, async () => {
      const sight = await this.#act({ kind: 'look' });
      return sight?.element ? { text: sight.texts[this.#query.nth] ?? '' } : undefined;
    }).then(({ text }) => text);
  }

  async texts(): Promise<string[]> {
    return (await this.#act({ kind: 'look' }))?.texts ?? [];
  }

  async count(): Promise<number> {
    return (await this.texts()).length;
  }

  async value(): Promise<string> {
    return (await this.#there()).value;
  }

  async attribute(name: string): Promise<string | null> {
    return (await this.#there()).attributes[name] ?? null;
  }

  async isEnabled(): Promise<boolean> {
    return (await this.#there()).enabled;
  }

  async isChecked(): Promise<boolean> {
    return (await this.#there()).checked;
  }

  async isVisible(): Promise<boolean> {
    return (await this.#act({ kind: 'look' }))?.element?.visible ?? false;
  }

  boundingBox(): Promise<Box> {
    return until(`${this}`, () => this.boxNow());
  }

  async boxNow(): Promise<Box | undefined> {
    const box = (await this.#act({ kind: 'look' }))?.element?.box;
    return box && (await liftToTab(this.#hands, this.within, box))?.box;
  }

  async waitFor({ state }: { state: 'visible' | 'hidden' }): Promise<void> {
    await until(`${this} to be ${state}`, async () => {
      return (await this.isVisible()) === (state === 'visible');
    });
  }

  async waitForText(text: string | RegExp, patience?: number): Promise<string> {
    let last = '(nothing)';
    const found = await until(
      () => `the text ${text} in ${this}, which says: ${last}`,
      async () => {
        const now = (await this.texts())[this.#query.nth];
        if (now === undefined) return undefined;
        last = now;
        const fits = typeof text === 'string' ? now.includes(text) : now.search(text) >= 0;
        return fits ? { now } : undefined;
      },
      patience,
    );
    return found.now;
  }

  /** Scrolls the element into view and answers its box there. For pictures of it. */
  async boxInView(): Promise<Box> {
    await this.#act({ kind: 'aim' });
    return this.boundingBox();
  }

  toString(): string {
    const { selector, text, pattern, nth } = this.#query;
    const filter = text ?? (pattern && `/${pattern.source}/${pattern.flags}`);
    return [
      this.within ? `${this.within} >> ${selector}` : selector,
      filter === null ? '' : ` with text ${filter}`,
      nth === 0 ? '' : ` number ${nth}`,
    ].join('');
  }

  async #act(deed: Deed): Promise<Sight | undefined> {
    return this.#hands.callInRoot<Sight>(this.within, String(actInPage), [this.#query, deed]);
  }

  async #there(): Promise<ElementSight> {
    return until(`${this}`, async () => (await this.#act({ kind: 'look' }))?.element ?? undefined);
  }

  async #ready(): Promise<ElementSight> {
    let problem = 'is not there';
    return until(
      () => `${this}, which ${problem}`,
      async () => {
        const element = (await this.#act({ kind: 'look' }))?.element;
        problem = !element ? 'is not there' : !element.visible ? 'is not visible' : 'is disabled';
        return element?.visible && element.enabled ? element : undefined;
      },
    );
  }

  /** Where to point at the element, once it is ready, uncovered and has stopped moving. */
  async #aim(): Promise<{ x: number; y: number }> {
    await this.#ready();
    let cover: string | null = null;
    let last: { x: number; y: number } | undefined;
    return until(
      () => `${this} to stand still${cover ? `; covered by ${cover}` : ''}`,
      async () => {
        const element = (await this.#act({ kind: 'aim' }))?.element;
        const aim = element?.visible && element.enabled ? element.aim : null;
        const lifted =
          aim && (await liftToTab(this.#hands, this.within, { ...aim, width: 0, height: 0 }));
        const point = lifted?.box;
        const still = point && last && point.x === last.x && point.y === last.y;
        cover = aim?.coveredBy ?? lifted?.coveredBy ?? null;
        last = point;
        return still && !cover ? point : undefined;
      },
    );
  }
}
