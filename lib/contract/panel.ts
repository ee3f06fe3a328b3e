import { type PanelState, panelStateSchema } from '../page/panel-state.ts';
import { z } from '../zod.ts';
import type { Format } from './blacklist.ts';
import { call, id, nothing } from './call.ts';
import type { ConnectionView, TrackerView } from './connections.ts';
import type { SettingsView } from './settings.ts';

/** What the panel needs before its first call. */
export interface PanelContext {
  /** The connection whose page this is. */
  readonly own: string;
  readonly connections: readonly ConnectionView[];
  readonly trackers: readonly TrackerView[];
  readonly settings: SettingsView;
  /** Blacklist formats to choose from. */
  readonly formats: readonly Format[];
}

/** How a frame on a tracker's page becomes its panel, and what survives of it. */
export const panelCalls = {
  /** Lets one frame become the page's panel. Valid once, for ten seconds. */
  'panel.ticket': call({ input: nothing, from: ['content'], beforePolicy: true }).returns<{
    readonly ticket: string;
  }>(),
  /**
   * `state`: what the panel was doing in the previous document. `context`: the result of
   * `panel.context`, or null if that failed; the panel then calls it and shows the problem.
   */
  'panel.claim': call({
    input: z.object({ ticket: id }),
    from: ['frame'],
    beforePolicy: true,
  }).returns<{ readonly state: PanelState | null; readonly context: PanelContext | null }>(),
  'panel.context': call({
    input: nothing,
    from: ['panel'],
    beforePolicy: true,
  }).returns<PanelContext>(),
  'panel.shown': call({
    input: z.object({ shown: z.boolean() }),
    from: ['content'],
    beforePolicy: true,
  }).returns<null>(),
  'panel.keep': call({
    input: z.object({ state: panelStateSchema }),
    from: ['panel'],
    beforePolicy: true,
  }).returns<null>(),
};
