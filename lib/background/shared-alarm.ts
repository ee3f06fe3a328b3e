import type { BackgroundDeps } from './deps.ts';

/**
 * Shares the alarm among several that want to be woken: it is set for the earliest, so that nobody
 * puts off anybody else's.
 * @returns makes the `wakeAfter` of one of them; each call of that replaces its own former one
 */
export function createSharedAlarm({
  now,
  wakeAfter,
}: Pick<BackgroundDeps, 'now' | 'wakeAfter'>): () => (ms: number) => void {
  const wanted: number[] = [];
  return () => {
    const mine = wanted.push(Number.POSITIVE_INFINITY) - 1;
    return (ms) => {
      wanted[mine] = now() + ms;
      // What is past has come, or comes with the next start.
      const coming = wanted.filter((at) => at >= now());
      wakeAfter(Math.min(...coming) - now());
    };
  };
}
