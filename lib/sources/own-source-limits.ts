/** Characters that an id may have beside letters and digits; none that separates ids, or is a wildcard. */
export const SIGNS = /^[-_.:/~|@#%&+=!$^]*$/;
/** Longest name, in UTF-16 code units. */
export const LONGEST_NAME = 60;
/** Longest id, in characters. */
export const LONGEST = 300;
