/** Shorter pieces are not secret, and removing them would damage words. */
const SHORTEST = 4;
const MARK = '•••';

/**
 * Creates a function that removes keys from a tracker's messages: plain, URL- or form-encoded (with
 * hexadecimal digits of either case), JSON- or HTML-escaped, and truncated at the end of a text.
 */
export function createScrub(...keys: string[]): (text: string) => string {
  const forms = keys
    .flatMap((key) => [key, key.trim()])
    .flatMap((plain) => {
      const inUrl = encodeURIComponent(plain);
      const inForm = new URLSearchParams([['', plain]]).toString().slice(1);
      const inJson = JSON.stringify(plain).slice(1, -1);
      return [
        plain,
        inUrl,
        inForm,
        lowerHex(inUrl),
        lowerHex(inForm),
        inJson,
        // As PHP's json_encode escapes slashes.
        inJson.replaceAll('/', '\\/'),
        plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
      ];
    });
  const known = [...new Set(forms)]
    .filter((form) => form.length >= SHORTEST)
    // Longer forms first, as they may contain shorter ones.
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const form of known) clean = clean.replaceAll(form, MARK);
    for (const form of known) clean = withoutBeginning(clean, form);
    return clean;
  };
}

const lowerHex = (encoded: string): string =>
  encoded.replace(/%[\dA-F]{2}/g, (byte) => byte.toLowerCase());

/** A text that was shortened in the middle of the key ends with the key's beginning. */
function withoutBeginning(text: string, form: string): string {
  for (let length = Math.min(form.length - 1, text.length); length >= SHORTEST; length--) {
    if (text.endsWith(form.slice(0, length))) return `${text.slice(0, -length)}${MARK}`;
  }
  return text;
}
