import type { Connection } from '../connections/connection.ts';
import type { CallRule } from '../contract/call.ts';
import type { managedCalls } from '../contract/state.ts';
import { CrosstrackError } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import type { Feature } from '../managed/feature.ts';
import { type Policy, type PolicyProblem, type Preset, parsePolicy } from '../managed/policy.ts';
import type { HandlersOf } from '../rpc/server.ts';
import type { OpenDatabase } from '../store/database.ts';
import { z } from '../zod.ts';
import type { Changes } from './changes/changes.ts';
import { accountOf } from './connections/account.ts';

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
const KEPT = 'last';
const keptSchema = z.object({ raw: z.unknown(), accounts: z.array(z.string()) });
type Kept = z.infer<typeof keptSchema>;

/** What an administrator laid down, as the background asks for it. */
export interface Managed {
  /** Refuses a call that is made of a forbidden feature; every call passes here first. */
  guard(rule: CallRule, input: unknown): Promise<void>;
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
  /** Reads the policy anew and brings the connections in line. */
  refresh(): Promise<void>;
  readonly calls: HandlersOf<typeof managedCalls>;
}

export function createManaged(
  area: ManagedArea,
  /** Brings the connections in line with a policy; asks nothing of this but `allow`. */
  apply: (policy: Policy) => Promise<Applied>,
  /** Forms change connections too: what is read here is written before they read it. */
  inTurn: Changes['inTurn'],
  database: OpenDatabase,
  /** Told when there is another policy than the one that was kept; with calls, when only they answer otherwise. */
  onChange: (calls?: readonly string[]) => Promise<void>,
): Managed {
  /** As the browser gave it. */
  let raw: Promise<unknown> | null = null;
  /** The policy that was kept, until the browser has told it. */
  let seen: Policy = parsePolicy({});
  let accounts: ReadonlySet<string> = new Set();
  let kept: Promise<Kept> | null = null;
  let applied: Applied | null = null;
  let ready: Promise<void> | null = null;

  const recall = async (): Promise<Kept> => {
    const stored = await (await database()).get('policy', KEPT).catch(() => {});
    const last = keptSchema.safeParse(stored).data ?? { raw: {}, accounts: [] };
    seen = parsePolicy(last.raw);
    accounts = new Set(last.accounts);
    return last;
  };
  const whenRecalled = (): Promise<Kept> => {
    if (kept) return kept;
    const recalling = recall();
    kept = recalling;
    // A database that could not be opened is asked again.
    recalling.catch(() => {
      if (kept === recalling) kept = null;
    });
    return recalling;
  };
  const read = async (former: Promise<unknown> | null): Promise<unknown> => {
    await whenRecalled();
    const told = await area.get().catch(() => former ?? {});
    seen = parsePolicy(told);
    return told;
  };
  const whenRead = (): Promise<unknown> => {
    if (raw) return raw;
    const reading = read(null);
    raw = reading;
    reading.catch(() => {
      if (raw === reading) raw = null;
    });
    return reading;
  };
  // In one turn: two at once would both make the connection that is missing, and a
  // form whose turn is next has to know what is the administrator's by then.
  const applyInTurn = (): Promise<void> =>
    inTurn(async () => {
      try {
        const told = await whenRead();
        applied = await apply(seen);
        const next = { raw: told ?? {}, accounts: [...applied.presets.keys()] };
        accounts = new Set(next.accounts);
        const same = JSON.stringify(next) === JSON.stringify(await whenRecalled());
        if (same) {
          // Problems are not kept: who asked before does not know of them.
          if (applied.problems.length > 0) await onChange(['managed.read']);
          return;
        }
        await onChange();
        kept = Promise.resolve(next);
        await (await database()).put('policy', next, KEPT).catch(() => {});
      } catch {
        // The next call tries again; what is forbidden is so already.
        ready = null;
      }
    });
  const whenReady = (): Promise<void> => {
    ready ??= applyInTurn();
    return ready;
  };
  const forbids = async (feature: Feature): Promise<boolean> => seen.forbidden.has(feature);
  const allow: Managed['allow'] = async (feature, text = 'problem_forbidden') => {
    await whenRead();
    if (seen.forbidden.has(feature)) throw new CrosstrackError({ kind: 'unsupported', text });
  };
  return {
    forbids,
    allow,
    async guard(rule, input) {
      const applying = whenReady();
      await (rule.beforePolicy ? whenRecalled() : applying);
      const feature = rule.feature?.(input);
      if (feature) await allow(feature);
    },
    manages: (connection) => accounts.has(accountOf(connection)),
    presetOf: (connection) => applied?.presets.get(accountOf(connection)) ?? null,
    thresholds: async () => seen.thresholds,
    refresh() {
      raw = read(raw);
      ready = applyInTurn();
      return ready;
    },
    calls: {
      'managed.read': async () => {
        const { forbidden, problems } = seen;
        return { forbidden: [...forbidden], problems: [...problems, ...(applied?.problems ?? [])] };
      },
    },
  };
}
