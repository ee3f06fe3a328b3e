import type {
  Click,
  Conversion,
  ConversionStatus,
  ConversionUpload,
  Log,
  LogQuestion,
} from '../../report/log.ts';
import type { Range } from '../../report/range.ts';
import type { TrackerClient } from '../adapter.ts';
import { logOf, momentReader, named, refuseMore, tokenFields, tokensIn } from '../logs.ts';
import { listed } from './lists.ts';
import { acceptedSchema, type ClickAnswer, clickSchema, conversionSchema } from './schema.ts';

/** Rows a page of a log may have at most. */
const PER = 10_000;
const SUBS = tokenFields('sub', 20);
const moment = momentReader('RedTrack');
/** Conversions that one upload takes; the limit is ours, none is documented. */
export const MOST_UPLOADS = 500;

/** The default statuses; an account may have words of its own. */
const STATUSES: Readonly<Record<string, ConversionStatus>> = {
  approved: 'sale',
  pending: 'hold',
  declined: 'rejected',
  rejected: 'rejected',
};

const queryOf = ({
  range,
  campaignId,
  clickId,
}: LogQuestion): ReadonlyArray<readonly [string, string]> => [
  ['date_from', range.from],
  ['date_to', range.to],
  ['timezone', range.zone],
  ...(campaignId === null ? [] : [['campaign_id', campaignId] as const]),
  ...(clickId === null ? [] : [['clickid', clickId] as const]),
];

/** `GET /conversions`: times are RFC 3339; money is in each conversion's own currency. */
export async function conversions(
  client: TrackerClient,
  question: LogQuestion,
): Promise<Log<Conversion>> {
  const call = 'conversions';
  const { rows, complete } = await listed(client, {
    call,
    path: '/conversions',
    query: queryOf(question),
    row: conversionSchema,
    keyOf: (row) => row.id || JSON.stringify(row),
    per: PER,
    partial: true,
  });
  const { zone } = question.range;
  const entries = rows.map((row) => ({
    id: row.id || row.clickid,
    clickId: row.clickid || null,
    campaign: named(row.campaign_id, row.campaign),
    offer: named(row.offer_id, row.offer),
    // Without statuses in the account every conversion counts.
    status: row.status === '' ? 'sale' : (STATUSES[row.status.toLowerCase()] ?? null),
    statusText: row.status,
    payout: row.payout ?? null,
    currency: row.currency.toUpperCase() || client.connection.currency,
    clickedAt: moment(call, 'track_time', row.track_time, zone),
    convertedAt: moment(call, 'conv_time', row.conv_time || row.created_at, zone),
    externalId: row.external_id || null,
    tokens: tokensIn(row, SUBS),
  }));
  return logOf(client, question.range, entries, complete);
}

function clickIn(row: ClickAnswer, zone: string): Click {
  return {
    id: row.id,
    campaign: named(row.campaign_id, row.campaign),
    at: moment('clicks', 'track_time', row.track_time || row.created_at, zone),
    cost: row.cost ?? null,
    country: row.country || null,
    tokens: tokensIn(row, SUBS),
  };
}

/** `GET /tracks`; an entry's id is the click id. */
export async function clicks(client: TrackerClient, question: LogQuestion): Promise<Log<Click>> {
  const { rows, complete } = await listed(client, {
    call: 'clicks',
    path: '/tracks',
    query: queryOf(question),
    row: clickSchema,
    keyOf: ({ id }) => id,
    per: PER,
    partial: true,
  });
  const entries = rows.map((row) => clickIn(row, question.range.zone));
  return logOf(client, question.range, entries, complete);
}

export async function click(client: TrackerClient, id: string, near: Range): Promise<Click | null> {
  const { entries } = await clicks(client, { range: near, campaignId: null, clickId: id });
  return entries.find((entry) => entry.id === id) ?? null;
}

/** `POST /conversions`: 201 and no body. A conversion without a payout gets the offer's. */
export async function uploadConversions(
  client: TrackerClient,
  uploads: readonly ConversionUpload[],
): Promise<void> {
  refuseMore(uploads, MOST_UPLOADS, 'RedTrack');
  await client.http.send(
    {
      call: 'conversion upload',
      method: 'POST',
      path: '/conversions',
      json: uploads.map(({ clickId, payout, at, type, campaignId }) => ({
        clickid: clickId,
        ...(payout === null ? {} : { payout }),
        ...(type === null ? {} : { type }),
        ...(at === null ? {} : { created_at: new Date(at).toISOString() }),
        ...(campaignId === null ? {} : { campaign_id: campaignId }),
      })),
      write: true,
      answer: acceptedSchema,
      empty: 'ok',
    },
    client.signal,
  );
}
