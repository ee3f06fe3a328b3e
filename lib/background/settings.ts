import { type RuleSettings, ruleSettingsSchema } from '../blacklist/rule-settings.ts';
import type { SettingsView, settingsCalls } from '../contract/settings.ts';
import type { HandlersOf } from '../rpc/server.ts';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../settings/settings.ts';
import type { OpenDatabase, Transaction } from '../store/database.ts';
import type { SettingsFile } from '../transfer/file.ts';
import { z } from '../zod.ts';

export interface SettingsStore {
  /** The effective settings. */
  read(): Promise<Settings>;
  /** The effective settings, and which rules are fixed. */
  view(): Promise<SettingsView>;
  /** Replaces the stored settings, within a transaction over the store `settings`. */
  addIn(transaction: Transaction, some: SettingsFile['settings']): Promise<void>;
  readonly calls: HandlersOf<typeof settingsCalls>;
}

const STORE = 'settings';
const NAME = 'settings';
const RULES = z.keyof(ruleSettingsSchema).options;

export function createSettings(
  database: OpenDatabase,
  /** Rules that an administrator fixes. */
  fixed: () => Promise<Partial<RuleSettings>>,
): SettingsStore {
  const stored = async (): Promise<Settings> => {
    const record = await (await database()).get(STORE, NAME);
    const parsed = settingsSchema.safeParse({ ...DEFAULT_SETTINGS, ...Object(record) });
    return parsed.success ? parsed.data : DEFAULT_SETTINGS;
  };
  const read = async (): Promise<Settings> => {
    const own = await stored();
    return { ...own, rules: { ...own.rules, ...(await fixed()) } };
  };
  const fixedRules = async () => {
    const theirs = await fixed();
    return RULES.filter((rule) => Object.hasOwn(theirs, rule));
  };
  const view = async (): Promise<SettingsView> => ({
    ...(await read()),
    fixedRules: await fixedRules(),
  });
  return {
    read,
    view,
    async addIn(transaction, some) {
      const store = transaction.objectStore(STORE);
      await store.put({ ...Object(await store.get(NAME)), ...some }, NAME);
    },
    calls: {
      'settings.read': view,
      'settings.write': async (patch) => {
        const own = await stored();
        const kept = (await fixedRules()).map((rule) => [rule, own.rules[rule]]);
        const rules = { ...(patch.rules ?? own.rules), ...Object.fromEntries(kept) };
        const changed = settingsSchema.parse({ ...own, ...patch, rules });
        await (await database()).put(STORE, changed, NAME);
        return view();
      },
    },
  };
}
