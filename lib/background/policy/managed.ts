import type { Connection } from '../../connections/connection.ts';
import { CrosstrackError } from '../../errors.ts';
import type { MessageKey } from '../../i18n.ts';
import type { Feature } from '../../managed/feature.ts';
import { type Policy, type PolicyProblem, type Preset, parsePolicy } from '../../managed/policy.ts';
import type { OpenDatabase } from '../../store/database.ts';
import { z } from '../../zod.ts';
import { accountOf } from '../connections/account.ts';

/** The part of `browser.storage.managed` that is needed. Rejects where there is no policy. */
export interface ManagedArea {
  get(): Promise<unknown>;
}

/** Presets by account, and those that could not be applied. */
export interface Applied {
  readonly presets: ReadonlyMap<string, Preset>;
  readonly problems: readonly PolicyProblem[];
}

/**
 * Key of the last policy in the store `policy`. Chromium takes seconds after its start to deliver
 * the policy. Until then read-only calls go by the stored one; all others wait.
 */
const LAST = 'last';
const storedSchema = z.object({ raw: z.unknown(), accounts: z.array(z.string()) });
type StoredPolicy = z.infer<typeof storedSchema>;

/** The administrator's policy, as the rest of the background queries it. */
export interface Managed {
  /**
   * @param text message key of the refusal
   * @throws CrosstrackError `unsupported` when the feature is forbidden
   */
  allow(feature: Feature, text?: MessageKey): Promise<void>;
  forbids(feature: Feature): Promise<boolean>;
  /** Is a connection preset by the administrator? */
  manages(connection: Connection): boolean;
  /** The preset of a connection; null = none, or the policy has not been read yet. */
  presetOf(connection: Connection): Preset | null;
  /** Rules that override the user's. */
  thresholds(): Promise<Policy['thresholds']>;
}

/** The policy as `apply.ts` needs it. */
export interface PolicyReader extends Managed {
  /** The policy as known now: as delivered, else as stored. */
  current(): { readonly policy: Policy; readonly problems: readonly PolicyProblem[] };
  whenLoaded(): Promise<unknown>;
  /** Resolves with the policy as delivered by the browser. */
  whenRead(): Promise<Policy>;
  /** Requests the policy again; if that fails, the former one stays. */
  reread(): void;
  /** Takes the result of applying the policy; true = it differs from the stored policy. */
  take(applied: Applied): Promise<boolean>;
  /** Stores it for the next start. */
  store(): Promise<void>;
}

export function createPolicyReader(area: ManagedArea, database: OpenDatabase): PolicyReader {
  /** As delivered by the browser. */
  let raw: Promise<unknown> | null = null;
  /** The stored policy until the browser has delivered the current one. */
  let seen: Policy = parsePolicy({});
  let accounts: ReadonlySet<string> = new Set();
  let stored: Promise<StoredPolicy> | null = null;
  let applied: Applied | null = null;

  const load = async (): Promise<StoredPolicy> => {
    const record = await (await database()).get('policy', LAST).catch(() => {});
    const last = storedSchema.safeParse(record).data ?? { raw: {}, accounts: [] };
    seen = parsePolicy(last.raw);
    accounts = new Set(last.accounts);
    return last;
  };
  const whenLoaded = (): Promise<StoredPolicy> => {
    if (stored) return stored;
    const loading = load();
    stored = loading;
    // If the database could not be opened, the next call retries.
    loading.catch(() => {
      if (stored === loading) stored = null;
    });
    return loading;
  };
  const read = async (former: Promise<unknown> | null): Promise<unknown> => {
    await whenLoaded();
    const rawPolicy = await area.get().catch(() => former ?? {});
    seen = parsePolicy(rawPolicy);
    return rawPolicy;
  };
  const rawPolicy = (): Promise<unknown> => {
    if (raw) return raw;
    const reading = read(null);
    raw = reading;
    reading.catch(() => {
      if (raw === reading) raw = null;
    });
    return reading;
  };
  const next = async (): Promise<StoredPolicy> => ({
    raw: (await rawPolicy()) ?? {},
    accounts: [...accounts],
  });

  return {
    forbids: async (feature) => seen.forbidden.has(feature),
    async allow(feature, text = 'problem_forbidden') {
      await rawPolicy();
      if (seen.forbidden.has(feature)) throw new CrosstrackError({ kind: 'unsupported', text });
    },
    manages: (connection) => accounts.has(accountOf(connection)),
    presetOf: (connection) => applied?.presets.get(accountOf(connection)) ?? null,
    thresholds: async () => seen.thresholds,
    current: () => ({
      policy: seen,
      problems: [...seen.problems, ...(applied?.problems ?? [])],
    }),
    whenLoaded,
    async whenRead() {
      await rawPolicy();
      return seen;
    },
    reread() {
      raw = read(raw);
    },
    async take(made) {
      applied = made;
      accounts = new Set(made.presets.keys());
      return JSON.stringify(await next()) !== JSON.stringify(await whenLoaded());
    },
    async store() {
      const last = await next();
      stored = Promise.resolve(last);
      await (await database()).put('policy', last, LAST).catch(() => {});
    },
  };
}
