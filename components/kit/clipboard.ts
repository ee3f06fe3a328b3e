/**
 * Copies text. Without a secure context there is no clipboard API, so a hidden
 * text field in our own root is copied instead.
 */
export async function copyText(text: string, within: HTMLElement | null): Promise<void> {
  if (globalThis.isSecureContext && navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // The page's permissions policy may forbid it. The text field still works.
    }
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.style.cssText = 'position: fixed; inset: 0; opacity: 0; pointer-events: none;';
  (within ?? document.body).append(field);
  try {
    field.select();
    if (!document.execCommand('copy')) throw new Error('The browser did not let us copy.');
  } finally {
    field.remove();
  }
}
