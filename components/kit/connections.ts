import type { Answer } from '../../lib/cache/report-cache.ts';
import { isLocked, type Problem } from '../../lib/errors.ts';
import type { Asked } from './query.ts';

/** Does the problem make every query pointless? While keys are locked, the cache still answers. */
export const blocksQueries = (problem: Problem | null): boolean =>
  problem !== null && !isLocked(problem);

/**
 * Has every connection answered, or is there nothing to wait for? Until then a table keeps a plain order: rows
 * that changed places with each answer would slip away under the pointer.
 */
export const haveAllAnswered = (
  asked: ReadonlyArray<
    Asked<Answer> & { readonly connection: { readonly problem: Problem | null } }
  >,
): boolean =>
  asked.every(
    ({ connection, value, problem, busy }) =>
      blocksQueries(connection.problem) || value?.report || problem || !busy,
  );

/** The connections that may be summed: the real ones, or the demo ones if there are no others. */
export function realOrDemo<T extends { readonly demo?: boolean | undefined }>(
  all: readonly T[],
): T[] {
  const real = all.filter(({ demo }) => !demo);
  return real.length > 0 ? real : [...all];
}
