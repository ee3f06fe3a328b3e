import type { Feature } from '../managed/feature.ts';
import type { PolicyProblem } from '../managed/policy.ts';
import type { Kept } from '../store/storage.ts';
import { call, nothing } from './call.ts';

/** What holds for the whole extension: where it keeps things, and what an administrator laid down. */
export const managedCalls = {
  'managed.read': call({ input: nothing, from: ['extension'], beforePolicy: true }).returns<{
    readonly forbidden: readonly Feature[];
    /** Parts of the policy that are left out. */
    readonly problems: readonly PolicyProblem[];
  }>(),
};

export const storageCalls = {
  'storage.read': call({ input: nothing, from: ['extension'], beforePolicy: true }).returns<{
    readonly kept: Kept;
  }>(),
};
