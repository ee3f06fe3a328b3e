import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { homeOf, moveInto, noteToggle } from '../../lib/page/modal.ts';

const home = document.documentElement;
let host: HTMLElement;
let ended: AbortController;

beforeEach(() => {
  document.body.replaceChildren();
  host = document.createElement('crosstrack-test');
  home.append(host);
  ended = new AbortController();
  addEventListener('toggle', noteToggle, { capture: true, signal: ended.signal });
});
afterEach(() => {
  ended.abort();
  host.remove();
  for (const dialog of document.querySelectorAll('dialog')) dialog.remove();
});

function dialog(within: Element = document.body): HTMLDialogElement {
  const made = document.createElement('dialog');
  within.append(made);
  return made;
}
/** Waits until the page was told of what was done with it. */
async function toggled(of: HTMLDialogElement, act: () => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // In the next task: what is done during the event itself Chromium tells of no more.
  of.addEventListener('toggle', () => setTimeout(resolve), { once: true });
  act();
  await promise;
}
const open = (of: HTMLDialogElement) => toggled(of, () => of.showModal());

describe('home', () => {
  test('is the root while there is no modal dialog', async () => {
    expect(homeOf(host)).toBe(home);
    const beside = dialog();
    await toggled(beside, () => beside.show());
    expect(homeOf(host)).toBe(home);
  });

  test('is the modal dialog, also one that was opened before we came, and the root after it', () => {
    ended.abort();
    const early = dialog();
    early.showModal();
    expect(homeOf(host)).toBe(early);
    early.close();
    expect(homeOf(host)).toBe(home);
  });

  test('is the dialog on top, whatever their order in the document is', async () => {
    const [first, second] = [dialog(), dialog()];
    await open(second);
    await open(first);
    expect(homeOf(host)).toBe(first);
    await toggled(first, () => first.close());
    expect(homeOf(host)).toBe(second);
    await open(first);
    second.close();
    expect(homeOf(host)).toBe(first);
  });

  test('is the inner one of two nested dialogs', async () => {
    const outer = dialog();
    await open(outer);
    const inner = dialog(outer);
    await open(inner);
    expect(homeOf(host)).toBe(inner);
    inner.close();
    expect(homeOf(host)).toBe(outer);
  });

  test('is not a dialog that was taken away open', async () => {
    const gone = dialog();
    await open(gone);
    gone.remove();
    expect(homeOf(host)).toBe(home);
  });

  test('is never within the host itself', () => {
    dialog(host).showModal();
    expect(homeOf(host)).toBe(home);
  });
});

test('a frame in the host keeps its document on the way into a dialog and back', async () => {
  const frame = document.createElement('iframe');
  host.append(frame);
  const mark = frame.contentDocument?.createElement('p');
  if (!mark) throw new Error('no document');
  frame.contentDocument?.body.append(mark);
  const over = dialog();
  await open(over);
  moveInto(homeOf(host), host);
  expect(host.parentElement).toBe(over);
  expect(frame.contentDocument?.body.contains(mark)).toBe(true);
  over.close();
  moveInto(homeOf(host), host);
  expect(host.parentElement).toBe(home);
  expect(frame.contentDocument?.body.contains(mark)).toBe(true);
});

test('a host that is not on the page is put there', () => {
  host.remove();
  moveInto(home, host);
  expect(host.parentElement).toBe(home);
});
