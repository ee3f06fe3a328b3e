import { type PanelState, panelStateSchema } from '../page/panel-state.ts';
import { z } from '../zod.ts';
import { call, id, nothing } from './call.ts';

/** How a frame on a tracker's page becomes its panel, and what is kept of it. */
export const panelCalls = {
  /** Makes a frame the panel of the page: good once, for ten seconds. */
  'panel.ticket': call({ input: nothing, from: ['content'], beforePolicy: true }).returns<{
    readonly ticket: string;
  }>(),
  /** Answers what the panel was doing in the document before. */
  'panel.claim': call({
    input: z.object({ ticket: id }),
    from: ['frame'],
    beforePolicy: true,
  }).returns<{ readonly state: PanelState | null }>(),
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
