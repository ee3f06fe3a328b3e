import { CrosstrackError } from '../../errors.ts';
import type {
  Click,
  Conversion,
  ConversionStatus,
  ConversionUpload,
  Log,
  LogQuestion,
  Postback,
  PostbackQuestion,
} from '../../report/log.ts';
import type { DimensionValue } from '../../report/question.ts';
import { addDays, instantsOf, type Range } from '../../report/range.ts';
import type { TrackerClient } from '../adapter.ts';
import { logOf, momentReader, named, refuseMore, tokenFields, tokensIn } from '../logs.ts';
import { listed } from './lists.ts';
import {
  type ClickAnswer,
  type ConversionAnswer,
  clicksSchema,
  conversionsSchema,
  importedSchema,
  postbacksSchema,
} from './schema.ts';

const SUBS = tokenFields('sub', 8);
const moment = momentReader('Affise');
/** Conversions that one import takes; the limit is ours, none is documented. */
export const MOST_IMPORTS = 100;

/** Numbers of the documents, and the names that newer platforms write. */
const STATUSES: Readonly<Record<string, ConversionStatus>> = {
  1: 'sale',
  confirmed: 'sale',
  approved: 'sale',
  2: 'hold',
  pending: 'hold',
  pending_cap: 'hold',
  3: 'rejected',
  declined: 'rejected',
  4: 'rejected',
  not_found: 'rejected',
  5: 'hold',
  hold: 'hold',
};
/** Our statuses in the words of the import. */
const IMPORTED: Readonly<Record<ConversionStatus, string>> = {
  sale: 'confirmed',
  lead: 'pending',
  hold: 'hold',
  rejected: 'declined',
};

const offerIn = (
  offer: { readonly id: string; readonly title: string } | null | undefined,
): DimensionValue | null => (offer && offer.id !== '' ? named(offer.id, offer.title) : null);

const wordIn = (row: ConversionAnswer): string =>
  typeof row.status === 'object' ? row.status.name || row.status.id : row.status;

/**
 * `GET /3.0/stats/conversions`. Wall times are of the asked zone; money is what
 * the affiliate gets, in each conversion's own currency. The click id is the
 * affiliate's where the platform has it under that name; usually it travels in
 * a sub, and is in `tokens`.
 */
export async function conversions(
  client: TrackerClient,
  question: LogQuestion,
): Promise<Log<Conversion>> {
  const call = 'conversions';
  const { range, campaignId, clickId } = question;
  const { rows, complete } = await listed(client, {
    call,
    path: '/3.0/stats/conversions',
    query: [
      ['date_from', range.from],
      ['date_to', range.to],
      ['timezone', range.zone],
      ...(campaignId === null ? [] : [['offer[]', campaignId] as const]),
      ...(clickId === null ? [] : [['clickid', clickId] as const]),
    ],
    answer: conversionsSchema,
    rows: (answer) => answer.conversions ?? [],
    keyOf: (row) => row.conversion_id || row.id || row.action_id || JSON.stringify(row),
    partial: true,
  });
  const entries = rows.map((row) => {
    const offer = offerIn(row.offer);
    const word = wordIn(row);
    return {
      id: row.conversion_id || row.id || row.action_id,
      clickId: row.clickid || row.click_id || row.cbid || null,
      // A network's campaigns are its offers.
      campaign: offer,
      offer,
      status: STATUSES[word.toLowerCase().replace(/[\s-]+/g, '_')] ?? null,
      statusText: word,
      payout: row.payouts ?? row.revenue ?? null,
      currency: row.currency.toUpperCase() || client.connection.currency,
      clickedAt: moment(call, 'click_time', row.click_time, range.zone),
      convertedAt: moment(call, 'created_at', row.created_at, range.zone),
      externalId: row.action_id || null,
      tokens: tokensIn(row, SUBS),
    };
  });
  return logOf(client, range, entries, complete);
}

/** A click goes by several names; a conversion may say any of them. */
const idsOf = ({ id, click_id, cbid }: ClickAnswer): string[] =>
  [id, click_id, cbid].filter((each) => each !== '');

function clickIn(row: ClickAnswer, zone: string): Click {
  return {
    id: idsOf(row)[0] ?? '',
    campaign: offerIn(row.offer),
    at: moment('clicks', 'created_at', row.created_at, zone),
    // A network does not know what the traffic cost.
    cost: null,
    country: row.country || null,
    tokens: tokensIn(row, SUBS),
  };
}

/** `GET /3.0/stats/clicks`: both dates are required. */
export async function clicks(client: TrackerClient, question: LogQuestion): Promise<Log<Click>> {
  const { range, campaignId, clickId } = question;
  const { rows, complete } = await listed(client, {
    call: 'clicks',
    path: '/3.0/stats/clicks',
    query: [
      ['date_from', range.from],
      ['date_to', range.to],
      ['timezone', range.zone],
      ...(campaignId === null ? [] : [['offer[]', campaignId] as const]),
    ],
    answer: clicksSchema,
    rows: (answer) => answer.clicks ?? [],
    keyOf: (row) => idsOf(row)[0] ?? JSON.stringify(row),
    partial: true,
  });
  const entries = rows
    // There is no parameter for one click.
    .filter((row) => clickId === null || idsOf(row).includes(clickId))
    .map((row) => clickIn(row, range.zone));
  return logOf(client, range, entries, complete);
}

/** The click that a conversion of these days came from, or one of the click log. */
export async function click(client: TrackerClient, id: string, near: Range): Promise<Click | null> {
  const { entries } = await clicks(client, { range: near, campaignId: null, clickId: id });
  return entries[0] ?? null;
}

/**
 * `GET /3.0/stats/affiliatepostbacks`. Its days are cut in the platform's own
 * zone, which nothing tells: a day more on either side is asked for, and what
 * lies outside the range is left out.
 */
export async function postbacks(
  client: TrackerClient,
  { range, campaignId }: PostbackQuestion,
): Promise<Log<Postback>> {
  const call = 'postbacks';
  const { rows, complete } = await listed(client, {
    call,
    path: '/3.0/stats/affiliatepostbacks',
    query: [
      ['date_from', addDays(range.from, -1)],
      ['date_to', addDays(range.to, 1)],
      ...(campaignId === null ? [] : [['offer[]', campaignId] as const]),
    ],
    answer: postbacksSchema,
    rows: (answer) => answer.postbacks ?? [],
    keyOf: (row) => row._id || JSON.stringify(row),
    partial: true,
  });
  const { start, end } = instantsOf(range);
  const entries = rows.map(
    (row): Postback => ({
      id: row._id,
      at: moment(call, 'date', row.date, range.zone),
      conversionId: row.lead_id || null,
      url: row.postback_url || null,
      // Nought where nobody answered.
      httpCode: row.http_code || null,
      status: STATUSES[row.status.toLowerCase()] ?? null,
    }),
  );
  const within = entries.filter(({ at }) => at === null || (at >= start && at < end));
  return logOf(client, range, within, complete);
}

/**
 * `POST /3.0/admin/conversions/import`, form-encoded; an administrator's key
 * only. The platform imports within minutes. The affiliate's click id travels
 * as `action_id`, its own id of the conversion.
 * @throws CrosstrackError `input` for a conversion without offer or affiliate
 */
export async function uploadConversions(
  client: TrackerClient,
  uploads: readonly ConversionUpload[],
): Promise<void> {
  refuseMore(uploads, MOST_IMPORTS, 'Affise');
  const form = uploads.flatMap((upload, index) => {
    if (upload.offerId === null || upload.affiliateId === null) {
      throw new CrosstrackError({
        kind: 'input',
        tracker: 'Affise',
        text: 'affise_import_needs',
        values: [upload.clickId],
      });
    }
    const field = (name: string, value: string | number) =>
      [`list[${index}][${name}]`, value] as const;
    return [
      field('offer', upload.offerId),
      field('pid', upload.affiliateId),
      field('action_id', upload.clickId),
      ...(upload.payout === null ? [] : [field('sum', upload.payout)]),
      ...(upload.status === null ? [] : [field('status', IMPORTED[upload.status])]),
    ];
  });
  await client.http.send(
    {
      call: 'conversion upload',
      method: 'POST',
      path: '/3.0/admin/conversions/import',
      form,
      write: true,
      answer: importedSchema,
    },
    client.signal,
  );
}
