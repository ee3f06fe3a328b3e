import type { Conversion, ConversionStatus, Log, LogQuestion } from '../../report/log.ts';
import type { TrackerClient } from '../adapter.ts';
import { byOffset, listed } from '../listed.ts';
import { logOf, momentReader, named } from '../logs.ts';
import { API, campaigns, daysOf } from './objects.ts';
import { conversionSchema, rowsOf } from './schema.ts';

const LIMIT = 1000;
const MOST_PAGES = 200;
const moment = momentReader('Binom v2');

/** Statuses are the owner's own words; these are what networks' postbacks bring most. */
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

/**
 * `GET /conversions/log`; `id` is the click id. Wall times are of the asked
 * zone, the payout is in the tracker's currency. Campaign and click are picked
 * here: no filter for them is documented.
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
  const name =
    campaignId === null
      ? null
      : (await campaigns(client)).find(({ id }) => id === campaignId)?.name;
  const entries = rows
    .filter((row) => clickId === null || row.id === clickId)
    .filter((row) =>
      row.campaign_id === ''
        ? campaignId === null || row.campaign === name
        : campaignId === null || row.campaign_id === campaignId,
    )
    .map((row) => ({
      id: row.id,
      clickId: row.id || null,
      campaign: named(row.campaign_id || (campaignId ?? ''), row.campaign),
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
  return logOf(client, range, entries, complete);
}
