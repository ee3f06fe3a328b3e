/** Shortest passphrase, in characters. Shorter ones can be guessed from a stolen file. */
export const LEAST_CHARACTERS = 10;
