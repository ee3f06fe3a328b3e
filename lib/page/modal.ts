/**
 * Native modal dialogs make everything outside of them inert, whatever layer it
 * is in. In the dialog's own tree our host lives on.
 */

/** Dialogs in the order in which the page opened them, as far as we saw it. */
const opened: Element[] = [];

/** Notes that a dialog was opened; for the window's `toggle` events. */
export function noteToggle({ type, target }: Event): void {
  if (type !== 'toggle' || !(target instanceof HTMLDialogElement)) return;
  const at = opened.indexOf(target);
  if (at >= 0) opened.splice(at, 1);
  if (target.matches(':modal')) opened.push(target);
}

/** Where our host has to be to stay alive: in the modal dialog on top, else below the root. */
export function homeOf(host: Element): Element {
  const modals = [...document.querySelectorAll('dialog:modal')].filter(
    (one) => !host.contains(one),
  );
  const last = opened.findLast((one) => modals.includes(one));
  return last ?? modals.at(-1) ?? document.documentElement;
}

interface Movable {
  moveBefore?(node: Node, before: Node | null): void;
}

/** Moves the host there; its frame keeps its document where the browser can move one: not in Firefox, as it is in a root. */
export function moveInto(home: Element & Movable, host: Element): void {
  // Not from another document, into which the page may have put it.
  const near = host.isConnected && host.ownerDocument === home.ownerDocument;
  if (home.moveBefore && near) home.moveBefore(host, null);
  else home.append(host);
}
