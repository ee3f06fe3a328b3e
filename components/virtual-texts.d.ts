/** Made by the build from `public/_locales`; see `wxt.config.ts`. */
declare module 'virtual:crosstrack-texts' {
  /** Texts of each language: lines of key, tab and text, deflated (RFC 1951), base64. */
  export const packed: Readonly<Record<'en' | 'ru', string>>;
}
