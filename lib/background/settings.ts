import { type Thresholds, thresholdsSchema } from '../blacklist/rule-settings.ts';
import { withoutRate, withRate } from '../compare/rates.ts';
import type {
  limitCalls,
  ownSourceCalls,
  protectedCalls,
  rateCalls,
  SettingsView,
  settingsCalls,
} from '../contract/settings.ts';
import { createMutex } from '../mutex.ts';
import type { HandlersOf } from '../rpc/server.ts';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../settings/settings.ts';
import { withSource } from '../sources/own-sources.ts';
import { withProtected } from '../sources/protected-ids.ts';
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
  readonly calls: HandlersOf<
    typeof settingsCalls &
      typeof rateCalls &
      typeof limitCalls &
      typeof ownSourceCalls &
      typeof protectedCalls
  >;
}

const STORE = 'settings';
const NAME = 'settings';
const RULES = z.keyof(thresholdsSchema).options;

export function createSettings(
  database: OpenDatabase,
  /** Rules that an administrator fixes. */
  fixed: () => Promise<Partial<Thresholds>>,
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
  /** Changes one list of the settings, and tells what it is then. */
  const changeList = <K extends 'rates' | 'ownSources' | 'protectedIds'>(
    list: K,
    change: (all: Settings[K]) => Settings[K],
  ): Promise<Settings[K]> =>
    inTurn(async () => {
      const own = await stored();
      const changed = change(own[list]);
      await put({ ...own, [list]: changed });
      return changed;
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
      'rates.set': (rate) => changeList('rates', (rates) => withRate(rates, rate)),
      'rates.remove': (pair) => changeList('rates', (rates) => withoutRate(rates, pair)),
      'limits.read': async () => (await stored()).gapLimits ?? null,
      'limits.write': ({ limits }) =>
        inTurn(async () => {
          const { gapLimits: _, ...own } = await stored();
          await put(limits ? { ...own, gapLimits: limits } : own);
          return limits;
        }),
      'ownSources.list': async () => (await stored()).ownSources,
      'ownSources.save': (source) =>
        changeList('ownSources', (sources) => withSource(sources, source)),
      'ownSources.remove': ({ id }) =>
        changeList('ownSources', (sources) => sources.filter((one) => one.id !== id)),
      'protected.list': async () => (await stored()).protectedIds,
      'protected.set': ({ on, ...one }) =>
        changeList('protectedIds', (all) => withProtected(all, one, on)),
    },
  };
}
