import { CrosstrackError } from '../../errors.ts';
import type { TrackerClient } from '../adapter.ts';

/** The words that a report is asked in. Versions 9 to 11 know the old ones, newer versions the current ones. */
export type Vocabulary = 'current' | 'old';

/** Key in `client.memory`. */
const KEY = 'report';

/** The vocabulary that this tracker has been seen to understand; null = not known yet. */
export function vocabularyOf({ memory }: TrackerClient): Vocabulary | null {
  const known = memory.get(KEY);
  return known === 'current' || known === 'old' ? known : null;
}

export const rememberVocabulary = ({ memory }: TrackerClient, vocabulary: Vocabulary): void => {
  memory.set(KEY, vocabulary);
};

/** Statuses of a validation refusal: 400 or 406 in most versions, 422 in newer ones. */
const VALIDATION: ReadonlySet<number> = new Set([400, 406, 422]);

/** Did the tracker refuse the request for a word that it does not know? */
export const isValidation = (error: unknown): boolean =>
  error instanceof CrosstrackError && VALIDATION.has(error.problem.status ?? 0);
