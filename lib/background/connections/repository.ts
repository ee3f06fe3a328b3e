import { type Connection, connectionSchema } from '../../connections/connection.ts';
import { CrosstrackError } from '../../errors.ts';
import type { OpenDatabase } from '../../store/database.ts';
import { createRecords } from '../../store/records.ts';

/** The stored connections. */
export interface ConnectionRepository {
  /** All, in the user's order. */
  list(): Promise<Connection[]>;
  /** @throws CrosstrackError `conflict` when it does not exist. */
  get(id: string): Promise<Connection>;
  /** The connection whose web UI a page belongs to, unless it is turned off; null = none. */
  at(page: URL): Promise<Connection | null>;
  put(connection: Connection): Promise<void>;
}

export function createConnectionRepository(database: OpenDatabase): ConnectionRepository {
  const records = createRecords(database, 'connections', connectionSchema);
  const list = async (): Promise<Connection[]> =>
    (await records.all()).sort((a, b) => a.order - b.order || a.createdAt - b.createdAt);
  return {
    list,
    async get(id) {
      const connection = await records.get(id);
      if (connection) return connection;
      throw new CrosstrackError({ kind: 'conflict', text: 'problem_connection_gone' });
    },
    async at(page) {
      const known = await list();
      return known.find(({ pages, off }) => !off && pages.includes(page.origin)) ?? null;
    },
    put: records.put,
  };
}

/** The `order` that puts a connection at the end of the list. */
export const nextOrder = (connections: readonly Connection[]): number =>
  Math.max(0, ...connections.map(({ order }) => order)) + 1;
