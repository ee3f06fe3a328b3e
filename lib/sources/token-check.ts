import { isMacro } from './macros.ts';

/** Values that stand for "the token was empty" in trackers and in the networks' links. */
const NOTHING =
  /^(|-+|n\/?a|none|null|undefined|unknown|unspecified|\(?not set\)?|\(?empty\)?|нет|неизвестно)$/i;

const PLAIN = /^[a-z0-9][\w.:/-]*$/i;

/**
 * Is a token's value none at all: empty, "Unknown", or a macro that the source did not replace
 * (`{zoneid}`)? Clicks with such a value belong to no placement.
 */
export function isUnfilled(value: string): boolean {
  // Most ids are plain, and lists are long.
  if (PLAIN.test(value)) return NOTHING.test(value);
  const text = value.replace(/[\s\p{Cf}]+/gu, ' ').trim();
  return NOTHING.test(text) || isMacro(text) || isMacro(decoded(text));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What the values of a token look like, if not like placements. */
export type TokenOddity = 'clickIds' | 'types';

/** Fewer clicks say nothing about a token. */
const ENOUGH_CLICKS = 200;
/** Values per click from which a token holds an id of the click. */
const VALUES_PER_CLICK = 0.9;
/** Most values of a token that holds a type. */
const MOST_TYPES = 3;

/**
 * A token with almost one value per click holds a click id, and one with three values a type.
 * null = nothing odd, or too few clicks to tell.
 *
 * @param values different values, without those that are none
 * @param clicks clicks that have one
 */
export function oddityOf({
  values,
  clicks,
}: {
  readonly values: number;
  readonly clicks: number;
}): TokenOddity | null {
  if (clicks < ENOUGH_CLICKS) return null;
  if (values >= VALUES_PER_CLICK * clicks) return 'clickIds';
  return values <= MOST_TYPES ? 'types' : null;
}
