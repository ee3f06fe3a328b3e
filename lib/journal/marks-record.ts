import { daySchema } from '../report/schema.ts';
import { z } from '../zod.ts';
import { oneShotFields } from './one-shot-record.ts';

/** The write that marks placements in their tracker, or takes such marks away. */
export const marksRecordSchema = z.object({
  ...oneShotFields,
  kind: z.literal('marks'),
  /** Token slot from 1. */
  slot: z.number(),
  /** Days whose report shows the placements, and in some trackers their marks. */
  range: z.object({ from: daySchema, to: daySchema, zone: z.string() }),
  /** true marks them as blacklisted; false takes that mark away. */
  on: z.boolean(),
  /** The token's values that are changed, as the tracker writes them. What others bear stays. */
  values: z.array(z.string()),
  /** How many of them were as ordered when last read back; null = not read yet. */
  seen: z.nullable(z.number()),
  /** Those that were not when last read before it settled. Absent: a record of an earlier version. */
  missing: z.optional(z.array(z.string())),
});
export type MarksRecord = z.infer<typeof marksRecordSchema>;
