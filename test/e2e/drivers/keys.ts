import type { KeyStroke } from './driver.ts';

/** A chord such as 'Ctrl+Shift+Y', taken apart. */
export interface Chord {
  modifiers: Modifier[];
  /** A key as in `KeyboardEvent.key`, a letter in lower case unless Shift is held: 'y', 'Enter'. */
  key: string;
}

export type Modifier = 'Alt' | 'Control' | 'Meta' | 'Shift';

/** Manifest and everyday names of modifiers. */
const MODIFIERS: Record<string, Modifier> = {
  Alt: 'Alt',
  Option: 'Alt',
  Control: 'Control',
  Ctrl: 'Control',
  MacCtrl: 'Control',
  Command: 'Meta',
  Meta: 'Meta',
  Shift: 'Shift',
};

/** Names that manifests use and `KeyboardEvent.key` does not. */
const KEYS: Record<string, string> = {
  Comma: ',',
  Period: '.',
  Space: ' ',
  Esc: 'Escape',
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
};

/** @throws Error for a modifier that is not one */
export function parseChord(keys: string): Chord {
  // The last '+' may be the key itself: 'Ctrl++'.
  const parts = keys === '+' ? ['+'] : keys.replace(/\+\+$/, '+Plus').split('+');
  const last = parts.pop() ?? '';
  const modifiers = parts.map((part) => {
    const modifier = MODIFIERS[part];
    if (!modifier) throw new Error(`No such modifier: ${part} in ${keys}`);
    return modifier;
  });
  const key = last === 'Plus' ? '+' : (KEYS[last] ?? last);
  if (key.length > 1) return { modifiers, key };
  const upper = modifiers.includes('Shift') || modifiers.length === 0;
  return { modifiers, key: upper ? key : key.toLowerCase() };
}

/** The modifiers that are held during a stroke. */
export function heldModifiers({ alt, ctrl, meta, shift }: KeyStroke): Modifier[] {
  const held = { Alt: alt, Control: ctrl, Meta: meta, Shift: shift };
  return MODIFIER_NAMES.filter((name) => held[name]);
}

const MODIFIER_NAMES: readonly Modifier[] = ['Alt', 'Control', 'Meta', 'Shift'];

/**
 * The legacy `keyCode` of a key's place, which a Cyrillic layout sends as a US one does: Windows'
 * virtual-key codes. 0 for keys that are not in the writing part of the keyboard.
 */
export function virtualKeyCode(code: string): number {
  const sign = /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  return sign ? sign.charCodeAt(0) : (VIRTUAL_KEYS[code] ?? 0);
}

const VIRTUAL_KEYS: Record<string, number> = {
  Backspace: 8,
  Tab: 9,
  Enter: 13,
  Escape: 27,
  Space: 32,
  Semicolon: 186,
  Equal: 187,
  Comma: 188,
  Minus: 189,
  Period: 190,
  Slash: 191,
  Backquote: 192,
  BracketLeft: 219,
  Backslash: 220,
  BracketRight: 221,
  Quote: 222,
};
