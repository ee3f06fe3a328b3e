import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { guardWindow, isOf } from '../../lib/page/guard.ts';
import { openHost } from '../../lib/page/host.ts';

let host: HTMLElement;
let ours: HTMLButtonElement;
let theirs: HTMLInputElement;
let guarded: AbortController;
/** What the page heard: type and element. */
let heard: string[];
let listening: AbortController;

const HEARD_BY_PAGES = [
  ...['pointerdown', 'pointermove', 'pointerup', 'pointerover', 'pointerout', 'mousedown'],
  ...['mouseup', 'click', 'keydown', 'keyup', 'focusin', 'focusout', 'focus', 'blur', 'wheel'],
];

/** Number of types that are guarded in every browser; Firefox has three more. */
const EVERYWHERE = 45;

beforeEach(() => {
  document.body.replaceChildren();
  theirs = document.createElement('input');
  theirs.style.cssText = 'position: fixed; left: 10px; top: 10px';
  document.body.append(theirs);
  host = document.createElement('div');
  guarded = new AbortController();
  listening = new AbortController();
  heard = [];
});
afterEach(() => {
  guarded.abort();
  listening.abort();
  host.remove();
});

function start(hear: (event: Event) => boolean = (event) => isOf(event, host)): void {
  guardWindow(hear, guarded.signal);
  for (const type of HEARD_BY_PAGES) {
    const note = ({ target }: Event) => {
      if (target instanceof Element) heard.push(`${type} ${target.localName}`);
    };
    // Later than ours, as a page's are: wherever they stand.
    for (const on of [window, document, document.body]) {
      on.addEventListener(type, note, { capture: true, signal: listening.signal });
    }
  }
  const opened = openHost(
    'crosstrack-test',
    ':host { left: 10px !important; top: 60px !important; }',
  );
  host = opened.host;
  ours = document.createElement('button');
  ours.textContent = 'Ours';
  opened.root.append(ours);
}

test('listens to the same events, always, and delays no scrolling', () => {
  const added = new Map<string, boolean>();
  const spy = vi.spyOn(window, 'addEventListener').mockImplementation((...[type, , options]) => {
    added.set(type, typeof options === 'object' && options.passive === true);
    expect(options).toMatchObject({ capture: true, signal: guarded.signal });
  });
  guardWindow(() => false, guarded.signal);
  spy.mockRestore();
  const passive = [...added].filter(([, one]) => one).map(([type]) => type);
  expect(passive.sort()).toEqual(['touchcancel', 'touchend', 'touchmove', 'touchstart', 'wheel']);
  for (const type of HEARD_BY_PAGES) expect(added.has(type), type).toBe(true);
  expect(added.size).toBe(EVERYWHERE);
});

describe('the page', () => {
  test('hears nothing of what is done with our element', async () => {
    start();
    await userEvent.hover(host);
    await userEvent.click(host);
    await userEvent.keyboard('a');
    expect(document.activeElement).toBe(host);
    expect(heard.filter((one) => one.endsWith('crosstrack-test'))).toEqual([]);
    expect(heard.filter((one) => one.startsWith('key'))).toEqual([]);
  });

  test('hears what is done with its own', async () => {
    start();
    await userEvent.click(theirs);
    await userEvent.keyboard('a');
    expect(theirs.value).toBe('a');
    for (const type of ['pointerdown', 'click', 'focusin', 'keydown']) {
      expect(heard).toContain(`${type} input`);
    }
  });

  test('does not hear that the keyboard left its field for ours, nor came back from it', async () => {
    start();
    theirs.focus();
    heard = [];
    await userEvent.click(host);
    expect(document.activeElement).toBe(host);
    theirs.focus();
    expect(heard.filter((one) => /^focus|^blur/.test(one))).toEqual([]);
  });

  test('gets no key that was kept from it, and its field gets none of its letters', async () => {
    start((event) => {
      if (!/^key/.test(event.type)) return false;
      event.preventDefault();
      return true;
    });
    await userEvent.click(theirs);
    heard = [];
    await userEvent.keyboard('abc');
    expect(theirs.value).toBe('');
    expect(heard).toEqual([]);
  });

  test('hears everything again when the guard ends', async () => {
    start();
    guarded.abort();
    await userEvent.click(host);
    expect(heard).toContain('click crosstrack-test');
  });
});

describe('an event is ours', () => {
  test('when it is at our host, or between it and another element', () => {
    start();
    const between = new FocusEvent('focusin', { relatedTarget: host });
    theirs.dispatchEvent(between);
    const at = new Event('click');
    host.dispatchEvent(at);
    const other = new FocusEvent('focusin', { relatedTarget: document.body });
    theirs.dispatchEvent(other);
    const seen: boolean[] = [];
    const note = (event: Event) => seen.push(isOf(event, host));
    theirs.addEventListener('focusin', note);
    host.addEventListener('click', note);
    guarded.abort();
    for (const event of [between, other]) theirs.dispatchEvent(event);
    host.dispatchEvent(at);
    expect(seen).toEqual([true, false, true]);
  });

  test('never when we are not on the page', () => {
    start();
    expect(isOf(new FocusEvent('blur', { relatedTarget: null }), null)).toBe(false);
  });
});
