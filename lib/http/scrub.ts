/** Pieces shorter than this are no secret, and taking them out would eat words. */
const SHORTEST = 4;
const MARK = '•••';

/**
 * Makes the function that takes keys out of what a tracker said: as they are,
 * as URLs and forms encode it (either case of the hexadecimal digits), as JSON
 * and HTML write it, and cut off where a long text was shortened.
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
        // PHP's json_encode writes slashes so.
        inJson.replaceAll('/', '\\/'),
        plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
      ];
    });
  const known = [...new Set(forms)]
    .filter((form) => form.length >= SHORTEST)
    // A form that contains another has to go first.
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
