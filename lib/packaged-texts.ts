import type { Lookup } from './i18n.ts';

/** The texts of one language, and its code. */
export interface PackagedTexts {
  readonly lookup: Lookup;
  readonly language: string;
}

/** A language's file, as the browser's i18n defines it. */
export type Messages = Readonly<Record<string, { readonly message: string }>>;

/**
 * Reads the texts from the extension's own files, for pages to which the browser gives none. Chromium
 * fetches them once for each process; when the page that asked first is closed meanwhile, every later
 * page of that process gets empty texts.
 *
 * @param read reads a file of the package, by its path from the root; rejects where there is none
 * @param uiLanguage BCP 47 tag of the browser's interface
 * @throws whatever `read` throws for the English file
 */
export async function readPackagedTexts(
  read: (path: string) => Promise<Messages>,
  uiLanguage: string,
): Promise<PackagedTexts> {
  const messagesIn = (language: string) => read(`/_locales/${language}/messages.json`);
  const [language = 'en'] = uiLanguage.split(/[-_]/);
  const messages = await messagesIn(language).catch(() => messagesIn('en'));
  const lookup: Lookup = (key, values = []) =>
    (messages[key]?.message ?? '').replace(/\$(\d)/g, (_, nth) => values[nth - 1] ?? '');
  return { lookup, language: lookup('language') };
}
