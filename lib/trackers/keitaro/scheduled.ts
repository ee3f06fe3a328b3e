import { CrosstrackError, type TrackerCall } from '../../errors.ts';
import type { MessageKey } from '../../i18n.ts';
import { z } from '../../zod.ts';
import { isTrue } from '../numbers.ts';

/** `{"success":true}`: the update is scheduled, not applied. */
export const scheduledSchema = z.object({
  success: z.union([z.boolean(), z.string(), z.number()]),
});

/** @throws CrosstrackError `conflict` with this text when the update was not scheduled */
export function refuseUnscheduled(
  { success }: z.infer<typeof scheduledSchema>,
  call: TrackerCall,
  text: MessageKey,
): void {
  if (!isTrue(success)) {
    throw new CrosstrackError({ kind: 'conflict', tracker: 'Keitaro', call, text });
  }
}
