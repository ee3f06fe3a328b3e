import type { CostUpdate } from '../../costs/update.ts';
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
