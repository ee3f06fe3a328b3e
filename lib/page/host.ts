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
 * Puts an element with a closed root on the page, in place of one that an
 * earlier version of the extension left behind.
 *
 * It is made in a document of its own, so that a custom element which the page
 * has defined under this name is not there yet when the root is attached:
 * otherwise the page's `attachInternals` would hand it the closed root.
 *
 * @param style for the root; every rule for `:host` in it has to be important
 */
export function openHost(name: string, style: string): { host: HTMLElement; root: ShadowRoot } {
  removeLeftovers(name);
  const host = document.implementation.createHTMLDocument('').createElement(name);
  const root = host.attachShadow({ mode: 'closed' });
  document.documentElement.append(host);
  const sheet = document.createElement('style');
  sheet.textContent = HOST_STYLE + style;
  root.append(sheet);
  return { host, root };
}

/** Takes away what an earlier version of the extension left on the page. */
export function removeLeftovers(...names: readonly string[]): void {
  for (const left of document.querySelectorAll(names.join())) left.remove();
}

/** The same rules, each declaration important: the page cannot set its own. */
export const firm = (css: string): string =>
  css.replace(/;?\s*\}/g, ' !important}').replace(/;/g, ' !important;');
