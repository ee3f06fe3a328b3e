import { isLocked, type Problem } from '../../lib/errors.ts';

/** Keeps it a connection from being asked at all? While keys are locked, what is cached is still there. */
export const keepsFromAsking = (problem: Problem | null): boolean =>
  problem !== null && !isLocked(problem);

/** The connections that may be counted together: the real ones, or the demo where there is nothing else. */
export function countedTogether<T extends { readonly demo?: boolean | undefined }>(
  all: readonly T[],
): T[] {
  const real = all.filter(({ demo }) => !demo);
  return real.length > 0 ? real : [...all];
}
