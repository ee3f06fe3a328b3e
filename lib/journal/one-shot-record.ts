import { z } from '../zod.ts';
import { confirmedOnSchema, JOURNAL_STATES } from './record.ts';

/** What the records of all writes but cost updates have in common; their states and moves are those of any write. */
export const oneShotFields = {
  id: z.string(),
  /** Id of the connection whose tracker is changed. */
  connection: z.string(),
  /** The connection's name at the time of writing, for display after its removal. */
  connectionName: z.string(),
  tracker: z.string(),
  campaignId: z.string(),
  campaignName: z.string(),
  state: z.enum(JOURNAL_STATES),
  /** Every state with its time (epoch ms) and the problem that led to it, if any. */
  history: z.array(
    z.object({
      at: z.number(),
      state: z.enum(JOURNAL_STATES),
      problem: z.optional(z.unknown()),
    }),
  ),
  /** Read-backs that were answered and did not show it. */
  readBacks: z.number(),
  /** Where it was confirmed; absent in records of earlier versions. */
  confirmedOn: z.optional(confirmedOnSchema),
  /** Id of the record that this one undoes. */
  undoes: z.nullable(z.string()),
  createdAt: z.number(),
};
