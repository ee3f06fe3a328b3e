/**
 * What holds for every host element of ours, whatever the page's style or
 * script says of it: important rules of the root that is attached win over the
 * page's rules, its `style` attributes, its transitions and its animations.
 * Nothing but fields can be selected: Chromium lets a page search for text in
 * closed roots (`window.find`) and read there what is selected. A page can give
 * a host boxes of its own, which `all` leaves alone: they would lie over what is
 * in the root.
 */
const HOST_STYLE =
  ':host { all: initial !important; direction: ltr !important; position: fixed !important; z-index: 2147483647 !important; user-select: none !important; }\n' +
  ':host::before, :host::after { content: none !important; }\n';

/**
 * Firefox ends the scripts of an extension that is turned off or removed without
 * a word, and what they put on the page would stay there, dead. So the panel's
 * host hides by itself when it gets no sign of life: it is hidden already, and only a
 * transition that has not begun, and that each sign starts anew, shows it still.
 * A page can end the transition, which hides the host; it could throw it out as well.
 */
const ALIVE = ':host { visibility: visible !important; transition: none !important; }';
const DYING = ':host { visibility: hidden !important; transition: visibility 0s 5s !important; }';

export interface Opened {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /**
   * A sign of life. After the first one they are needed every few seconds, and after everything
   * that took the host off the screen; a host that never gave one stays.
   */
  beat(): void;
}

/**
 * Puts an element with a closed root on the page, in place of one that an
 * earlier version of the extension left behind.
 *
 * It is made in a document of its own, so that a custom element which the page
 * has defined under this name is not there yet when the root is attached:
 * otherwise the page's `attachInternals` would hand it the closed root.
 *
 * @param style for the root; every rule for `:host` in it has to be important
 */
export function openHost(name: string, style: string): Opened {
  removeLeftovers(name);
  const host = document.implementation.createHTMLDocument('').createElement(name);
  const root = host.attachShadow({ mode: 'closed' });
  document.documentElement.append(host);
  const sheet = document.createElement('style');
  sheet.textContent = HOST_STYLE + style;
  root.append(sheet);
  const life = document.createElement('style');
  const beat = () => {
    life.textContent = ALIVE;
    // Not empty: Firefox takes one that comes in empty for the page's, and tells the page that its policy is against it.
    if (!life.isConnected) root.append(life);
    // Computed in between: otherwise nothing would have changed.
    void getComputedStyle(host).visibility;
    life.textContent = DYING;
  };
  return { host, root, beat };
}

/** Takes away what an earlier version of the extension left on the page. */
export function removeLeftovers(...names: readonly string[]): void {
  for (const left of document.querySelectorAll(names.join())) left.remove();
}

/** The same rules, each declaration important: the page cannot set its own. */
export const firm = (css: string): string =>
  css.replace(/;?\s*\}/g, ' !important}').replace(/;/g, ' !important;');
