import type { TrackerCall } from '../../errors.ts';
import { presetRange, type Range } from '../../report/range.ts';
import type { Campaign, Lander, Offer, TrackerClient } from '../adapter.ts';
import { urlIn } from '../addresses.ts';
import { byOffset, listed } from '../listed.ts';
import { wholeOf } from '../paging.ts';
import { API, daysOf, type Query } from './api.ts';
import { listOf, type ObjectAnswer, objectSchema } from './schema.ts';
import { sourceIds } from './sources.ts';

const LIMIT = 1000;
const MOST_PAGES = 100;

const todayOf = (client: TrackerClient): Range =>
  presetRange('today', client.now(), client.connection.zone);

/** All elements of `/info/…` or `/stats/…`, without the total at their end. */
async function elements(
  client: TrackerClient,
  call: TrackerCall,
  path: string,
  query: Query,
): Promise<{ rows: ObjectAnswer[]; complete: boolean }> {
  return listed(client, {
    call,
    path: `${API}${path}`,
    query,
    answer: listOf(objectSchema),
    pageQuery: byOffset(LIMIT),
    pageIn(answer) {
      const totals = answer.find(({ id }) => id === 'totals');
      return { rows: answer.filter((row) => row !== totals), total: totals?.total_count };
    },
    keyOf: ({ id }) => id,
    limit: LIMIT,
    most: MOST_PAGES,
    partial: true,
  });
}

/** Figures of all campaigns for the days, the biggest first, as the panel itself asks for them. */
export const campaignStats = (client: TrackerClient, range: Range, until?: number) =>
  elements(client, 'report', '/stats/campaign', [
    ...daysOf(range, until),
    ['sortColumn', 'clicks'],
    ['sortType', 'desc'],
  ]);

/** All campaigns, deleted ones too. */
export const everyCampaign = (client: TrackerClient) =>
  elements(client, 'campaigns', '/info/campaign', daysOf(todayOf(client)));

/** Number of campaigns that are not deleted, by the cheapest request. */
export async function campaignCount(client: TrackerClient): Promise<number> {
  const rows = wholeOf(await everyCampaign(client));
  return rows.filter(({ is_deleted }) => !is_deleted).length;
}

/** Campaigns that are not deleted. Their list lacks the sources, which their figures name. */
export async function campaigns(client: TrackerClient): Promise<Campaign[]> {
  const today = todayOf(client);
  const [list, figures, idOf] = await Promise.all([
    everyCampaign(client),
    campaignStats(client, today),
    sourceIds(client),
  ]);
  const sourceOf = new Map(figures.rows.map(({ id, traffic_source }) => [id, traffic_source]));
  return wholeOf(list)
    .filter(({ is_deleted }) => !is_deleted)
    .map(({ id, name, traffic_source, mean_time_to_convert }) => {
      const source = traffic_source || sourceOf.get(id) || '';
      return {
        id,
        name,
        active: true,
        source: source === '' ? null : { id: idOf.get(source) ?? source, name: source },
        meanTimeToConvert: mean_time_to_convert ? mean_time_to_convert * 1000 : null,
      };
    });
}

/** Payout of an offer: a number in the tracker's currency, an amount of money, or none; automatic ones vary. */
function payoutIn({ payout }: ObjectAnswer, currency: string): Offer['payout'] {
  if (typeof payout !== 'object' || payout === null) {
    return payout ? { amount: payout, currency } : null;
  }
  const { money, isAuto } = payout;
  if (isAuto || !money?.amount) return null;
  return { amount: money.amount, currency: money.currency.toUpperCase() || currency };
}

/** `/info/offer`; not every version tells the payout. */
export async function offers(client: TrackerClient): Promise<Offer[]> {
  const rows = wholeOf(await elements(client, 'offers', '/info/offer', daysOf(todayOf(client))));
  return rows
    .filter(({ is_deleted }) => !is_deleted)
    .map((row) => ({
      id: row.id,
      name: row.name,
      active: true,
      payout: payoutIn(row, client.connection.currency),
      network: row.affiliate_network || null,
      ...urlIn(row.url),
    }));
}

export async function landers(client: TrackerClient): Promise<Lander[]> {
  const rows = wholeOf(await elements(client, 'landers', '/info/landing', daysOf(todayOf(client))));
  return rows
    .filter(({ is_deleted }) => !is_deleted)
    .map(({ id, name }) => ({ id, name, active: true }));
}
