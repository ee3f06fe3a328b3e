import type { Feature } from '../managed/feature.ts';
import type { PolicyProblem } from '../managed/policy.ts';
import type { Retention } from '../store/storage.ts';
import { z } from '../zod.ts';
import { call, nothing } from './call.ts';

/** What holds for the whole extension: where it keeps things, and what an administrator laid down. */
export const managedCalls = {
  'managed.read': call({ input: nothing, from: ['extension'], beforePolicy: true }).returns<{
    readonly forbidden: readonly Feature[];
    /** Parts of the policy that are left out. */
    readonly problems: readonly PolicyProblem[];
  }>(),
};

/** Lists of the user's own, of which each record counts. */
const STORED_LISTS = ['connections', 'exports', 'journal', 'links'] as const;
export type StoredList = (typeof STORED_LISTS)[number];

/** What a list leaves out. */
export const damagedCalls = {
  /** How many of its records cannot be read; they are kept as they are. */
  'storage.damaged': call({
    input: z.object({ list: z.enum(STORED_LISTS) }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<number>(),
};

export const storageCalls = {
  'storage.read': call({ input: nothing, from: ['extension'], beforePolicy: true }).returns<{
    readonly retention: Retention;
  }>(),
};
