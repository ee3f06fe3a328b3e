import { isAbort, type ProblemKind, problemOf } from '../errors.ts';

/** Failures after which further requests are pointless. */
const DECISIVE: ReadonlySet<ProblemKind> = new Set(['network', 'timeout', 'rate']);

/**
 * Sends a request that only some versions, plans or keys are answered. A refusal of it says nothing
 * about the connection.
 * @returns null when the tracker does not say
 * @throws CrosstrackError when it cannot be reached or limits the rate
 */
export async function unlessRefused<T>(send: () => Promise<T>): Promise<T | null> {
  try {
    return await send();
  } catch (error) {
    if (isAbort(error) || DECISIVE.has(problemOf(error).kind)) throw error;
    return null;
  }
}
