import type { Click, Conversion, ConversionStatus, Log, LogQuestion } from '../../report/log.ts';
import type { DimensionValue } from '../../report/question.ts';
import type { Range } from '../../report/range.ts';
import type { TrackerClient } from '../adapter.ts';
import { logOf, momentReader, named, tokensIn } from '../logs.ts';
import { type LogRequest, logRows, SUBS, type Wording } from './log-rows.ts';

const moment = momentReader('Keitaro');

/** Columns of a conversion; some versions name `event_id` for its id and `datetime` for its time. */
const conversionColumns = (id: string, time: string): Wording => ({
  columns: [
    id,
    'sub_id',
    'campaign_id',
    'campaign',
    'offer_id',
    'offer',
    'revenue',
    'status',
    'click_datetime',
    time,
    'tid',
  ],
  sort: time,
});
const CONVERSIONS: LogRequest = {
  call: 'conversions',
  path: '/conversions/log',
  wordings: [
    conversionColumns('conversion_id', 'postback_datetime'),
    conversionColumns('event_id', 'datetime'),
  ],
  keyOf: (row) => row.conversion_id || row.event_id || JSON.stringify(row),
};
const CLICKS: LogRequest = {
  call: 'clicks',
  path: '/clicks/log',
  wordings: [
    {
      columns: ['sub_id', 'datetime', 'campaign_id', 'campaign', 'cost', 'country_code'],
      sort: 'datetime',
    },
  ],
  keyOf: (row) => row.sub_id || JSON.stringify(row),
};

/** Keitaro's own statuses, and those that owners add most often. */
const STATUSES: Readonly<Record<string, ConversionStatus>> = {
  lead: 'lead',
  registration: 'lead',
  sale: 'sale',
  rebill: 'sale',
  deposit: 'sale',
  hold: 'hold',
  rejected: 'rejected',
  trash: 'rejected',
};

/** An id of 0 stands for no campaign or offer. */
const objectIn = (id: string, name: string): DimensionValue | null =>
  id === '' || id === '0' ? null : named(id, name);

/**
 * `POST /conversions/log`; `sub_id` is the click id. Wall times are of the
 * asked zone, revenue is in the tracker's currency.
 */
export async function conversions(
  client: TrackerClient,
  question: LogQuestion,
): Promise<Log<Conversion>> {
  const { call } = CONVERSIONS;
  const { rows, complete } = await logRows(client, CONVERSIONS, question);
  const { zone } = question.range;
  const entries = rows.map((row) => ({
    id: row.conversion_id || row.event_id || row.sub_id,
    clickId: row.sub_id || null,
    campaign: objectIn(row.campaign_id, row.campaign),
    offer: objectIn(row.offer_id, row.offer),
    status: STATUSES[row.status.toLowerCase()] ?? null,
    statusText: row.status,
    payout: row.revenue ?? null,
    currency: client.connection.currency,
    clickedAt: moment(call, 'click_datetime', row.click_datetime, zone),
    convertedAt:
      row.postback_datetime === undefined
        ? moment(call, 'datetime', row.datetime, zone)
        : moment(call, 'postback_datetime', row.postback_datetime, zone),
    externalId: row.tid || null,
    tokens: tokensIn(row, SUBS),
  }));
  return logOf(client, question.range, entries, complete);
}

/** `POST /clicks/log`; wall times are of the asked zone, cost is in the tracker's currency. */
export async function clicks(client: TrackerClient, question: LogQuestion): Promise<Log<Click>> {
  const { call } = CLICKS;
  const { rows, complete } = await logRows(client, CLICKS, question);
  const { zone } = question.range;
  const entries = rows.map((row) => ({
    id: row.sub_id,
    campaign: objectIn(row.campaign_id, row.campaign),
    at: moment(call, 'datetime', row.datetime, zone),
    cost: row.cost ?? null,
    country: row.country_code || null,
    tokens: tokensIn(row, SUBS),
  }));
  return logOf(client, question.range, entries, complete);
}

export async function click(client: TrackerClient, id: string, near: Range): Promise<Click | null> {
  const { entries } = await clicks(client, { range: near, campaignId: null, clickId: id });
  return entries.find((entry) => entry.id === id) ?? null;
}
