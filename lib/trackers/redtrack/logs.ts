import type { Click, Conversion, ConversionStatus, Log, LogQuestion } from '../../report/log.ts';
import { addDays, type Range } from '../../report/range.ts';
import type { TrackerClient } from '../adapter.ts';
import { isWithin, logOf, momentReader, named, tokenFields, tokensIn } from '../logs.ts';
import { listed } from './lists.ts';
import { type ClickAnswer, clickSchema, conversionSchema } from './schema.ts';

/** Most rows per page of a log. */
const PER = 10_000;
const SUBS = tokenFields('sub', 20);
const moment = momentReader('RedTrack');

/** The default statuses; an account may have its own. */
const STATUSES: Readonly<Record<string, ConversionStatus>> = {
  approved: 'sale',
  pending: 'hold',
  declined: 'rejected',
  rejected: 'rejected',
};

/**
 * Logs have no `timezone`: their days are cut in the account's zone, which need
 * not be known. With one more day on each side they cover the range in any zone.
 */
const queryOf = ({
  range,
  campaignId,
  clickId,
}: LogQuestion): ReadonlyArray<readonly [string, string]> => [
  ['date_from', addDays(range.from, -1)],
  ['date_to', addDays(range.to, 1)],
  ...(campaignId === null ? [] : [['campaign_id', campaignId] as const]),
  ...(clickId === null ? [] : [['clickid', clickId] as const]),
];

/** `GET /conversions`: times are RFC 3339, money is in each conversion's own currency. */
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
  const entries = rows.map(
    (row): Conversion => ({
      id: row.id || row.clickid,
      clickId: row.clickid || null,
      campaign: named(row.campaign_id || row.campaign.id, row.campaign.name),
      offer: named(row.offer_id || row.offer.id, row.offer.name),
      // In an account without statuses every conversion counts.
      status: row.status === '' ? 'sale' : (STATUSES[row.status.toLowerCase()] ?? null),
      statusText: row.status,
      ...(row.type === '' ? {} : { type: row.type }),
      payout: row.payout ?? null,
      currency: row.currency.toUpperCase() || client.connection.currency,
      clickedAt: moment(call, 'track_time', row.track_time, zone),
      convertedAt: moment(call, 'conv_time', row.conv_time || row.created_at, zone),
      externalId: row.external_id || null,
      tokens: tokensIn(row, SUBS),
    }),
  );
  const within = isWithin(question.range);
  return logOf(
    client,
    question.range,
    entries.filter(({ convertedAt, clickedAt }) => within(convertedAt ?? clickedAt)),
    complete,
  );
}

function clickIn(row: ClickAnswer, zone: string): Click {
  return {
    id: row.id,
    campaign: named(row.campaign_id || row.campaign.id, row.campaign.name),
    at: moment('clicks', 'track_time', row.track_time || row.created_at, zone),
    cost: row.cost ?? null,
    country: row.country || null,
    tokens: tokensIn(row, SUBS),
  };
}

/** `GET /tracks`, the range and the day before and after it; an entry's id is the click id. */
async function tracks(client: TrackerClient, question: LogQuestion) {
  const { rows, complete } = await listed(client, {
    call: 'clicks',
    path: '/tracks',
    query: queryOf(question),
    row: clickSchema,
    keyOf: ({ id }) => id,
    per: PER,
    partial: true,
  });
  return { entries: rows.map((row) => clickIn(row, question.range.zone)), complete };
}

export async function clicks(client: TrackerClient, question: LogQuestion): Promise<Log<Click>> {
  const { entries, complete } = await tracks(client, question);
  const within = isWithin(question.range);
  return logOf(
    client,
    question.range,
    entries.filter(({ at }) => within(at)),
    complete,
  );
}

export async function click(client: TrackerClient, id: string, near: Range): Promise<Click | null> {
  const { entries } = await tracks(client, { range: near, campaignId: null, clickId: id });
  return entries.find((entry) => entry.id === id) ?? null;
}
