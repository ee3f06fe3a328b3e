/** Shorter passphrases are guessed from a stolen file, however many rounds. */
export const LEAST_CHARACTERS = 10;
