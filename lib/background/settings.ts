import type { settingsCalls } from '../contract/settings.ts';
import type { HandlersOf } from '../rpc/server.ts';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../settings/settings.ts';
import type { OpenDatabase } from '../store/database.ts';

export interface SettingsStore {
  read(): Promise<Settings>;
  readonly calls: HandlersOf<typeof settingsCalls>;
}

export function createSettings(
  database: OpenDatabase,
  /** Puts an administrator's rules in place of the user's. */
  govern: (own: Settings['rules']) => Promise<Settings['rules']> = async (own) => own,
): SettingsStore {
  const stored = async (): Promise<Settings> => {
    const record = await (await database()).get('settings', 'settings');
    const parsed = settingsSchema.safeParse({ ...DEFAULT_SETTINGS, ...Object(record) });
    return parsed.success ? parsed.data : DEFAULT_SETTINGS;
  };
  const read = async (): Promise<Settings> => {
    const own = await stored();
    return { ...own, rules: await govern(own.rules) };
  };
  return {
    read,
    calls: {
      'settings.read': read,
      'settings.write': async (patch) => {
        const changed = settingsSchema.parse({ ...(await stored()), ...patch });
        await (await database()).put('settings', changed, 'settings');
        return read();
      },
    },
  };
}
