import type { CallRule } from '../../contract/call.ts';
import type { managedCalls } from '../../contract/state.ts';
import type { Policy } from '../../managed/policy.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Changes } from '../changes/changes.ts';
import type { Applied, PolicyReader } from './managed.ts';

/** Holds everything to the administrator's policy. */
export interface PolicyEnforcer {
  /** Refuses a call that is made of a forbidden feature; every call passes here first. */
  guard(rule: CallRule, input: unknown): Promise<void>;
  /** Reads the policy anew and brings the connections in line. */
  refresh(): Promise<void>;
  readonly calls: HandlersOf<typeof managedCalls>;
}

export function createPolicyEnforcer(
  reader: PolicyReader,
  /** Brings the connections in line with a policy. */
  apply: (policy: Policy) => Promise<Applied>,
  /** Forms change connections too: what is read here is written before they read it. */
  inTurn: Changes['inTurn'],
  /** Told when there is another policy than the one that was kept; with calls, when only they answer otherwise. */
  onChange: (calls?: readonly string[]) => Promise<void>,
): PolicyEnforcer {
  let ready: Promise<void> | null = null;

  // In one turn: two at once would both make the connection that is missing, and a
  // form whose turn is next has to know what is the administrator's by then.
  const applyInTurn = (): Promise<void> =>
    inTurn(async () => {
      try {
        const applied = await apply(await reader.whenRead());
        if (await reader.take(applied)) {
          await onChange();
          await reader.store();
        } else if (applied.problems.length > 0) {
          // Problems are not kept: who asked before does not know of them.
          await onChange(['managed.read']);
        }
      } catch {
        // The next call tries again; what is forbidden is so already.
        ready = null;
      }
    });

  return {
    async guard(rule, input) {
      ready ??= applyInTurn();
      await (rule.beforePolicy ? reader.whenLoaded() : ready);
      const feature = rule.feature?.(input);
      if (feature) await reader.allow(feature);
    },
    refresh() {
      reader.reread();
      ready = applyInTurn();
      return ready;
    },
    calls: {
      'managed.read': async () => {
        const { policy, problems } = reader.current();
        return { forbidden: [...policy.forbidden], problems: [...problems] };
      },
    },
  };
}
