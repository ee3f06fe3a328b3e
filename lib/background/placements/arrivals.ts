import { isYoung } from '../../age.ts';
import { type Arrivals, arrivalsByMean } from '../../blacklist/arrivals.ts';
import { learnArrivals } from '../../blacklist/learn-arrivals.ts';
import type { Connection } from '../../connections/connection.ts';
import { isAbort } from '../../errors.ts';
import { addDays, dayOf } from '../../report/range.ts';
import { z } from '../../zod.ts';
import type { CampaignLists } from '../campaigns/lists.ts';
import { readData, writeData } from '../connections/data.ts';
import type { Services } from '../services.ts';
import { LIST_MS } from './token.ts';

/** Days of the conversion log that the curve is learnt from, today included: more if these show too little. */
const LOG_DAYS = [14, 60] as const;
/** When conversions arrive changes slowly, and the log is long. */
const KEEP_MS = 6 * 3_600_000;
/** Campaigns per connection that are remembered. */
const MOST_KEPT = 50;

const curve = {
  conversions: z.nullable(z.number()),
  points: z.array(z.tuple([z.number(), z.number()])),
};
const storedSchema = z.record(
  z.string(),
  z.object({
    /** Epoch ms. */
    at: z.number(),
    learnt: z.nullable(
      z.object({
        from: z.enum(['log', 'mean', 'setting']),
        settled: z.boolean(),
        ...curve,
        offers: z.array(z.object({ id: z.string(), ...curve })),
      }),
    ),
  }),
);

/**
 * When a campaign's conversions arrive, by its conversion log (each offer's by themselves) or else by
 * the tracker's mean time to convert; null = nothing tells.
 * @param fresh may ask the tracker; else what is stored
 */
export type FindArrivals = (
  connection: Connection,
  campaignId: string,
  fresh: boolean,
  signal: AbortSignal,
) => Promise<Arrivals | null>;

export function createFindArrivals(
  { clients, database: open, now }: Pick<Services, 'clients' | 'database' | 'now'>,
  campaignLists: CampaignLists,
): FindArrivals {
  const logOf = (connection: Connection, campaignId: string, days: number, signal: AbortSignal) => {
    const to = dayOf(now(), connection.zone);
    const range = { from: addDays(to, 1 - days), to, zone: connection.zone };
    return clients.run(connection, signal, async (client, adapter) => {
      const log = await adapter.conversions?.(client, { range, campaignId, clickId: null });
      if (!log) return null;
      return learnArrivals(
        log.entries.flatMap(({ clickedAt, convertedAt, offer }) =>
          clickedAt === null || convertedAt === null
            ? []
            : [
                {
                  delay: convertedAt - clickedAt,
                  watched: log.fetchedAt - clickedAt,
                  offer: offer?.id ?? null,
                },
              ],
        ),
      );
    });
  };
  const byLog = async (connection: Connection, campaignId: string, signal: AbortSignal) => {
    let learnt: Arrivals | null = null;
    for (const days of LOG_DAYS) {
      learnt = (await logOf(connection, campaignId, days, signal)) ?? learnt;
      if (learnt?.settled !== false) break;
    }
    return learnt;
  };
  const byMean = async (connection: Connection, campaignId: string, signal: AbortSignal) => {
    const { campaigns } = await campaignLists(connection.id, LIST_MS, signal);
    const mean = campaigns.find(({ id }) => id === campaignId)?.meanTimeToConvert ?? null;
    return mean === null ? null : arrivalsByMean(mean);
  };

  return async (connection, campaignId, fresh, signal) => {
    const database = await open();
    const all = storedSchema.safeParse(await readData(database, 'arrivals', connection.id));
    const stored = all.success ? all.data[campaignId] : undefined;
    if (!fresh || (stored && isYoung(stored.at, now(), KEEP_MS))) return stored?.learnt ?? null;
    let learnt: Arrivals | null;
    try {
      learnt =
        (await byLog(connection, campaignId, signal)) ??
        (await byMean(connection, campaignId, signal));
    } catch (error) {
      if (isAbort(error) && signal.aborted) throw error;
      // Placements are judged all the same, by what is stored or by the user's setting.
      return stored?.learnt ?? null;
    }
    const entry = { at: now(), learnt };
    await writeData(database, 'arrivals', connection.id, (before) => {
      const known = storedSchema.safeParse(before);
      const others = Object.entries(known.success ? known.data : {})
        .filter(([id]) => id !== campaignId)
        .sort(([, a], [, b]) => b.at - a.at)
        .slice(0, MOST_KEPT - 1);
      return { ...Object.fromEntries(others), [campaignId]: entry };
    });
    return learnt;
  };
}
