import { z } from '../zod.ts';
import { oneShotFields } from './one-shot-record.ts';

/** The write that pauses or resumes a campaign. */
export const pauseRecordSchema = z.object({
  ...oneShotFields,
  kind: z.literal('pause'),
  /** true resumes the campaign, false pauses it. It was in the other state before. */
  active: z.boolean(),
  /** Was it active when last read back? null = not read yet, or no longer in the tracker's list. */
  seen: z.nullable(z.boolean()),
});
export type PauseRecord = z.infer<typeof pauseRecordSchema>;
