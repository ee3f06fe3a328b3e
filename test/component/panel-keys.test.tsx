import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { keyOf, wrapTab } from '../../components/panel/panel-keys.ts';

describe('a key', () => {
  test.each([
    ['c', 'KeyC', 'c'],
    ['C', 'KeyC', 'c'],
    ['с', 'KeyC', 'c'],
    ['С', 'KeyC', 'c'],
    ['и', 'KeyB', 'b'],
    ['ψ', 'KeyC', 'c'],
    // Latin letters count as they are written, wherever they are.
    ['z', 'KeyY', 'z'],
    ['a', 'KeyQ', 'a'],
    ['A', 'KeyQ', 'a'],
    ['?', 'Slash', '?'],
    ['?', 'Minus', '?'],
    ['?', 'KeyM', '?'],
    ['?', 'Digit7', '?'],
    ['Escape', 'Escape', 'Escape'],
    ['ArrowDown', 'ArrowDown', 'ArrowDown'],
    ['ü', 'BracketLeft', 'ü'],
    ['х', 'BracketLeft', 'х'],
    ['1', 'Digit1', '1'],
    ['Dead', 'KeyE', 'Dead'],
  ])('%s at %s is %s', (key, code, is) => {
    expect(keyOf({ key, code })).toBe(is);
  });
});

describe('Tab', () => {
  let within: HTMLElement;
  let inside: string[];
  const names = () =>
    document.activeElement?.getAttribute('name') ?? document.activeElement?.localName;

  beforeEach(() => {
    const button = (name: string, change: Partial<HTMLButtonElement> = {}) =>
      Object.assign(document.createElement('button'), { name, textContent: name, ...change });
    within = document.createElement('section');
    within.tabIndex = -1;
    const shut = document.createElement('fieldset');
    shut.disabled = true;
    shut.append(button('in a disabled set'));
    within.append(
      button('hidden', { hidden: true }),
      button('first'),
      button('off', { disabled: true }),
      button('second'),
      button('last'),
      button('not by Tab', { tabIndex: -1 }),
      shut,
    );
    within.addEventListener('keydown', (event) => {
      if (event.key === 'Tab' && wrapTab(event, within)) event.preventDefault();
    });
    document.body.replaceChildren(button('before'), within, button('after'));
    inside = ['first', 'second', 'last'];
  });

  test('goes from the last to the first, and round', async () => {
    within.focus();
    const reached: unknown[] = [];
    for (const _ of [...inside, 'first']) {
      await userEvent.keyboard('{Tab}');
      reached.push(names());
    }
    expect(reached).toEqual([...inside, 'first']);
  });

  test('with Shift goes from the first, and from the panel itself, to the last', async () => {
    within.focus();
    const reached: unknown[] = [];
    for (const _ of [...inside, 'last']) {
      await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
      reached.push(names());
    }
    expect(reached).toEqual(['last', 'second', 'first', 'last']);
  });

  test('leaves alone what the browser does in between', () => {
    within.querySelector<HTMLElement>('[name=second]')?.focus();
    expect(wrapTab(new KeyboardEvent('keydown', { key: 'Tab' }), within)).toBe(false);
    expect(names()).toBe('second');
  });

  test('comes in from outside at the near end', () => {
    document.querySelector<HTMLElement>('[name=before]')?.focus();
    expect(wrapTab(new KeyboardEvent('keydown', { key: 'Tab' }), within)).toBe(true);
    expect(names()).toBe('first');
  });
});
