/** Made by the build from `public/_locales`; see `wxt.config.ts`. */
declare module 'virtual:crosstrack-texts' {
  /** Lines of text: places in `letters` as bytes, deflated (RFC 1951), base64. */
  interface Packed {
    readonly letters: string;
    readonly deflated: string;
  }
  /** The keys, and the texts of each language in the order of the keys. */
  export const packed: Readonly<Record<'keys' | 'en' | 'ru', Packed>>;
}
