import type { CallRule } from '../../contract/call.ts';
import type { managedCalls } from '../../contract/state.ts';
import type { Policy } from '../../managed/policy.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Changes } from '../changes/changes.ts';
import type { Applied, PolicyReader } from './managed.ts';

/** Enforces the administrator's policy. */
export interface PolicyEnforcer {
  /** Rejects a call that uses a forbidden feature; every call passes here first. */
  guard(rule: CallRule, input: unknown): Promise<void>;
  /** Rereads the policy and applies it to the connections. */
  refresh(): Promise<void>;
  readonly calls: HandlersOf<typeof managedCalls>;
}

export function createPolicyEnforcer(
  reader: PolicyReader,
  /** Applies a policy to the connections. */
  apply: (policy: Policy) => Promise<Applied>,
  /** Serialises with other changes of connections. */
  inTurn: Changes['inTurn'],
  /** Called when the policy differs from the stored one; with `calls` when only those answers have changed. */
  onChange: (calls?: readonly string[]) => Promise<void>,
): PolicyEnforcer {
  let ready: Promise<void> | null = null;

  // In one turn: two runs at once would both create a missing preset, and a form that saves next
  // must know which connections are managed.
  const applyInTurn = (): Promise<void> =>
    inTurn(async () => {
      try {
        const applied = await apply(await reader.whenRead());
        if (await reader.take(applied)) {
          await onChange();
          await reader.store();
        } else if (applied.problems.length > 0) {
          // Problems are not stored, so earlier answers lack them.
          await onChange(['managed.read']);
        }
      } catch {
        // The next call retries; forbidden features are forbidden already.
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
