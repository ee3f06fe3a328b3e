import type { Point } from './driver.ts';
import type { Chord } from './keys.ts';
import type { Marionette } from './marionette.ts';

/** Code points of WebDriver for keys that are no characters (https://w3c.github.io/webdriver/#keyboard-actions). */
const KEY_CODES: Record<string, string> = {
  Alt: '\uE00A',
  ArrowDown: '\uE015',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  ArrowUp: '\uE013',
  Backspace: '\uE003',
  Control: '\uE009',
  Delete: '\uE017',
  End: '\uE010',
  Enter: '\uE006',
  Escape: '\uE00C',
  Home: '\uE011',
  Insert: '\uE016',
  Meta: '\uE03D',
  PageDown: '\uE00F',
  PageUp: '\uE00E',
  Shift: '\uE008',
  Tab: '\uE004',
  ...Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [
      `F${index + 1}`,
      String.fromCharCode(0xe031 + index),
    ]),
  ),
};

/**
 * Marionette has one current window and one current context ("content" or "chrome"). This gives each
 * piece of work both to itself, one after the other, so that tests may do things side by side.
 */
export class FirefoxSession {
  readonly marionette: Marionette;
  #handle: string | undefined;
  #focused = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(marionette: Marionette) {
    this.marionette = marionette;
  }

  /** Does work in a tab. `focus` also brings it to the front, which input and pictures need. */
  inTab<T>(
    handle: string,
    focus: boolean,
    work: (marionette: Marionette) => Promise<T>,
  ): Promise<T> {
    return this.#alone(async () => {
      if (this.#handle !== handle || (focus && !this.#focused)) {
        this.#handle = undefined;
        await this.marionette.send('WebDriver:SwitchToWindow', { handle, focus });
        this.#handle = handle;
        this.#focused = focus;
      }
      return work(this.marionette);
    });
  }

  /** Does work that leaves the current window open to question, such as closing it. */
  anywhere<T>(work: (marionette: Marionette) => Promise<T>): Promise<T> {
    return this.#alone(async () => {
      this.#handle = undefined;
      return work(this.marionette);
    });
  }

  /** Runs one of the scripts of `firefox-chrome.ts` in the window of the current tab. */
  inChrome<T>(script: string, args: unknown[] = []): Promise<T> {
    return this.#alone(() => this.#chrome(script, args));
  }

  /** The same in the window of this tab, with the tab in front. */
  inChromeOf<T>(handle: string, script: string, args: unknown[] = []): Promise<T> {
    return this.inTab(handle, true, () => this.#chrome(script, args));
  }

  async #chrome<T>(script: string, args: unknown[]): Promise<T> {
    await this.marionette.send('Marionette:SetContext', { value: 'chrome' });
    try {
      return await this.marionette.send<T>('WebDriver:ExecuteScript', {
        script: `const args = arguments; return (async () => {${script}})();`,
        args,
      });
    } finally {
      await this.marionette.send('Marionette:SetContext', { value: 'content' });
    }
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

export async function pressChord(marionette: Marionette, chord: Chord): Promise<void> {
  const values = [...chord.modifiers, chord.key].map((key) => KEY_CODES[key] ?? key);
  await performKeys(marionette, [
    ...values.map((value) => ({ type: 'keyDown', value })),
    ...values.toReversed().map((value) => ({ type: 'keyUp', value })),
  ]);
}

export async function typeText(marionette: Marionette, text: string): Promise<void> {
  const actions = [...text].flatMap((char) => {
    const value = char === '\n' ? (KEY_CODES.Enter ?? char) : char;
    return [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ];
  });
  await performKeys(marionette, actions);
}

/** A piece of what a pointer does, as WebDriver words it. */
type PointerAction =
  | { type: 'pointerMove'; x: number; y: number; duration: 0; origin: 'viewport' }
  | { type: 'pointerDown' | 'pointerUp'; button: 0 };

export const PRESS: PointerAction = { type: 'pointerDown', button: 0 };
export const RELEASE: PointerAction = { type: 'pointerUp', button: 0 };

export function moveTo({ x, y }: Point): PointerAction {
  return { type: 'pointerMove', x, y, duration: 0, origin: 'viewport' };
}

export async function usePointer(marionette: Marionette, actions: PointerAction[]): Promise<void> {
  await marionette.send('WebDriver:PerformActions', {
    actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
  });
}

async function performKeys(
  marionette: Marionette,
  actions: { type: string; value: string }[],
): Promise<void> {
  await marionette.send('WebDriver:PerformActions', {
    actions: [{ type: 'key', id: 'keyboard', actions }],
  });
}
