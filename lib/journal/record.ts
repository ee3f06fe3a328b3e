import type { Reading } from '../costs/reading.ts';
import { costSplitSchema } from '../costs/split.ts';
import { costUpdateSchema } from '../costs/update.ts';
import { z } from '../zod.ts';
import { upgradedRecord } from './upgrade.ts';

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
  unknown: ['verified', 'cannotTell', 'mismatch', 'failed', 'notKnown'],
  verified: ['undone'],
  cannotTell: ['verified', 'undone'],
  mismatch: ['verified', 'undone'],
  failed: ['verified'],
  notKnown: ['verified', 'cannotTell', 'mismatch', 'failed'],
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

const readingSchema: z.ZodMiniType<Reading> = z.object({ cost: figure, clicks: figure });

/** Writes that together take the place of one: all clicks first, then values of a token, one by one. */
const groupSchema = z.object({
  id: z.string(),
  /** Number of its segments. */
  size: z.int(),
  /** What they make up. */
  order: costUpdateSchema,
  /** The segment of that before the first of them. */
  before: readingSchema,
});

const recordSchema = z.object({
  id: z.string(),
  kind: z.literal('cost'),
  /** The connection's name at the time of writing, for display after its removal. */
  connectionName: z.string(),
  tracker: z.string(),
  order: costUpdateSchema,
  /** The segment before the write. */
  before: readingSchema,
  /** The segment's cost after the update, in the tracker's currency; in a group, after all of its writes. */
  expected: z.number(),
  /** Former cost of the clicks of the segment that the update leaves as they are (repeated ones); an estimate. */
  untouched: z.number(),
  trackerCurrency: z.string(),
  /** How finely the tracker shows costs; see `CostAbility`. */
  rounding: z.object({ shown: z.number(), perClick: z.number() }),
  /** The longest that the tracker may take to apply it (ms). */
  settlesWithin: z.number(),
  /** The segment as it was last read back; nulls = not yet. */
  seen: figure,
  seenClicks: figure,
  /** The segment as it was last seen without this write. */
  former: readingSchema,
  /** Cost of one further click, as the last read-backs show it; null = no clicks came in between them. */
  growth: figure,
  state: z.enum(JOURNAL_STATES),
  /** Every state with its time (epoch ms) and the problem that led to it, if any. */
  history: z.array(
    z.object({
      at: z.number(),
      state: z.enum(JOURNAL_STATES),
      problem: z.optional(z.unknown()),
    }),
  ),
  /** When its request left last (epoch ms), or seemed to; null = it has not. */
  sentAt: figure,
  /** When it is next to be sent or read back (epoch ms); null = not again. */
  nextAt: figure,
  /** Where it was confirmed; absent in records of earlier versions. */
  confirmedOn: z.optional(confirmedOnSchema),
  /** Id of the record that this one undoes. */
  undoes: z.nullable(z.string()),
  /** How the cost that it overwrites was split; absent = not known. */
  split: z.optional(costSplitSchema),
  /** The group that it belongs to; absent = none. */
  group: z.optional(groupSchema),
  /** Writes to the same clicks are sent in this order: the order of their confirmation. */
  turn: z.number(),
  createdAt: z.number(),
});
export type JournalRecord = z.infer<typeof recordSchema>;

/** Reads stored records, also those of earlier versions. */
export const journalRecordSchema = z.pipe(z.transform(upgradedRecord), recordSchema);
