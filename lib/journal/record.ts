import { costUpdateSchema } from '../costs/update.ts';
import { z } from '../zod.ts';

/**
 * States of a write. Moves not listed are refused, so that no crash or double
 * click can take a record where it has not been.
 *
 * - `planned`: durable, nothing sent
 * - `sending`: the request may be on its way
 * - `accepted`: the tracker said yes; whether it is applied is being read back
 * - `unknown`: no answer; has to be read back before it may be sent again
 * - `verified`: read back as requested
 * - `mismatch`: the tracker shows something else
 * - `failed`: refused; nothing was changed
 * - `undone`: a later update put the former cost back
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
  /** Name of the connection when it was written, for the time after its removal. */
  connectionName: z.string(),
  tracker: z.string(),
  order: costUpdateSchema,
  /** The segment before, in the tracker's currency. */
  before: z.object({ cost: figure, clicks: figure }),
  /** Cost of the segment that the update means, in the tracker's currency. */
  expected: z.number(),
  trackerCurrency: z.string(),
  /** Does the tracker apply it some time after saying yes? */
  appliedLater: z.boolean(),
  /** Last cost read back; null = not read yet. */
  seen: figure,
  state: z.enum(JOURNAL_STATES),
  /** Every move with its time (epoch ms) and, for bad ones, the problem. */
  history: z.array(
    z.object({
      at: z.number(),
      state: z.enum(JOURNAL_STATES),
      problem: z.optional(z.unknown()),
    }),
  ),
  /** Read-backs tried since the last move. */
  readBacks: z.number(),
  /** Epoch ms before which it is not sent, when the tracker's pace asks for it. */
  notBefore: z.nullable(z.number()),
  /** Id of the record that this one undoes. */
  undoes: z.nullable(z.string()),
  createdAt: z.number(),
});
export type JournalRecord = z.infer<typeof journalRecordSchema>;
