import { z } from '../zod.ts';
import { marksRecordSchema } from './marks-record.ts';
import { pauseRecordSchema } from './pause-record.ts';
import { journalRecordSchema } from './record.ts';

/** Any record of the journal, told apart by `kind`. */
export const writeRecordSchema = z.union([
  journalRecordSchema,
  pauseRecordSchema,
  marksRecordSchema,
]);
export type WriteRecord = z.infer<typeof writeRecordSchema>;
/** A record of that kind. */
export type RecordOf<K extends WriteRecord['kind']> = Extract<WriteRecord, { kind: K }>;
