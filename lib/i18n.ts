import type en from '../public/_locales/en/messages.json';

/** Looks up a text by its key; `i18n.getMessage` in the extension. */
export type Lookup = (key: string, values?: string[]) => string;

let lookup: Lookup = (key) => key;
let language = 'en';
/** Texts without values that were looked up: a table asks for the same few again and again. */
const known = new Map<MessageKey, string>();

/** Sets the lookup; call once per entrypoint, or in tests with their own texts. */
export function provideMessages(messages: Lookup, locale: string): void {
  lookup = messages;
  known.clear();
  language = locale;
}

/** Keys of all texts, from the English file. */
export type MessageKey = keyof typeof en;

/** The text of a key, with `$1`, `$2` … filled in. A key without a text is returned itself. */
export function t(key: MessageKey, ...values: Array<string | number>): string {
  if (values.length > 0) return lookup(key, values.map(String)) || key;
  const text = known.get(key) ?? lookup(key, []);
  if (text === '') return key;
  known.set(key, text);
  return text;
}

/** BCP 47 tag for `Intl` and `lang` attributes. */
export function locale(): string {
  return language;
}
