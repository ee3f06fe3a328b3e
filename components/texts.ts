import { keys, texts } from 'virtual:crosstrack-texts';
import { provideMessages } from '../lib/i18n.ts';

/**
 * Provides the texts of `public/_locales` in the user's language, which the
 * build puts here: in the package they would take twice the room as the
 * browser's own messages, each language repeating every key.
 *
 * @param language of the browser's UI, BCP 47 ("ru-RU")
 * @returns tag of the language that the texts are in
 */
export function provideTexts(language: string): string {
  const tag = language.toLowerCase().startsWith('ru') ? 'ru' : 'en';
  const index = new Map(keys.map((key, at) => [key, at]));
  provideMessages((key, values = []) => {
    const text = texts[tag][index.get(key) ?? -1] ?? '';
    return text.replace(/\$(\d)/g, (_, place) => values[Number(place) - 1] ?? '');
  }, tag);
  return tag;
}
