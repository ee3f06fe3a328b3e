import type { TrackerCall } from '../../errors.ts';
import { z } from '../../zod.ts';
import type { Lander, Offer, TrackerClient } from '../adapter.ts';
import { urlIn } from '../addresses.ts';
import { byOffset, listed } from '../listed.ts';
import { wholeOf } from '../paging.ts';
import { campaignSchema, landerSchema, offerSchema, sourceSchema } from './schema.ts';

/**
 * Newer versions page lists with `limit` and `offset`; older ones ignore both
 * and send everything each time.
 */
const LIMIT = 1000;
const MOST_PAGES = 50;

/** A whole list, each object once. */
async function whole<T extends { readonly id: string }>(
  client: TrackerClient,
  call: TrackerCall,
  path: string,
  row: z.ZodMiniType<T>,
): Promise<T[]> {
  const list = await listed(client, {
    call,
    path: `/admin_api/v1${path}`,
    answer: z.array(row),
    pageQuery: byOffset(LIMIT),
    pageIn: (rows) => ({ rows }),
    keyOf: ({ id }) => id,
    limit: LIMIT,
    most: MOST_PAGES,
    unpaged: true,
  });
  return wholeOf(list);
}

export const campaignAnswers = (client: TrackerClient) =>
  whole(client, 'campaigns', '/campaigns', campaignSchema);

export const sourceAnswers = (client: TrackerClient) =>
  whole(client, 'sources', '/traffic_sources', sourceSchema);

/** Is it archived? Answers say `deleted`, the documentation `removed`. */
export const isGone = ({ state }: { readonly state: string }): boolean =>
  state === 'deleted' || state === 'removed';

const isActive = ({ state }: { readonly state: string }): boolean =>
  state === '' || state === 'active';

/** Offers with their payout, if it is the same for all conversions. */
export async function offers(client: TrackerClient): Promise<Offer[]> {
  const rows = await whole(client, 'offers', '/offers', offerSchema);
  return rows
    .filter((row) => !isGone(row))
    .map((row) => ({
      id: row.id,
      name: row.name,
      active: isActive(row),
      payout:
        row.payout_auto || !row.payout_value || row.payout_currency === ''
          ? null
          : { amount: row.payout_value, currency: row.payout_currency.toUpperCase() },
      network: row.affiliate_network || null,
      ...urlIn(row.action_payload, row.url),
    }));
}

export async function landers(client: TrackerClient): Promise<Lander[]> {
  const rows = await whole(client, 'landers', '/landing_pages', landerSchema);
  return rows
    .filter((row) => !isGone(row))
    .map((row) => ({ id: row.id, name: row.name, active: isActive(row) }));
}
