import { DEFAULT_THRESHOLDS } from '../blacklist/default-rules.ts';
import { thresholdsSchema } from '../blacklist/rule-settings.ts';
import { gapLimitsSchema } from '../compare/limit-schema.ts';
import { rateSchema } from '../compare/rate-schema.ts';
import { pairSchema } from '../page/panel-state.ts';
import { PANEL_THEMES } from '../page/panel-themes.ts';
import { DOCKS } from '../page/protocol.ts';
import { ownSourcesSchema } from '../sources/own-source-schema.ts';
import { protectedIdsSchema } from '../sources/protected-id-schema.ts';
import { z } from '../zod.ts';
import { CHART_METRICS, DEFAULT_CHART } from './chart.ts';
import { columnWidthsSchema, compareColumnsSchema } from './compare-column-schema.ts';
import { savedViewsSchema } from './saved-views.ts';

const id = z.string().check(z.minLength(1), z.maxLength(200));

/** The user's settings, shared by all surfaces. */
export const settingsSchema = z.object({
  rules: thresholdsSchema,
  panelDock: z.enum(DOCKS),
  /** Top left corner of the floating panel, in CSS px of the viewport. */
  panelAt: z.optional(pairSchema),
  /** Width and height that the panel was dragged to, in CSS px; 0 = the default. */
  panelSize: z.optional(pairSchema),
  /** The panel's theme: the page's, or a fixed one. */
  panelTheme: z.enum(PANEL_THEMES),
  panelTab: id,
  /** The comparison's columns, as last chosen. */
  compareColumns: z.optional(compareColumnsSchema),
  columnWidths: z.optional(columnWidthsSchema),
  /** Views of the comparison that the user has named. */
  savedViews: z.optional(savedViewsSchema),
  /** Id of the blacklist format last used. */
  format: id,
  chart: z.object({ open: z.boolean(), metric: z.enum(CHART_METRICS) }),
  /** Exchange rates that the user entered, at most one for two currencies. */
  rates: z.array(rateSchema).check(z.maxLength(200)),
  /** From which size gaps are amber and red; absent = the usual limits. */
  gapLimits: z.optional(gapLimitsSchema),
  /** Traffic sources that the user described. */
  ownSources: ownSourcesSchema,
  /** Placements that are never exported. */
  protectedIds: protectedIdsSchema,
});
export type Settings = Readonly<z.infer<typeof settingsSchema>>;

export const DEFAULT_SETTINGS: Settings = {
  rules: DEFAULT_THRESHOLDS,
  panelDock: 'right',
  panelTheme: 'page',
  panelTab: 'compare',
  format: 'propellerads',
  chart: DEFAULT_CHART,
  rates: [],
  ownSources: [],
  protectedIds: [],
};
