import { payoutSchema } from '../../blacklist/rule-settings.ts';
import type { Connection } from '../../connections/connection.ts';
import { z } from '../../zod.ts';
import { readData, writeData } from '../connections/data.ts';
import type { Services } from '../services.ts';

/** Campaigns per connection whose payouts are remembered: those that were entered last. */
const MOST_KEPT = 500;

const storedSchema = z.array(
  z.object({ campaignId: z.string(), payout: payoutSchema, currency: z.string() }),
);

type Of = Pick<Connection, 'id' | 'currency'>;

/**
 * The payouts per conversion that the user has entered, each for one campaign and in the currency that
 * its connection had then: another currency's is not used.
 */
export interface Payouts {
  /** null = none is entered. */
  of(connection: Of, campaignId: string): Promise<number | null>;
  set(connection: Of, campaignId: string, payout: number | null): Promise<void>;
}

export function createPayouts({ database: open }: Pick<Services, 'database'>): Payouts {
  const payoutsIn = (stored: unknown) => storedSchema.safeParse(stored).data ?? [];
  return {
    async of({ id, currency }, campaignId) {
      const found = payoutsIn(await readData(await open(), 'payouts', id)).find(
        (one) => one.campaignId === campaignId && one.currency === currency,
      );
      return found?.payout ?? null;
    },
    set: async ({ id, currency }, campaignId, payout) =>
      writeData(await open(), 'payouts', id, (stored) => {
        const others = payoutsIn(stored).filter((one) => one.campaignId !== campaignId);
        const all = payout === null ? others : [...others, { campaignId, payout, currency }];
        return all.slice(-MOST_KEPT);
      }),
  };
}
