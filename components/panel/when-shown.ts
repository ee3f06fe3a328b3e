import { effect, type ReadonlySignal } from '@preact/signals';
import type { OpenClient } from '../../lib/rpc/client.ts';

/**
 * A client whose questions to trackers wait until the panel is shown. Loaded
 * under the pointer it takes what is cached, and asks nobody for more until
 * somebody looks at it.
 */
export function whenShown(client: OpenClient, shown: ReadonlySignal<boolean>): OpenClient {
  const waits = Promise.withResolvers<void>();
  const stop = effect(() => {
    if (shown.value) waits.resolve();
  });
  void waits.promise.then(stop);
  return {
    ...client,
    async call(name, input, signal) {
      const { fresh }: { fresh?: unknown } = Object(input);
      if (fresh === true && !shown.peek()) {
        signal?.throwIfAborted();
        const given = Promise.withResolvers<never>();
        const giveUp = () => given.reject(signal?.reason);
        signal?.addEventListener('abort', giveUp, { once: true });
        await Promise.race([waits.promise, given.promise]);
        signal?.removeEventListener('abort', giveUp);
      }
      return client.call(name, input, signal);
    },
  };
}
