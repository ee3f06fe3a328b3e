import { lacksRoom } from '../errors.ts';
import type { Database } from '../store/database.ts';

/** What is kept of a connection in the `settings` store, under "<what>:<connection>". */
export const KEPT = ['campaigns', 'memory', 'twins'] as const;

/**
 * Keeps something of a connection, in one transaction with what was kept before.
 * An answer that comes when the connection is gone, or not saved yet, is not kept.
 * Nor is one for which there is no room: it is asked for again, and is good all the same.
 */
export async function keep(
  database: Database,
  what: (typeof KEPT)[number],
  connection: string,
  next: (before: unknown) => unknown,
): Promise<void> {
  const transaction = database.transaction(['connections', 'settings'], 'readwrite');
  try {
    if ((await transaction.objectStore('connections').getKey(connection)) !== undefined) {
      const settings = transaction.objectStore('settings');
      const name = `${what}:${connection}`;
      await settings.put(next(await settings.get(name)), name);
    }
    await transaction.done;
  } catch (error) {
    if (!lacksRoom(error)) throw error;
  }
}
