import { createMutex } from '../../mutex.ts';
import type { BackgroundBrowser } from './browser.ts';
import type { Detector } from './detector.ts';

/**
 * What has to happen when connections or the hosts that the browser grants may have changed: the
 * detector goes where it belongs now, and all that is open is told.
 */
export function createFollowHosts(
  { register, reachOpenTabs }: Detector,
  { invalidate }: Pick<BackgroundBrowser, 'invalidate'>,
): () => Promise<void> {
  // One at a time: browsers tell of a removed permission while it is being removed.
  const inTurn = createMutex();
  return () =>
    inTurn(async () => {
      await register();
      await reachOpenTabs();
    }).finally(() => invalidate());
}
