import type { CostLine } from '../../contract/costs.ts';
import type { CostUpdate } from '../../costs/update.ts';
import type { JournalRecord } from '../../journal/record.ts';
import type { CostQueue } from '../../trackers/adapter.ts';
import type { Services } from '../services.ts';

/** The queue in which an update's tracker applies costs; null = it tells none. */
export async function readCostQueue(
  { connections, clients }: Pick<Services, 'connections' | 'clients'>,
  { connection: id }: CostUpdate,
  signal: AbortSignal,
): Promise<CostQueue | null> {
  const connection = await connections.get(id);
  return clients.run(
    connection,
    signal,
    async (client, adapter) => (await adapter.costQueue?.(client)) ?? null,
  );
}

/** The place of a waiting update in its connection's line; null = it does not wait, or the tracker has no limit. */
export async function costLineOf(
  {
    connections,
    clients,
    journal,
    now,
  }: Pick<Services, 'connections' | 'clients' | 'journal' | 'now'>,
  record: JournalRecord,
): Promise<CostLine | null> {
  if (record.state !== 'planned') return null;
  const connection = await connections.get(record.order.connection);
  const limit = clients.adapter(connection.tracker).paces.cost?.perWindow;
  if (!limit) return null;
  const of = (await journal.list()).filter(
    ({ order }) => order.connection === record.order.connection,
  );
  const place =
    1 + of.filter(({ state, turn }) => state === 'planned' && turn < record.turn).length;
  const last = Math.max(...of.map(({ sentAt }) => sentAt ?? 0));
  const windows = Math.ceil(place / limit.requests);
  return { place, leavesAt: Math.max(now(), record.nextAt ?? 0, last + windows * limit.ms) };
}
