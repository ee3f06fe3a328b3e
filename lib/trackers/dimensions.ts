import { CrosstrackError } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import { type Dimension, tokenSlot } from '../report/question.ts';

/** A tracker's names of dimensions. */
export interface Vocabulary<Word> {
  readonly words: { readonly [D in Dimension]?: Word };
  /** Number of tokens, from slot 1. */
  readonly tokens: number;
  readonly token: (slot: number) => Word;
  /** Message key for an unknown dimension ($1). */
  readonly unknown: MessageKey;
}

/**
 * Creates a function that returns a tracker's own name of a dimension and throws CrosstrackError
 * `unsupported` if there is none.
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
