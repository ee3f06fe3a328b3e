import { costUpdateSchema } from '../costs/update.ts';
import { z } from '../zod.ts';

/**
 * States of a write. Only the listed moves are allowed, so no crash or double click can skip a state.
 *
 * On its way:
 * - `planned`: durable; nothing has been sent
 * - `sending`: the request may be under way
 * - `accepted`: the tracker accepted it; being read back
 * - `unknown`: no answer; the tracker may still be working on it; being read back, never sent again
 *
 * Settled:
 * - `verified`: the tracker shows the ordered cost
 * - `cannotTell`: the change is too small, or too mixed with others, to be seen in what the tracker shows
 * - `mismatch`: the tracker accepted it and shows another cost
 * - `failed`: rejected, or not seen within the time that the tracker may take
 * - `notKnown`: it was sent, and the tracker could not be read to learn what became of it
 * - `notSent`: it was not sent in time or was not allowed to be; the user is asked again
 * - `superseded`: a newer update of the same clicks took its place
 * - `cancelled`: withdrawn by the user before it was sent
 * - `undone`: a later update restored the former cost
 *
 * A settled write that shows later becomes `verified`.
 */
export const JOURNAL_STATES = [
  'planned',
  'sending',
  'accepted',
  'unknown',
  'verified',
  'cannotTell',
  'mismatch',
  'failed',
  'notKnown',
  'notSent',
  'superseded',
  'cancelled',
  'undone',
] as const;
export type JournalState = (typeof JOURNAL_STATES)[number];

export const JOURNAL_MOVES: Readonly<Record<JournalState, readonly JournalState[]>> = {
  planned: ['sending', 'notSent', 'superseded', 'cancelled'],
  sending: ['accepted', 'unknown', 'failed', 'planned', 'notSent'],
  accepted: ['verified', 'cannotTell', 'mismatch', 'notKnown', 'superseded'],
  unknown: ['verified', 'cannotTell', 'mismatch', 'failed', 'notKnown', 'superseded'],
  verified: ['undone'],
  cannotTell: ['verified', 'superseded', 'undone'],
  mismatch: ['verified', 'superseded', 'undone'],
  failed: ['verified'],
  notKnown: ['verified', 'cannotTell', 'mismatch', 'failed', 'superseded'],
  notSent: [],
  superseded: [],
  cancelled: [],
  // Its undo was undone: it is as it was before.
  undone: ['verified', 'cannotTell', 'mismatch'],
};

const figure = z.nullable(z.number());

/** Where a write can be confirmed; `page` = one of the extension's own. */
const SURFACES = ['panel', 'page', 'popup'] as const;
export type Surface = (typeof SURFACES)[number];

export const confirmedOnSchema = z.object({
  surface: z.enum(SURFACES),
  /** Id of the connection on whose page the panel was; null on other surfaces. */
  connection: z.nullable(z.string()),
});

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
  /** Where it was confirmed; absent in records of earlier versions. */
  confirmedOn: z.optional(confirmedOnSchema),
  /** Id of the record that this one undoes. */
  undoes: z.nullable(z.string()),
  createdAt: z.number(),
});
export type JournalRecord = z.infer<typeof journalRecordSchema>;
