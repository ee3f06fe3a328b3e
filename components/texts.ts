import { packed } from 'virtual:crosstrack-texts';
import { provideMessages } from '../lib/i18n.ts';

async function linesOf({ letters, deflated }: (typeof packed)['keys']): Promise<string[]> {
  const bytes = Uint8Array.from(atob(deflated), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const alphabet = [...letters];
  const places = await new Response(inflated).bytes();
  return Array.from(places, (place) => alphabet[place])
    .join('')
    .split('\n');
}

/**
 * Provides the texts of `public/_locales` in the user's language, which the
 * build puts here: as the browser's own messages they would take four times the
 * room, a seventh of what the whole extension may take.
 *
 * @param language of the browser's UI, BCP 47 ("ru-RU")
 * @returns tag of the language that the texts are in
 */
export async function provideTexts(language: string): Promise<string> {
  const tag = language.toLowerCase().startsWith('ru') ? 'ru' : 'en';
  const [keys, texts] = await Promise.all([linesOf(packed.keys), linesOf(packed[tag])]);
  const known = new Map(keys.map((key, at) => [key, texts[at]]));
  provideMessages((key, values = []) => {
    const text = known.get(key) ?? '';
    return text.replace(/\$(\d)/g, (_, place) => values[Number(place) - 1] ?? '');
  }, tag);
  return tag;
}
