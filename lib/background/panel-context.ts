import type { PanelContext } from '../contract/panel.ts';
import { formatsWith } from '../sources/own-sources.ts';
import type { Views } from './connections/view.ts';
import type { SettingsStore } from './settings.ts';

/** Collects what a connection's panel needs before its first call. */
export type ReadPanelContext = (own: string) => Promise<PanelContext>;

export const createPanelContext =
  (views: Pick<Views, 'forPage' | 'trackers'>, settings: SettingsStore): ReadPanelContext =>
  async (own) => {
    const [connections, trackers, chosen] = await Promise.all([
      views.forPage(),
      views.trackers(),
      settings.view(),
    ]);
    return {
      own,
      connections,
      trackers,
      settings: chosen,
      formats: formatsWith(chosen.ownSources).map(({ id, name }) => ({ id, name })),
    };
  };
