import { costUpdateSchema } from '../costs/update.ts';
import { z } from '../zod.ts';

/**
 * States of a write. Only the listed moves are allowed, so no crash or double click can skip a state.
 *
 * - `planned`: durable; nothing has been sent
 * - `sending`: the request may be under way
 * - `accepted`: the tracker accepted it; being read back
 * - `unknown`: no answer; must be read back before it may be sent again
 * - `verified`: the tracker shows the requested cost
 * - `mismatch`: the tracker shows another cost
 * - `failed`: rejected or never arrived; nothing was changed
 * - `undone`: a later update restored the former cost
 */
export const JOURNAL_STATES = [
  'planned',
  'sending',
  'accepted',
  'unknown',
  'verified',
  'mismatch',
  'failed',
  'undone',
] as const;
export type JournalState = (typeof JOURNAL_STATES)[number];

export const JOURNAL_MOVES: Readonly<Record<JournalState, readonly JournalState[]>> = {
  planned: ['sending', 'failed'],
  sending: ['accepted', 'unknown', 'failed', 'planned'],
  accepted: ['verified', 'mismatch'],
  unknown: ['verified', 'mismatch', 'failed', 'sending'],
  verified: ['undone'],
  mismatch: ['verified', 'undone'],
  failed: [],
  undone: [],
};

const figure = z.nullable(z.number());

export const journalRecordSchema = z.object({
  id: z.string(),
  kind: z.literal('cost'),
  /** The connection's name at the time of writing, for display after its removal. */
  connectionName: z.string(),
  tracker: z.string(),
  order: costUpdateSchema,
  /** The segment before the write; cost in the tracker's currency. */
  before: z.object({ cost: figure, clicks: figure }),
  /** The segment's cost after the update, in the tracker's currency. */
  expected: z.number(),
  trackerCurrency: z.string(),
  /** Does the tracker apply the update some time after accepting it? */
  appliedLater: z.boolean(),
  /** The cost last read back, in the tracker's currency; null = none yet. */
  seen: figure,
  state: z.enum(JOURNAL_STATES),
  /** Every state with its time (epoch ms) and the problem that led to it, if any. */
  history: z.array(
    z.object({
      at: z.number(),
      state: z.enum(JOURNAL_STATES),
      problem: z.optional(z.unknown()),
    }),
  ),
  /** Read-backs tried since the last move. */
  readBacks: z.number(),
  /** Not to be sent before this time (epoch ms), because of the tracker's rate limit; null = no limit. */
  notBefore: z.nullable(z.number()),
  /** Id of the record that this one undoes. */
  undoes: z.nullable(z.string()),
  createdAt: z.number(),
});
export type JournalRecord = z.infer<typeof journalRecordSchema>;
