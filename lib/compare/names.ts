/** Separators of the words of a name; all other signs tell campaigns apart ("+", "$", "#", flags). */
const SEPARATORS = /[\s\p{Pd}\p{Pc}\p{Ps}\p{Pe}\p{Pi}\p{Pf}.,:;/\\|'"]+/gu;
/** Invisible: bidi marks, zero-width characters, variation selectors. */
const INVISIBLE = /\p{Cf}|[\uFE00-\uFE0F]/gu;
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
/** A hyphen that is a minus: before a number, after one, or at the end ("-20", "18- ", "Test -"). */
const MINUS = /(?<=^|\s)\p{Pd}(?=\d)|(?<=\d)\p{Pd}(?=\s)|\p{Pd}$/gu;
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
/** Nothing to fold but case: ASCII without separators and hyphens, in words with one space between. */
const ONE_CASE = /^[!#-&*+0-9<-Z^`a-z~]+(?: [!#-&*+0-9<-Z^`a-z~]+)*$/;

/** A name without what nobody sees: invisible characters, outer and doubled spaces. Case is kept. */
export function cleanName(name: string): string {
  if (PLAIN.test(name)) return name;
  return name.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
}

/**
 * Folds how a name is written: case, width, and what separates words. Signs, digits and flags stay:
 * "Test +" and "Test", "10²" and "102", "DE 🇩🇪" and "DE 🇫🇷" are different names.
 */
export function foldName(name: string): string {
  if (ONE_CASE.test(name)) return name.toLowerCase();
  return cleanName(name)
    .replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .toLowerCase()
    .replace(MINUS, '\u2212')
    .replace(SEPARATORS, ' ')
    .trim();
}
