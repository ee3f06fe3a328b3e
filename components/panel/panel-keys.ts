/**
 * The key of an action: the letter, whatever the layout writes. Where a layout
 * writes another alphabet (с for C on a Russian one) the place of the key on
 * the keyboard counts; CapsLock and Shift change nothing.
 */
export function keyOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const isLetter = /^\p{L}$/u.test(key);
  return isLetter && code.startsWith('Key') ? code.slice(3).toLowerCase() : key;
}

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]';

/**
 * Tab stays in the panel, as in a dialog: the page below is reached by closing
 * it (Esc), which gives the keyboard back to where it was, or by the pointer.
 *
 * @returns true when the focus was moved
 */
export function wrapTab(event: KeyboardEvent, within: HTMLElement): boolean {
  const all = [...within.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (one) => one.tabIndex >= 0 && one.checkVisibility() && !one.closest('fieldset:disabled'),
  );
  const [first, last] = [all[0], all.at(-1)];
  const at = document.activeElement;
  const leaving = event.shiftKey ? at === first || at === within : at === last;
  const inside = at !== null && within.contains(at);
  if (inside && !leaving) return false;
  (event.shiftKey ? last : first)?.focus();
  return true;
}
