import type { z } from '../zod.ts';
import type { OpenDatabase, StoreName } from './database.ts';

/** Parsed access to one object store; a record of the wrong shape is left out, not fatal. */
export interface Records<T> {
  get(id: string): Promise<T | null>;
  all(): Promise<T[]>;
  put(record: T): Promise<void>;
  remove(id: string): Promise<void>;
}

/**
 * @param onBroken is told the id of each record that could not be read, so that
 * one damaged record never hides the others.
 */
export function createRecords<T>(
  database: OpenDatabase,
  store: StoreName,
  schema: z.ZodMiniType<T>,
  onBroken: (store: string, record: unknown) => void = () => {},
): Records<T> {
  const parse = (record: unknown): T[] => {
    const parsed = schema.safeParse(record);
    if (parsed.success) return [parsed.data];
    onBroken(store, record);
    return [];
  };
  return {
    async get(id) {
      const record = await (await database()).get(store, id);
      return record === undefined ? null : (parse(record)[0] ?? null);
    },
    async all() {
      return (await (await database()).getAll(store)).flatMap(parse);
    },
    async put(record) {
      await (await database()).put(store, record);
    },
    async remove(id) {
      await (await database()).delete(store, id);
    },
  };
}
