/** Made by the build from `public/_locales`; see `wxt.config.ts`. */
declare module 'virtual:crosstrack-texts' {
  /** Keys of all texts, in one order. */
  export const keys: readonly string[];
  /** Texts of each language, in the order of the keys. */
  export const texts: Readonly<Record<'en' | 'ru', readonly string[]>>;
}
