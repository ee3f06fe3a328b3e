/**
 * Rules for every shadow host of ours. `!important` rules in the shadow root win over the page's
 * rules, `style` attributes, transitions and animations. Only fields can be selected, because
 * Chromium lets a page search for text in closed shadow roots (`window.find`) and read the
 * selection. Pseudo-elements, which `all` does not reset, would cover the shadow root's content.
 */
const HOST_STYLE =
  ':host { all: initial !important; direction: ltr !important; position: fixed !important; z-index: 2147483647 !important; user-select: none !important; }\n' +
  ':host::before, :host::after { content: none !important; }\n';

/**
 * A dead man's switch for the panel's host. When an extension is disabled or removed, Firefox ends
 * its scripts without an event, and the panel would stay on the page, dead. So the host is hidden
 * by default, and only a delayed transition, restarted by each heartbeat, keeps it visible. A page
 * that ends the transition hides the host, which it could also remove.
 */
const ALIVE = ':host { visibility: visible !important; transition: none !important; }';
const DYING = ':host { visibility: hidden !important; transition: visibility 0s 5s !important; }';

export interface Opened {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /**
   * A heartbeat. Once there was one, another is needed every few seconds and after everything that
   * hid the host. A host without any heartbeat stays visible.
   */
  beat(): void;
}

/**
 * Puts a shadow host with a closed root on the page.
 *
 * The host is created in a document of its own. Otherwise a page that defines a custom element of
 * this name could get the closed root through `attachInternals`.
 *
 * @param style CSS for the shadow root; every `:host` declaration in it must be `!important`
 */
export function openHost(name: string, style: string): Opened {
  const host = document.implementation.createHTMLDocument('').createElement(name);
  const root = host.attachShadow({ mode: 'closed' });
  document.documentElement.append(host);
  const sheet = document.createElement('style');
  sheet.textContent = HOST_STYLE + style;
  root.append(sheet);
  const life = document.createElement('style');
  const beat = () => {
    life.textContent = ALIVE;
    // Not empty: Firefox attributes an initially empty style to the page and reports a CSP violation to it.
    if (!life.isConnected) root.append(life);
    // Forces a style flush, without which no transition would start.
    void getComputedStyle(host).visibility;
    life.textContent = DYING;
  };
  return { host, root, beat };
}

/** Removes what an earlier version of the extension left on the page. */
export function removeLeftovers(...names: readonly string[]): void {
  for (const left of document.querySelectorAll(names.join())) left.remove();
}

/** Makes every declaration `!important`, so that the page cannot override it. */
export const firm = (css: string): string =>
  css.replace(/;?\s*\}/g, ' !important}').replace(/;/g, ' !important;');
