/**
 * The Latin letter of a key event, ignoring Shift and CapsLock. On a non-Latin
 * layout (Russian с for C) the physical key decides.
 */
export function keyOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const isLetter = /^\p{L}$/u.test(key);
  return isLetter && code.startsWith('Key') ? code.slice(3).toLowerCase() : key;
}

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]';

/**
 * Keeps Tab inside the panel, as in a dialog. Esc returns the focus to the page.
 *
 * @returns whether the focus was moved
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
