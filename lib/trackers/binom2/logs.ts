import type { Conversion, ConversionStatus, Log, LogQuestion } from '../../report/log.ts';
import type { TrackerClient } from '../adapter.ts';
import { byOffset, listed } from '../listed.ts';
import { logOf, momentReader, named } from '../logs.ts';
import { API, daysOf } from './api.ts';
import { everyCampaign } from './objects.ts';
import { type ConversionAnswer, conversionSchema, rowsOf } from './schema.ts';

const LIMIT = 1000;
const MOST_PAGES = 200;
const moment = momentReader('Binom v2');

/** Statuses are the owner's own words; these are the most frequent in networks' postbacks. */
const STATUSES: Readonly<Record<string, ConversionStatus>> = {
  approved: 'sale',
  approve: 'sale',
  confirmed: 'sale',
  sale: 'sale',
  lead: 'lead',
  pending: 'hold',
  hold: 'hold',
  declined: 'rejected',
  rejected: 'rejected',
  trash: 'rejected',
};

/** `Summer (id:49)`: the log, as its list of filters, may write a campaign's id behind its name. */
const NAME_WITH_ID = /^(.*?)\s*\(id:\s*(\d+)\)\s*$/s;

function campaignIn({ campaign_id, campaign }: ConversionAnswer): { id: string; name: string } {
  const [, name = campaign, id = ''] = NAME_WITH_ID.exec(campaign) ?? [];
  return { id: campaign_id || id, name };
}

/** Ids of campaigns by name, of deleted ones too. */
async function idsByName(client: TrackerClient): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = new Map<string, string[]>();
  for (const { id, name } of (await everyCampaign(client)).rows) {
    ids.set(name, [...(ids.get(name) ?? []), id]);
  }
  return ids;
}

/**
 * `GET /conversions/log`; `id` is the click id. Wall times are of the asked
 * zone, the payout is in the tracker's currency.
 *
 * Campaign and click are picked here, as no filter for them is documented. A
 * campaign is told by its id, else by its name. A conversion whose name belongs
 * to no campaign, or to several, may be of the asked one: the log is incomplete then.
 */
export async function conversions(
  client: TrackerClient,
  question: LogQuestion,
): Promise<Log<Conversion>> {
  const { range, campaignId, clickId } = question;
  const call = 'conversions';
  const { rows, complete } = await listed(client, {
    call,
    path: `${API}/conversions/log`,
    query: daysOf(range),
    answer: rowsOf(conversionSchema),
    pageQuery: byOffset(LIMIT),
    pageIn: (answer) => ({ rows: answer }),
    limit: LIMIT,
    most: MOST_PAGES,
    partial: true,
    // A click may convert twice.
    keyOf: (row) => JSON.stringify([row.id, row.conversed_at, row.status, row.payout]),
  });
  const ofClick = rows
    .filter((row) => clickId === null || row.id === clickId)
    .map((row) => ({ row, campaign: campaignIn(row) }));
  const byName =
    campaignId !== null && ofClick.some(({ campaign }) => campaign.id === '')
      ? await idsByName(client)
      : new Map<string, readonly string[]>();
  const idsOf = ({ id, name }: { id: string; name: string }): readonly string[] =>
    id === '' ? (byName.get(name) ?? []) : [id];
  const entries = ofClick
    .filter(({ campaign }) => campaignId === null || isOnly(idsOf(campaign), campaignId))
    .map(({ row, campaign: { id, name } }) => ({
      id: row.id,
      clickId: row.id || null,
      campaign: named(id || (campaignId ?? ''), name),
      offer: named(row.offer_id, row.offer),
      status: STATUSES[row.status.toLowerCase()] ?? null,
      statusText: row.status,
      payout: row.payout ?? null,
      currency: client.connection.currency,
      clickedAt: moment(call, 'clicked_at', row.clicked_at, range.zone),
      convertedAt: moment(call, 'conversed_at', row.conversed_at, range.zone),
      externalId: null,
      tokens: {},
    }));
  const allTold =
    campaignId === null || ofClick.every(({ campaign }) => idsOf(campaign).length === 1);
  return logOf(client, range, entries, complete && allTold);
}

const isOnly = (ids: readonly string[], id: string): boolean => ids.length === 1 && ids[0] === id;
