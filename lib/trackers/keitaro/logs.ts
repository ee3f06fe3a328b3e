import type { TrackerCall } from '../../errors.ts';
import type { Click, Conversion, ConversionStatus, Log, LogQuestion } from '../../report/log.ts';
import type { DimensionValue } from '../../report/question.ts';
import type { Range } from '../../report/range.ts';
import type { TrackerClient } from '../adapter.ts';
import { logOf, momentReader, named, tokenFields, tokensIn } from '../logs.ts';
import { numericId } from '../numbers.ts';
import { allPages } from '../paging.ts';
import { type LogRowAnswer, logSchema } from './schema.ts';

const LIMIT = 1000;
const MOST_PAGES = 200;
/** Tokens that logs know as columns; reports know more. */
const LOG_TOKENS = 10;
const SUBS = tokenFields('sub_id_', LOG_TOKENS);
const moment = momentReader('Keitaro');

const CONVERSION_COLUMNS = [
  'conversion_id',
  'sub_id',
  'campaign_id',
  'campaign',
  'offer_id',
  'offer',
  'revenue',
  'status',
  'click_datetime',
  'postback_datetime',
  'tid',
  ...SUBS,
];
const CLICK_COLUMNS = [
  'sub_id',
  'datetime',
  'campaign_id',
  'campaign',
  'cost',
  'country_code',
  ...SUBS,
];

/** Keitaro's own words, and those that owners add most. */
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

interface Asked {
  readonly call: TrackerCall;
  readonly path: string;
  readonly columns: readonly string[];
  /** Column by which the pages are sorted: it does not change while they are read. */
  readonly sort: string;
  readonly keyOf: (row: LogRowAnswer) => string;
}

function entriesOf(
  client: TrackerClient,
  asked: Asked,
  { range, campaignId, clickId }: LogQuestion,
) {
  const filters = [
    ...(campaignId === null
      ? []
      : [{ name: 'campaign_id', operator: 'EQUALS', expression: numericId(campaignId) }]),
    ...(clickId === null ? [] : [{ name: 'sub_id', operator: 'EQUALS', expression: clickId }]),
  ];
  return allPages<LogRowAnswer>({
    limit: LIMIT,
    most: MOST_PAGES,
    page: async (_, offset) =>
      client.http.send(
        {
          call: asked.call,
          method: 'POST',
          path: `/admin_api/v1${asked.path}`,
          json: {
            range: { from: range.from, to: range.to, timezone: range.zone },
            columns: asked.columns,
            filters,
            sort: [{ name: asked.sort, order: 'asc' }],
            limit: LIMIT,
            offset,
          },
          answer: logSchema,
        },
        client.signal,
      ),
    keyOf: asked.keyOf,
  });
}

/** Nought is no object. */
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
  const call = 'conversions';
  const { rows, complete } = await entriesOf(
    client,
    {
      call,
      path: '/conversions/log',
      columns: CONVERSION_COLUMNS,
      sort: 'postback_datetime',
      keyOf: (row) => row.conversion_id || JSON.stringify(row),
    },
    question,
  );
  const { zone } = question.range;
  const entries = rows.map((row) => ({
    id: row.conversion_id || row.sub_id,
    clickId: row.sub_id || null,
    campaign: objectIn(row.campaign_id, row.campaign),
    offer: objectIn(row.offer_id, row.offer),
    status: STATUSES[row.status.toLowerCase()] ?? null,
    statusText: row.status,
    payout: row.revenue ?? null,
    currency: client.connection.currency,
    clickedAt: moment(call, 'click_datetime', row.click_datetime, zone),
    convertedAt: moment(call, 'postback_datetime', row.postback_datetime, zone),
    externalId: row.tid || null,
    tokens: tokensIn(row, SUBS),
  }));
  return logOf(client, question.range, entries, complete);
}

/** `POST /clicks/log`; wall times are of the asked zone, cost is in the tracker's currency. */
export async function clicks(client: TrackerClient, question: LogQuestion): Promise<Log<Click>> {
  const call = 'clicks';
  const { rows, complete } = await entriesOf(
    client,
    {
      call,
      path: '/clicks/log',
      columns: CLICK_COLUMNS,
      sort: 'datetime',
      keyOf: (row) => row.sub_id || JSON.stringify(row),
    },
    question,
  );
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
