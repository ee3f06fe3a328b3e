import type { RuleSettings } from '../blacklist/rule-settings.ts';
import { type Settings, settingsSchema } from '../settings/settings.ts';
import { z } from '../zod.ts';
import { call, nothing } from './call.ts';

/** The settings that hold: the user's, with an administrator's in their place. */
export interface SettingsView extends Settings {
  /** Rules that an administrator has set; what is written of them is left as it was. */
  readonly fixedRules: ReadonlyArray<keyof RuleSettings>;
}

export const settingsCalls = {
  'settings.read': call({
    input: nothing,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<SettingsView>(),
  'settings.write': call({
    input: z.partial(settingsSchema),
    from: ['extension', 'panel'],
  }).returns<SettingsView>(),
};
