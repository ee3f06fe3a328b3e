import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isPlain } from '../../lib/page/plain.ts';
import type { Box } from '../../lib/page/protocol.ts';
import { coverAt, openShown } from './shown-panel.ts';

// Firefox: a frame does not see for itself what lies over it.
vi.hoisted(() => Reflect.deleteProperty(IntersectionObserverEntry.prototype, 'isVisible'));

const AT: Box = { x: 40, y: 60, width: 160, height: 40 };
let shown: ReturnType<typeof openShown>;

beforeEach(() => {
  document.body.replaceChildren();
  shown = openShown();
});
afterEach(() => shown.host.remove());

/** One that no hit test meets. */
function veil(): HTMLElement {
  const cover = coverAt(120, 80);
  cover.style.pointerEvents = 'none';
  return cover;
}

test('nothing over the panel is plain view', () => {
  expect(isPlain(shown, AT)).toBe(true);
});

test('any popover of the page may be a veil over the panel', () => {
  const cover = veil();
  expect(isPlain(shown, AT)).toBe(false);
  cover.hidePopover();
  expect(isPlain(shown, AT)).toBe(true);
});

test('so may one in a closed root of the page', () => {
  const keeper = document.createElement('div');
  const root = keeper.attachShadow({ mode: 'closed' });
  document.body.append(keeper);
  const cover = veil();
  root.append(cover);
  cover.showPopover();
  expect(isPlain(shown, AT)).toBe(true);
  // Firefox shows it to extensions.
  Object.assign(keeper, { openOrClosedShadowRoot: root });
  expect(isPlain(shown, AT)).toBe(false);
});

test('so may a modal dialog, unless the panel is in it', () => {
  const dialog = document.createElement('dialog');
  dialog.style.cssText = 'position: fixed; left: 0; top: 600px; width: 20px; height: 20px';
  document.body.append(dialog);
  dialog.showModal();
  expect(isPlain(shown, AT)).toBe(false);
  dialog.append(shown.host);
  shown.host.showPopover();
  shown.beat();
  expect(isPlain(shown, AT)).toBe(true);
});
