import { DEFAULT_RULES } from '../blacklist/score.ts';
import { pairSchema } from '../page/panel-state.ts';
import { PANEL_THEMES } from '../page/panel-themes.ts';
import { DOCKS } from '../page/protocol.ts';
import { ruleSettingsSchema } from '../rpc/calls.ts';
import type { Settings } from '../rpc/results.ts';
import type { Handlers } from '../rpc/server.ts';
import type { OpenDatabase } from '../store/database.ts';
import { z } from '../zod.ts';

const settingsSchema = z.object({
  rules: ruleSettingsSchema,
  panelDock: z.enum(DOCKS),
  panelAt: z.optional(pairSchema),
  panelSize: z.optional(pairSchema),
  panelTheme: z.enum(PANEL_THEMES),
  panelTab: z.string(),
  format: z.string(),
});

const DEFAULTS: Settings = {
  rules: DEFAULT_RULES,
  panelDock: 'right',
  panelTheme: 'page',
  panelTab: 'elsewhere',
  format: 'propellerads',
};

export interface SettingsStore {
  read(): Promise<Settings>;
  readonly calls: Pick<Handlers, 'settings.read' | 'settings.write'>;
}

export function createSettings(
  database: OpenDatabase,
  /** Puts an administrator's rules in place of the user's. */
  govern: (own: Settings['rules']) => Promise<Settings['rules']> = async (own) => own,
): SettingsStore {
  const stored = async (): Promise<Settings> => {
    const record = await (await database()).get('settings', 'settings');
    const parsed = settingsSchema.safeParse({ ...DEFAULTS, ...Object(record) });
    return parsed.success ? parsed.data : DEFAULTS;
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
