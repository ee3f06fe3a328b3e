import { effect, signal } from '@preact/signals';
import { type WatchSight, watchFramed } from '../../lib/page/sight.ts';
import type { PanelLink } from './panel-link.ts';

/**
 * Watches a button from inside the frame and, through the detector, from the
 * page. The button is armed once both have seen it in plain view for long
 * enough.
 */
export function panelSight(link: Pick<PanelLink, 'send' | 'seen'>): WatchSight {
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
