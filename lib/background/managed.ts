import type { RuleSettings } from '../blacklist/placement.ts';
import type { Connection } from '../connections/connection.ts';
import { CrosstrackError } from '../errors.ts';
import {
  type Feature,
  type Policy,
  type PolicyProblem,
  type Preset,
  parsePolicy,
} from '../managed/policy.ts';
import type { CallName } from '../rpc/calls.ts';
import type { Handlers } from '../rpc/server.ts';
import type { Changes } from './changes.ts';

/** The part of `browser.storage.managed` that is needed; rejects where there is no policy. */
export interface ManagedArea {
  get(): Promise<unknown>;
}

/** Presets by the account they are for, and those that could not be used. */
export interface Applied {
  readonly presets: ReadonlyMap<string, Preset>;
  readonly problems: readonly PolicyProblem[];
}

export const accountOf = ({ tracker, api }: { tracker: string; api: string }): string =>
  JSON.stringify([tracker, api]);

/** What an administrator laid down, as the background asks for it. */
export interface Managed {
  /** Refuses a call that is made of a forbidden feature; every call passes here first. */
  guard(name: CallName, input: unknown): Promise<void>;
  /** @throws CrosstrackError `unsupported` when the feature is switched off */
  allow(feature: Feature): Promise<void>;
  forbids(feature: Feature): Promise<boolean>;
  /** What the policy says of a connection, or null. */
  presetOf(connection: Connection): Preset | null;
  /** The user's rules, with the administrator's in their place. */
  rules(own: RuleSettings): Promise<RuleSettings>;
  /** Reads the policy anew and brings the connections in line. */
  refresh(): Promise<void>;
  readonly calls: Pick<Handlers, 'managed.read'>;
}

/** Features that whole families of calls are made of, by the beginning of their names. */
const FAMILIES: ReadonlyArray<readonly [string, Feature]> = [
  ['costs.', 'costs'],
  ['placements.', 'blacklist'],
];

export function createManaged(
  area: ManagedArea,
  /** Brings the connections in line with a policy; asks nothing of this but `allow`. */
  apply: (policy: Policy) => Promise<Applied>,
  /** Forms change connections too: what is read here is written before they read it. */
  inTurn: Changes['inTurn'],
): Managed {
  let policy: Promise<Policy> | null = null;
  let applied: Applied = { presets: new Map(), problems: [] };
  let ready: Promise<void> | null = null;

  const read = (former: Promise<Policy> | null): Promise<Policy> =>
    area.get().then(parsePolicy, () => former ?? parsePolicy({}));
  const thePolicy = (): Promise<Policy> => {
    policy ??= read(null);
    return policy;
  };
  // In one turn: two at once would both make the connection that is missing, and a
  // form whose turn is next has to know what is the administrator's by then.
  const applyInTurn = (): Promise<void> =>
    inTurn(async () => {
      try {
        applied = await apply(await thePolicy());
      } catch {
        // The next call tries again; what is forbidden is so already.
        ready = null;
      }
    });
  const whenReady = (): Promise<void> => {
    ready ??= applyInTurn();
    return ready;
  };
  const forbids = async (feature: Feature): Promise<boolean> =>
    (await thePolicy()).forbidden.has(feature);
  const allow = async (feature: Feature): Promise<void> => {
    if (await forbids(feature)) {
      throw new CrosstrackError({ kind: 'unsupported', text: 'problem_forbidden' });
    }
  };
  return {
    forbids,
    allow,
    async guard(name, input) {
      await whenReady();
      for (const [start, feature] of FAMILIES) if (name.startsWith(start)) await allow(feature);
      const { id, passphrase } = Object(input);
      const adds = /^connections\.(?:probe|save|test)$/.test(name);
      if (adds && (id ?? null) === null) await allow('add-connections');
      if (name === 'transfer.export' && passphrase !== null) await allow('export-keys');
    },
    presetOf: (connection) => applied.presets.get(accountOf(connection)) ?? null,
    rules: async (own) => ({ ...own, ...(await thePolicy()).thresholds }),
    refresh() {
      policy = read(policy);
      ready = applyInTurn();
      return ready;
    },
    calls: {
      'managed.read': async () => {
        const { forbidden, problems } = await thePolicy();
        return { forbidden: [...forbidden], problems: [...problems, ...applied.problems] };
      },
    },
  };
}
