import { type PanelState, panelStateSchema } from '../page/panel-state.ts';
import { PRESETS } from '../report/range.ts';
import { daySchema } from '../report/schema.ts';
import { z } from '../zod.ts';
import type { Format } from './blacklist.ts';
import { call, type InputOf, id, nothing } from './call.ts';
import type { ConnectionView, TrackerView } from './connections.ts';
import type { figureCalls, SideFigures } from './figures.ts';
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

/** The page's own figures as the cache has them, and the question that they answer. */
export interface OwnFigures {
  readonly input: InputOf<(typeof figureCalls)['side.figures']>;
  readonly answer: SideFigures;
}

/** Of what the page shows figures. A page may say anything; what is no such thing is null. */
const shownSchema = z.catch(
  z.nullable(
    z.object({
      campaignId: id,
      range: z.nullable(
        z.union([
          z.object({ preset: z.enum(PRESETS) }),
          z.object({ from: daySchema, to: daySchema }),
        ]),
      ),
    }),
  ),
  null,
);

/** How a frame on a tracker's page becomes its panel, and what survives of it. */
export const panelCalls = {
  /** Lets one frame become the page's panel. Valid once, for ten seconds. */
  'panel.ticket': call({ input: nothing, from: ['content'], beforePolicy: true }).returns<{
    readonly ticket: string;
  }>(),
  /**
   * `state`: what the panel was doing in the previous document. `context`: the result of
   * `panel.context`, or null if that failed; the panel then calls it and shows the problem. `figures`:
   * those of what the page shows; null = the panel asks for them.
   */
  'panel.claim': call({
    input: z.object({ ticket: id, shows: shownSchema }),
    from: ['frame'],
    beforePolicy: true,
  }).returns<{
    readonly state: PanelState | null;
    readonly context: PanelContext | null;
    readonly figures: OwnFigures | null;
  }>(),
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
