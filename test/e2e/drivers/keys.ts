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
