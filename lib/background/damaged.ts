import { linkSchema, rejectionSchema } from '../compare/link-schema.ts';
import { connectionSchema } from '../connections/connection.ts';
import type { damagedCalls, StoredList } from '../contract/state.ts';
import { writeRecordSchema } from '../journal/write-record.ts';
import type { HandlersOf } from '../rpc/server.ts';
import type { OpenDatabase } from '../store/database.ts';
import type { z } from '../zod.ts';
import { exportEntrySchema } from './placements/ledger.ts';

const SCHEMAS: Readonly<Record<StoredList, z.ZodMiniType>> = {
  connections: connectionSchema,
  exports: exportEntrySchema,
  journal: writeRecordSchema,
  links: linkSchema,
  rejections: rejectionSchema,
};

/** Counts a list's records that cannot be read. */
export const createDamaged = (database: OpenDatabase): HandlersOf<typeof damagedCalls> => ({
  'storage.damaged': async ({ list }) => {
    const stored = await (await database()).getAll(list);
    return stored.filter((record) => !SCHEMAS[list].safeParse(record).success).length;
  },
});
