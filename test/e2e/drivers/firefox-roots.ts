import { type Marionette, MarionetteError } from './marionette.ts';

type Reference = Record<string, string>;

/** Errors that mean "not there (yet)" or "the page is just changing": look again. */
const LOOK_AGAIN = new Set([
  'no such element',
  'no such frame',
  'no such shadow root',
  'stale element reference',
  'detached shadow root',
]);
/** A selector whose last part names an iframe. */
const IFRAME = /(?:^|[\s>+~])iframe(?![\w-])[^\s>+~]*$/;
const PAGE_CHANGING = /Actor .*destroyed|AbortError|Browsing ?Context.*(discarded|not found)/i;

/**
 * Calls the function with this source text with the root that `within` leads to, as in
 * `ElementOptions`, and the arguments. `WebDriver:GetShadowRoot` enters shadow roots whatever their
 * mode. Marionette is in the top frame again afterwards.
 *
 * @returns undefined while there is no such root or the page is changing
 */
export async function callInRoot<T>(
  marionette: Marionette,
  within: string | undefined,
  source: string,
  args: unknown[],
): Promise<T | undefined> {
  const at: Place = { root: null, inFrame: false };
  try {
    for (const selector of within?.split(' >> ') ?? []) await enter(marionette, at, selector);
    return await call<T>(marionette, source, [at.root, ...args]);
  } catch (error) {
    if (error instanceof MarionetteError && canLookAgain(error, at)) return undefined;
    throw error;
  } finally {
    if (at.inFrame) await marionette.send('WebDriver:SwitchToFrame', { id: null });
  }
}

/** Where Marionette is: a shadow root, or with null the document, in the tab's page or a frame of it. */
interface Place {
  root: Reference | null;
  inFrame: boolean;
}

async function enter(marionette: Marionette, at: Place, selector: string): Promise<void> {
  const element: Reference = await marionette.send(
    at.root ? 'WebDriver:FindElementFromShadowRoot' : 'WebDriver:FindElement',
    {
      using: 'css selector',
      value: selector,
      ...(at.root ? { shadowRoot: Object.values(at.root)[0] } : {}),
    },
  );
  const id = Object.values(element)[0];
  // Told from the selector: to ask for the tag would be one more command for each step in.
  if (IFRAME.test(selector)) {
    await marionette.send('WebDriver:SwitchToFrame', { element: id });
    at.root = null;
    at.inFrame = true;
  } else {
    at.root = await marionette.send<Reference>('WebDriver:GetShadowRoot', { id });
  }
}

function call<T>(marionette: Marionette, source: string, args: unknown[]): Promise<T> {
  const script = `const [root, ...args] = arguments; return (${source})(root ?? document, ...args);`;
  return marionette.send<T>('WebDriver:ExecuteScript', { script, args });
}

function canLookAgain(error: MarionetteError, { inFrame }: Place): boolean {
  if (LOOK_AGAIN.has(error.error) || PAGE_CHANGING.test(error.message)) return true;
  // The frame was replaced; when it is the tab that is gone, leaving the frame tells.
  return inFrame && error.error === 'no such window';
}
