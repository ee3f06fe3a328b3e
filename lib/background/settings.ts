import { DEFAULT_RULES } from '../blacklist/score.ts';
import { ruleSettingsSchema } from '../rpc/calls.ts';
import type { Settings } from '../rpc/results.ts';
import type { Handlers } from '../rpc/server.ts';
import type { Database } from '../store/database.ts';
import { z } from '../zod.ts';

const settingsSchema = z.object({
  rules: ruleSettingsSchema,
  panelDock: z.enum(['right', 'left', 'bottom', 'float']),
  panelTab: z.string(),
  format: z.string(),
});

const DEFAULTS: Settings = {
  rules: DEFAULT_RULES,
  panelDock: 'right',
  panelTab: 'elsewhere',
  format: 'propellerads',
};

export interface SettingsStore {
  read(): Promise<Settings>;
  readonly calls: Pick<Handlers, 'settings.read' | 'settings.write'>;
}

export function createSettings(database: Promise<Database>): SettingsStore {
  const read = async (): Promise<Settings> => {
    const stored = await (await database).get('settings', 'settings');
    const parsed = settingsSchema.safeParse({ ...DEFAULTS, ...Object(stored) });
    return parsed.success ? parsed.data : DEFAULTS;
  };
  return {
    read,
    calls: {
      'settings.read': read,
      'settings.write': async (patch) => {
        const changed = settingsSchema.parse({ ...(await read()), ...patch });
        await (await database).put('settings', changed, 'settings');
        return changed;
      },
    },
  };
}
