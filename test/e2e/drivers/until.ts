import { setTimeout as pause } from 'node:timers/promises';

/** How long an action or an expectation may take, ms. A slow machine gets more by CROSSTRACK_PATIENCE_MS. */
export const PATIENCE_MS = Number(process.env.CROSSTRACK_PATIENCE_MS) || 10_000;
const POLL_MS = 20;

/**
 * Asks `probe` again and again until it answers with something other than undefined or false, and
 * returns that.
 *
 * @param what ends the sentence "Waited 10000 ms for …"; a function is asked at the end, so that it can tell the last state
 * @throws Error after `patience` ms
 */
export async function until<T>(
  what: string | (() => string),
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  patience = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) {
      throw new Error(`Waited ${patience} ms for ${typeof what === 'string' ? what : what()}.`);
    }
    await pause(POLL_MS);
  }
}
