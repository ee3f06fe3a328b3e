import type { PanelContext } from '../contract/panel.ts';
import type { Context } from '../rpc/server.ts';
import { formats } from '../sources/formats.ts';
import type { ConnectionHandlers } from './connections.ts';
import type { SettingsStore } from './settings.ts';

/** What the panel of a connection's page needs before it can ask anything. */
export type ReadPanelContext = (own: string, context: Context) => Promise<PanelContext>;

export const createPanelContext =
  (connections: ConnectionHandlers, settings: SettingsStore): ReadPanelContext =>
  async (own, context) => {
    const [seen, trackers, chosen] = await Promise.all([
      connections.forPage(),
      connections.calls['trackers.list']({}, context),
      settings.view(),
    ]);
    return {
      own,
      connections: seen,
      trackers,
      settings: chosen,
      formats: formats.map(({ id, name }) => ({ id, name })),
    };
  };
