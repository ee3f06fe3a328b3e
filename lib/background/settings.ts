import { type RuleSettings, ruleSettingsSchema } from '../blacklist/rule-settings.ts';
import { type Rate, withoutRate, withRate } from '../compare/rates.ts';
import type {
  ownSourceCalls,
  rateCalls,
  SettingsView,
  settingsCalls,
} from '../contract/settings.ts';
import { createMutex } from '../mutex.ts';
import type { HandlersOf } from '../rpc/server.ts';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../settings/settings.ts';
import { type OwnSource, withSource } from '../sources/own-sources.ts';
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
  readonly calls: HandlersOf<typeof settingsCalls & typeof rateCalls & typeof ownSourceCalls>;
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
  const inTurn = createMutex();
  const put = async (changed: object): Promise<void> => {
    await (await database()).put(STORE, settingsSchema.parse(changed), NAME);
  };
  const changeRates = (change: (rates: readonly Rate[]) => Rate[]): Promise<Rate[]> =>
    inTurn(async () => {
      const own = await stored();
      const rates = change(own.rates);
      await put({ ...own, rates });
      return rates;
    });
  const changeSources = (
    change: (sources: readonly OwnSource[]) => OwnSource[],
  ): Promise<OwnSource[]> =>
    inTurn(async () => {
      const own = await stored();
      const ownSources = change(own.ownSources);
      await put({ ...own, ownSources });
      return ownSources;
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
      'settings.write': (patch) =>
        inTurn(async () => {
          const own = await stored();
          const kept = (await fixedRules()).map((rule) => [rule, own.rules[rule]]);
          const rules = { ...(patch.rules ?? own.rules), ...Object.fromEntries(kept) };
          await put({ ...own, ...patch, rules });
          return view();
        }),
      'rates.list': async () => (await stored()).rates,
      'rates.set': (rate) => changeRates((rates) => withRate(rates, rate)),
      'rates.remove': (pair) => changeRates((rates) => withoutRate(rates, pair)),
      'ownSources.list': async () => (await stored()).ownSources,
      'ownSources.save': (source) => changeSources((sources) => withSource(sources, source)),
      'ownSources.remove': ({ id }) =>
        changeSources((sources) => sources.filter((one) => one.id !== id)),
    },
  };
}
