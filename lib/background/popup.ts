import type { popupCalls } from '../contract/popup.ts';
import type { Handlers, HandlersOf } from '../rpc/server.ts';

/** Answers together what the popup would ask one by one. */
export const createPopup = (
  handlers: Pick<Handlers, 'connections.list' | 'trackers.list' | 'stats.known'>,
): HandlersOf<typeof popupCalls> => ({
  'popup.start': async (input, context) => {
    const [connections, trackers, stats] = await Promise.all([
      handlers['connections.list']({}, context),
      handlers['trackers.list']({}, context),
      handlers['stats.known'](input, context),
    ]);
    return { connections, trackers, stats };
  },
});
