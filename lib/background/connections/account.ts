import type { Connection } from '../../connections/connection.ts';
import { CrosstrackError } from '../../errors.ts';
import type { Credentials } from '../../keys/credentials.ts';
import type { CheckFacts, TrackerAdapter } from '../../trackers/adapter.ts';
import type { Services } from '../services.ts';
import { sealedFor } from './sealed-for.ts';

/** Identifies an account as far as its address can. */
export const accountOf = ({ tracker, api }: { tracker: string; api: string }): string =>
  JSON.stringify([tracker, api]);

/** Finds another connection to the account that a key and the facts of a test belong to; null = none. */
export type FindSameAccount = (
  connection: Connection,
  credentials: Credentials,
  facts: CheckFacts,
) => Promise<Connection | null>;

/**
 * For trackers whose accounts share one address: the same key or the same account name means the
 * same account. Elsewhere the address decides, without a request.
 */
export function createFindSameAccount({
  connections,
  keys,
  clients,
}: Pick<Services, 'connections' | 'keys' | 'clients'>): FindSameAccount {
  return async (connection, { key }, { account }) => {
    if (!clients.adapter(connection.tracker).manyAccounts) return null;
    for (const other of await connections.list()) {
      if (accountOf(other) !== accountOf(connection) || other.id === connection.id) continue;
      if (account !== null && other.account === account) return other;
      const theirs = await keys.get(sealedFor(other)).catch(() => null);
      if (theirs?.key === key) return other;
    }
    return null;
  };
}

/** The error for a second connection to one account. */
export const sameAccountError = (other: Connection, { name }: Pick<TrackerAdapter, 'name'>) =>
  new CrosstrackError({
    kind: 'conflict',
    text: 'connection_same_account',
    values: [other.name, name],
  });
