import { effect, signal } from '@preact/signals';
import { type WatchSight, watchFramed } from '../../lib/page/sight.ts';
import type { PanelLink } from './panel-link.ts';

/**
 * Follows a button from within the frame and, through the detector, from the
 * page. A press counts only when both have seen it for long enough, so the
 * button waits for both.
 */
export function watchBoth(link: Pick<PanelLink, 'send' | 'seen'>): WatchSight {
  let watched = 0;
  return (control, onSteady) => {
    const id = ++watched;
    const inFrame = signal(false);
    const watch = watchFramed((at) => link.send({ kind: 'watch', id, at }));
    const { steady, stop } = watch(control, () => {
      inFrame.value = true;
    });
    const stopWaiting = effect(() => {
      if (inFrame.value && link.seen.value.has(id)) onSteady();
    });
    return {
      steady,
      stop() {
        stopWaiting();
        stop();
      },
    };
  };
}
