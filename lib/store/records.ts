import type { z } from '../zod.ts';
import type { OpenDatabase, StoreName } from './database.ts';

/**
 * Parsed access to one object store. Records of the wrong shape are left out, but stay stored, so a
 * damaged one never hides the others. `storage.damaged` counts them.
 */
export interface Records<T> {
  get(id: string): Promise<T | null>;
  all(): Promise<T[]>;
  /** Those with this value in an index of the store, in its order. */
  of(index: string, value: string): Promise<T[]>;
  put(record: T): Promise<void>;
}

export function createRecords<T>(
  database: OpenDatabase,
  store: StoreName,
  schema: z.ZodMiniType<T>,
): Records<T> {
  const parsed = (stored: readonly unknown[]): T[] =>
    stored.flatMap((record) => schema.safeParse(record).data ?? []);
  return {
    async get(id) {
      return schema.safeParse(await (await database()).get(store, id)).data ?? null;
    },
    async all() {
      return parsed(await (await database()).getAll(store));
    },
    async of(index, value) {
      return parsed(await (await database()).getAllFromIndex(store, index, value));
    },
    async put(record) {
      await (await database()).put(store, record);
    },
  };
}
