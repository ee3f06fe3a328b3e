import { effect, type ReadonlySignal } from '@preact/signals';
import type { OpenClient } from '../../lib/rpc/client.ts';

/**
 * Holds back the calls that reach a tracker until the panel is shown. A panel
 * preloaded on hover draws from the cache alone.
 */
export function deferUntilShown(client: OpenClient, shown: ReadonlySignal<boolean>): OpenClient {
  const opened = Promise.withResolvers<void>();
  const stop = effect(() => {
    if (shown.value) opened.resolve();
  });
  void opened.promise.then(stop);
  return {
    ...client,
    async call(name, input, signal) {
      const { fresh }: { fresh?: unknown } = Object(input);
      if (fresh === true && !shown.peek()) {
        signal?.throwIfAborted();
        const aborted = Promise.withResolvers<never>();
        const abort = () => aborted.reject(signal?.reason);
        signal?.addEventListener('abort', abort, { once: true });
        await Promise.race([opened.promise, aborted.promise]);
        signal?.removeEventListener('abort', abort);
      }
      return client.call(name, input, signal);
    },
  };
}
