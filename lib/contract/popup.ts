import { PRESETS } from '../report/range.ts';
import { z } from '../zod.ts';
import { call } from './call.ts';
import type { ConnectionView, TrackerView } from './connections.ts';
import type { Stats } from './figures.ts';

/** What the popup is first drawn with. */
export interface PopupStart {
  readonly connections: readonly ConnectionView[];
  readonly trackers: readonly TrackerView[];
  /** As stored, by connection. */
  readonly stats: Readonly<Record<string, Stats>>;
}

export const popupCalls = {
  /** Answers `connections.list`, `trackers.list` and `stats.known` together. */
  'popup.start': call({
    input: z.object({ preset: z.enum(PRESETS) }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<PopupStart>(),
};
