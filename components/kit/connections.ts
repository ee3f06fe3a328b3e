import { isLocked, type Problem } from '../../lib/errors.ts';

/** Does the problem make every query pointless? While keys are locked, the cache still answers. */
export const blocksQueries = (problem: Problem | null): boolean =>
  problem !== null && !isLocked(problem);

/** The connections that may be summed: the real ones, or the demo ones if there are no others. */
export function realOrDemo<T extends { readonly demo?: boolean | undefined }>(
  all: readonly T[],
): T[] {
  const real = all.filter(({ demo }) => !demo);
  return real.length > 0 ? real : [...all];
}
