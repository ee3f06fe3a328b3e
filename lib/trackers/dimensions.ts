import { CrosstrackError } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import { type Dimension, tokenSlot } from '../report/question.ts';

/** How a tracker names what it can group by. */
export interface Vocabulary<Word> {
  readonly words: { readonly [D in Dimension]?: Word };
  /** Tokens that it knows, from slot 1. */
  readonly tokens: number;
  readonly token: (slot: number) => Word;
  /** Says that a dimension ($1) is unknown. */
  readonly unknown: MessageKey;
}

/**
 * Makes the function that finds a tracker's own word for a dimension.
 * @throws CrosstrackError `unsupported`, from that function, for a dimension that the tracker does not know
 */
export const wordFinder =
  <Word>({ words, tokens, token, unknown }: Vocabulary<Word>) =>
  (dimension: Dimension): Word => {
    const slot = tokenSlot(dimension);
    if (slot !== null && slot >= 1 && slot <= tokens) return token(slot);
    const word = words[dimension];
    if (word !== undefined) return word;
    throw new CrosstrackError({ kind: 'unsupported', text: unknown, values: [dimension] });
  };
