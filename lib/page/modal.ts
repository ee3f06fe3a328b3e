/**
 * A native modal dialog makes everything outside it inert, in the top layer too. Inside the dialog
 * our host stays usable.
 */

/** Dialogs in the order in which we saw the page open them. */
const opened: Element[] = [];

/** Records an opened dialog; call on the window's `toggle` events. */
export function noteToggle({ type, target }: Event): void {
  if (type !== 'toggle' || !(target instanceof HTMLDialogElement)) return;
  const at = opened.indexOf(target);
  if (at >= 0) opened.splice(at, 1);
  if (target.matches(':modal')) opened.push(target);
}

/** Where our host must be to stay usable: in the topmost modal dialog, else in the root element. */
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

/** Moves the host. Its frame keeps its document where the browser supports that; Firefox does not for frames in shadow roots. */
export function moveInto(home: Element & Movable, host: Element): void {
  // Not from another document, where the page may have put it.
  const near = host.isConnected && host.ownerDocument === home.ownerDocument;
  if (home.moveBefore && near) home.moveBefore(host, null);
  else home.append(host);
}
