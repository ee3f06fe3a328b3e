import { ruleSettingsSchema } from '../blacklist/rule-settings.ts';
import { DEFAULT_RULES } from '../blacklist/score.ts';
import { pairSchema } from '../page/panel-state.ts';
import { PANEL_THEMES } from '../page/panel-themes.ts';
import { DOCKS } from '../page/protocol.ts';
import { z } from '../zod.ts';

const id = z.string().check(z.minLength(1), z.maxLength(200));

/** What the user has chosen; the same on every surface. */
export const settingsSchema = z.object({
  rules: ruleSettingsSchema,
  panelDock: z.enum(DOCKS),
  /** Where the floating panel was left, in CSS px from the viewport's left and top. */
  panelAt: z.optional(pairSchema),
  /** Width and height that the panel was dragged to, in CSS px; 0 = the usual one. */
  panelSize: z.optional(pairSchema),
  /** Its light or dark: the page's, or always the same. */
  panelTheme: z.enum(PANEL_THEMES),
  panelTab: id,
  /** Id of the blacklist format last used. */
  format: id,
});
export type Settings = Readonly<z.infer<typeof settingsSchema>>;

export const DEFAULT_SETTINGS: Settings = {
  rules: DEFAULT_RULES,
  panelDock: 'right',
  panelTheme: 'page',
  panelTab: 'compare',
  format: 'propellerads',
};
