import type { RuleSettings } from '../blacklist/rule-settings.ts';
import { type Settings, settingsSchema } from '../settings/settings.ts';
import { z } from '../zod.ts';
import { call, nothing } from './call.ts';

/** The effective settings: the user's, overridden by the administrator's. */
export interface SettingsView extends Settings {
  /** Rules fixed by an administrator; writing them has no effect. */
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
