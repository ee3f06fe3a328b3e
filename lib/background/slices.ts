import type { Steps } from '../compare/steps.ts';

/** How long the background works before it answers others (ms). */
const SLICE_MS = 10;

export interface Clock {
  /** Epoch ms. */
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * Does long work in slices, so that other calls are answered in between.
 * @throws the signal's reason once it has fired
 */
export async function inSlices<T>(
  steps: Steps<T>,
  { now, sleep }: Clock,
  signal: AbortSignal,
): Promise<T> {
  let began = now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (Math.abs(now() - began) < SLICE_MS) continue;
    await sleep(0, signal);
    signal.throwIfAborted();
    began = now();
  }
}
