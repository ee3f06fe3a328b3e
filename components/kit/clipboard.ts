/**
 * Copies text. A tracker on plain http has no clipboard API: there a selected
 * text field within our own root does it.
 */
export async function copyText(text: string, within: HTMLElement | null): Promise<void> {
  if (globalThis.isSecureContext && navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // A page's permissions policy may forbid it; the field does it still.
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
