import type { Connection } from '../../connections/connection.ts';
import { CrosstrackError } from '../../errors.ts';
import type { MessageKey } from '../../i18n.ts';
import type { Feature } from '../../managed/feature.ts';
import { type Policy, type PolicyProblem, type Preset, parsePolicy } from '../../managed/policy.ts';
import type { OpenDatabase } from '../../store/database.ts';
import { z } from '../../zod.ts';
import { accountOf } from '../connections/account.ts';

/** The part of `browser.storage.managed` that is needed; rejects where there is no policy. */
export interface ManagedArea {
  get(): Promise<unknown>;
}

/** Presets by the account they are for, and those that could not be used. */
export interface Applied {
  readonly presets: ReadonlyMap<string, Preset>;
  readonly problems: readonly PolicyProblem[];
}

/**
 * Where the last policy is kept (store `policy`). Chromium takes seconds to tell it after its
 * start; what only looks at things goes by this until then, and nothing else does.
 */
const LAST = 'last';
const storedSchema = z.object({ raw: z.unknown(), accounts: z.array(z.string()) });
type StoredPolicy = z.infer<typeof storedSchema>;

/** What an administrator laid down, as the background asks for it. */
export interface Managed {
  /**
   * @param text says what is refused. Default: that it is switched off
   * @throws CrosstrackError `unsupported` when the feature is switched off
   */
  allow(feature: Feature, text?: MessageKey): Promise<void>;
  forbids(feature: Feature): Promise<boolean>;
  /** Is a connection the administrator's? */
  manages(connection: Connection): boolean;
  /** What the policy says of a connection, or null; only where it has been read. */
  presetOf(connection: Connection): Preset | null;
  /** Rules that stand in place of the user's. */
  thresholds(): Promise<Policy['thresholds']>;
}

/** The same, for what brings the connections in line with it. */
export interface PolicyReader extends Managed {
  /** The policy as it is known now: read, or the one that was kept. */
  current(): { readonly policy: Policy; readonly problems: readonly PolicyProblem[] };
  whenLoaded(): Promise<unknown>;
  /** Resolves with the policy as the browser tells it. */
  whenRead(): Promise<Policy>;
  /** Asks the browser anew; where that fails the policy stays. */
  reread(): void;
  /** Takes what was made of the policy; true = it is another one than was kept. */
  take(applied: Applied): Promise<boolean>;
  /** Keeps it for the next start. */
  store(): Promise<void>;
}

export function createPolicyReader(area: ManagedArea, database: OpenDatabase): PolicyReader {
  /** As the browser gave it. */
  let raw: Promise<unknown> | null = null;
  /** The policy that was kept, until the browser has told it. */
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
    // A database that could not be opened is asked again.
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
