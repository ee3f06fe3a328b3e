import { isYoung } from '../../age.ts';
import { isLocked, problemOf } from '../../errors.ts';
import type { Campaign } from '../../trackers/adapter.ts';
import { z } from '../../zod.ts';
import { readData, writeData } from '../connections/data.ts';
import type { Services } from '../services.ts';

export const listSchema = z.object({
  /** Epoch ms. */
  fetchedAt: z.number(),
  campaigns: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      active: z.boolean(),
      source: z.nullable(z.object({ id: z.string(), name: z.string() })),
      meanTimeToConvert: z.optional(z.nullable(z.number())),
    }),
  ),
});
type CampaignList = z.infer<typeof listSchema>;

/** A connection's campaigns as they were last read, however long ago; null = never. */
export type KeptLists = (connectionId: string) => Promise<CampaignList | null>;

/** A connection's campaigns; fetched again when the stored list is older than `maxAgeMs`. */
export type CampaignLists = (
  connectionId: string,
  maxAgeMs: number,
  signal: AbortSignal,
) => Promise<{ campaigns: Campaign[]; fetchedAt: number }>;

export const createKeptLists =
  ({ database }: Pick<Services, 'database'>): KeptLists =>
  async (connectionId) =>
    listSchema.safeParse(await readData(await database(), 'campaigns', connectionId)).data ?? null;

export function createCampaignLists({
  database,
  connections,
  clients,
  now,
}: Pick<Services, 'database' | 'now'> & {
  readonly clients: Pick<Services['clients'], 'run'>;
  readonly connections: Pick<Services['connections'], 'get'>;
}): CampaignLists {
  const keptLists = createKeptLists({ database });
  return async (connectionId, maxAgeMs, signal) => {
    const kept = await keptLists(connectionId);
    if (kept && isYoung(kept.fetchedAt, now(), maxAgeMs)) return kept;
    const connection = await connections.get(connectionId);
    try {
      const campaigns = await clients.run(connection, signal, (client, adapter) =>
        adapter.campaigns(client),
      );
      const list: CampaignList = { campaigns, fetchedAt: now() };
      await writeData(await database(), 'campaigns', connectionId, () => list);
      return list;
    } catch (error) {
      // While keys are locked an old list is better than none.
      if (kept && isLocked(problemOf(error))) return kept;
      throw error;
    }
  };
}
