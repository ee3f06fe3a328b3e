import { createMutex } from '../../mutex.ts';
import type { BackgroundBrowser } from './browser.ts';
import type { Detector } from './detector.ts';

/**
 * Call when connections or granted hosts may have changed: re-registers the detector and notifies
 * open surfaces.
 */
export function createFollowHosts(
  { register, reachOpenTabs }: Detector,
  { invalidate }: Pick<BackgroundBrowser, 'invalidate'>,
): () => Promise<void> {
  // One at a time: browsers report a removed permission while they are removing it.
  const inTurn = createMutex();
  return () =>
    inTurn(async () => {
      await register();
      await reachOpenTabs();
    }).finally(() => invalidate());
}
