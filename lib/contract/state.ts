import type { Feature } from '../managed/feature.ts';
import type { PolicyProblem } from '../managed/policy.ts';
import type { Retention } from '../store/storage.ts';
import { z } from '../zod.ts';
import { call, nothing } from './call.ts';

/** The administrator's policy as it is applied. */
export const managedCalls = {
  'managed.read': call({ input: nothing, from: ['extension'], beforePolicy: true }).returns<{
    readonly forbidden: readonly Feature[];
    /** Parts of the policy that are not applied. */
    readonly problems: readonly PolicyProblem[];
  }>(),
};

/** Lists of the user's own records, none of which may vanish unnoticed. */
const STORED_LISTS = ['connections', 'exports', 'journal', 'links', 'rejections'] as const;
export type StoredList = (typeof STORED_LISTS)[number];

export const damagedCalls = {
  /** Number of records in the list that cannot be read; they stay stored as they are. */
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
