import type en from '../public/_locales/en/messages.json';

/** Looks a text up by key; the browser's own `i18n.getMessage` in the extension. */
export type Lookup = (key: string, values?: string[]) => string;

let lookup: Lookup = (key) => key;
let language = 'en';

/** Called once by each entrypoint, and by tests with their own texts. */
export function provideMessages(messages: Lookup, locale: string): void {
  lookup = messages;
  language = locale;
}

/** Every text there is, by the English file. */
export type MessageKey = keyof typeof en;

/** The text of a key with `$1`, `$2` … filled in. A key without a text shows itself. */
export function t(key: MessageKey, ...values: Array<string | number>): string {
  return lookup(key, values.map(String)) || key;
}

/** BCP 47 tag for `Intl` and `lang` attributes. */
export function locale(): string {
  return language;
}
