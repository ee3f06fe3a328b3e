import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import {
  clickedButton,
  LAUNCHER_STYLE,
  showFallback,
  showLauncher,
} from '../../components/launcher/launcher.ts';
import { openHost } from '../../lib/page/host.ts';

let host: HTMLElement;
let root: ShadowRoot;
/** Names of the buttons that presses were found on. */
let pressed: Array<string | null>;
let ended: AbortController;

beforeEach(() => {
  document.body.replaceChildren();
  ({ host, root } = openHost('crosstrack-test', LAUNCHER_STYLE));
  showLauncher(root, 'Open', 'Alt+K');
  pressed = [];
  ended = new AbortController();
  window.addEventListener(
    'click',
    (event) => pressed.push(clickedButton(root, event)?.name ?? null),
    {
      capture: true,
      signal: ended.signal,
    },
  );
});
afterEach(() => {
  ended.abort();
  host.remove();
});

const button = (name: string) => {
  const found = root.querySelector<HTMLButtonElement>(`[name=${name}]`);
  if (!found) throw new Error(`no button ${name}`);
  return found;
};
/** Presses what lies at the middle of an element that no locator reaches. */
const pressAt = (element: HTMLElement) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return userEvent.click(document.documentElement, {
    position: {
      x: x + width / 2 + scrollX - document.documentElement.getBoundingClientRect().x,
      y: y + height / 2 + scrollY - document.documentElement.getBoundingClientRect().y,
    },
    force: true,
  });
};

describe('a press', () => {
  test('with the pointer is on the button that lies there', async () => {
    await pressAt(button('open'));
    expect(pressed).toEqual(['open']);
  });

  test('on the keyboard is on the button that has the focus', async () => {
    button('open').focus();
    await userEvent.keyboard('{Enter}');
    expect(pressed).toEqual(['open']);
  });

  test('that the page made is on none', () => {
    host.click();
    const { x, y } = button('open').getBoundingClientRect();
    host.dispatchEvent(
      new MouseEvent('click', { clientX: x + 9, clientY: y + 9, detail: 1, composed: true }),
    );
    expect(pressed).toEqual([null, null]);
  });

  test('on the page is on none', async () => {
    const theirs = document.createElement('button');
    theirs.textContent = 'Theirs';
    document.body.append(theirs);
    await userEvent.click(theirs);
    expect(pressed).toEqual([null]);
  });

  test('on the notice is on the button of it that was meant, and on none between them', async () => {
    showFallback(root, { text: 'It is blocked.', dashboard: 'Dashboard', close: 'Close' });
    await pressAt(button('dashboard'));
    await pressAt(button('dismiss'));
    const text = root.querySelector('p');
    if (!text) throw new Error('no text');
    await pressAt(text);
    expect(pressed).toEqual(['dashboard', 'dismiss', null]);
  });
});

test('the launcher is named, and says its shortcut where it has one', () => {
  expect([button('open').title, button('open').getAttribute('aria-label')]).toEqual([
    'Open (Alt+K)',
    'Open',
  ]);
  button('open').remove();
  showLauncher(root, 'Open', '');
  expect(button('open').title).toBe('Open');
});

test('the notice is there once, however often it is shown', () => {
  const texts = { text: 'It is blocked.', dashboard: 'Dashboard', close: 'Close' };
  showFallback(root, texts);
  showFallback(root, texts);
  expect(root.querySelectorAll('.fallback')).toHaveLength(1);
});
