import { CrosstrackError } from '../../errors.ts';
import type {
  Click,
  Conversion,
  ConversionStatus,
  Log,
  LogQuestion,
  Postback,
  PostbackQuestion,
} from '../../report/log.ts';
import type { DimensionValue } from '../../report/question.ts';
import { addDays, dayOf, type Range, splitRange } from '../../report/range.ts';
import type { TrackerClient } from '../adapter.ts';
import { isWithin, logOf, momentReader, named, tokenFields, tokensIn } from '../logs.ts';
import { listed } from './lists.ts';
import {
  type ClickAnswer,
  type ConversionAnswer,
  clicksSchema,
  conversionsSchema,
  postbacksSchema,
} from './schema.ts';

const SUBS = tokenFields('sub', 8);
const moment = momentReader('Affise');

/** Days that one question about conversions may cover. */
const CONVERSION_DAYS = 365;
/** Days, including today, whose clicks Affise shows. */
const CLICK_DAYS = 7;

/** The documented numbers, and the names that newer platforms use. */
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
/** Our status for Affise's word or number; null = another one. */
export const statusOf = (word: string): ConversionStatus | null =>
  STATUSES[word.toLowerCase().replace(/[\s-]+/g, '_')] ?? null;

const offerIn = (
  offer: { readonly id: string; readonly title: string } | null | undefined,
): DimensionValue | null => (offer && offer.id !== '' ? named(offer.id, offer.title) : null);

const wordIn = (row: ConversionAnswer): string =>
  typeof row.status === 'object' ? row.status.name || row.status.id : row.status;

/** Parameters that select the conversions of one click: its id here, or the affiliate's in a sub. */
const CLICK_FILTERS = ['clickid', 'subid1', 'subid2', 'subid3', 'subid4', 'subid5'] as const;
type Filter = readonly [(typeof CLICK_FILTERS)[number], string];

/**
 * The conversions of the question. Those of one click are looked for by its id
 * here, then by the affiliate's, which travels in one of the subs.
 */
export async function conversions(
  client: TrackerClient,
  question: LogQuestion,
): Promise<Log<Conversion>> {
  const { clickId } = question;
  if (clickId === null) return conversionsBy(client, question, null);
  let complete = true;
  for (const filter of CLICK_FILTERS) {
    const log = await conversionsBy(client, question, [filter, clickId]);
    // A platform may ignore a parameter that only the documents have.
    const entries =
      filter === 'clickid'
        ? log.entries
        : log.entries.filter(({ tokens }) => Object.values(tokens).includes(clickId));
    complete &&= log.complete;
    if (entries.length > 0) return { ...log, entries };
  }
  return logOf(client, question.range, [], complete);
}

/**
 * `GET /3.0/stats/conversions`: times are of the question's zone, money is what
 * the affiliate gets, in each conversion's own currency. Long ranges are
 * requested in periods; an empty answer about one that lies further back than
 * Affise tells makes the log incomplete. The click id is the network's own; the
 * affiliate's usually travels in a sub and is in `tokens`.
 */
async function conversionsBy(
  client: TrackerClient,
  { range, campaignId }: LogQuestion,
  filter: Filter | null,
): Promise<Log<Conversion>> {
  const call = 'conversions';
  const told = addDays(dayOf(client.now(), range.zone), 1 - CONVERSION_DAYS);
  const rows: ConversionAnswer[] = [];
  let complete = true;
  for (const { from, to } of splitRange(range, CONVERSION_DAYS)) {
    const period = await listed(client, {
      call,
      path: '/3.0/stats/conversions',
      query: [
        ['date_from', from],
        ['date_to', to],
        ['timezone', range.zone],
        ...(campaignId === null ? [] : [['offer[]', campaignId] as const]),
        ...(filter === null ? [] : [filter]),
      ],
      answer: conversionsSchema,
      rows: (answer) => answer.conversions ?? [],
      keyOf: (row) => row.conversion_id || row.id || row.action_id || JSON.stringify(row),
      partial: true,
    });
    rows.push(...period.rows);
    complete &&= period.complete && (period.rows.length > 0 || from >= told);
  }
  const entries = rows.map((row) => {
    const offer = offerIn(row.offer);
    const word = wordIn(row);
    return {
      id: row.conversion_id || row.id || row.action_id,
      clickId: row.clickid || row.click_id || row.cbid || null,
      // A network's campaigns are its offers.
      campaign: offer,
      offer,
      status: statusOf(word),
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

/** A click's ids; a conversion may name any of them. */
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

/**
 * `GET /3.0/stats/clicks`, the last seven days only: a range that begins earlier
 * is cut and incomplete.
 * @throws CrosstrackError `unsupported` for a range that ended before
 */
export async function clicks(client: TrackerClient, question: LogQuestion): Promise<Log<Click>> {
  const { range, campaignId, clickId } = question;
  const first = addDays(dayOf(client.now(), range.zone), 1 - CLICK_DAYS);
  if (range.to < first) throw clicksGone();
  const { rows, complete } = await listed(client, {
    call: 'clicks',
    path: '/3.0/stats/clicks',
    query: [
      ['date_from', range.from < first ? first : range.from],
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
    // No parameter selects one click.
    .map((row) => ({ ids: idsOf(row), click: clickIn(row, range.zone) }))
    .filter(
      ({ ids, click }) =>
        clickId === null || [...ids, ...Object.values(click.tokens)].includes(clickId),
    )
    .map(({ click }) => click);
  return logOf(client, range, entries, complete && range.from >= first);
}

const clicksGone = () =>
  new CrosstrackError({
    kind: 'unsupported',
    tracker: 'Affise',
    text: 'affise_click_days',
    values: [String(CLICK_DAYS)],
  });

/** @throws CrosstrackError `unsupported` when the click may be older than the log */
export async function click(client: TrackerClient, id: string, near: Range): Promise<Click | null> {
  const { entries, complete } = await clicks(client, {
    range: near,
    campaignId: null,
    clickId: id,
  });
  const [found] = entries;
  if (!found && !complete) throw clicksGone();
  return found ?? null;
}

/**
 * `GET /3.0/stats/affiliatepostbacks`. Its days are cut in the platform's zone,
 * which need not be known: with one more day on each side they cover the range
 * in any zone.
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
  const entries = rows.map(
    (row): Postback => ({
      id: row._id,
      at: moment(call, 'date', row.date, range.zone),
      conversionId: row.lead_id || null,
      url: row.postback_url || null,
      // 0 where nobody answered.
      httpCode: row.http_code || null,
      status: statusOf(row.status),
    }),
  );
  const within = isWithin(range);
  return logOf(
    client,
    range,
    entries.filter(({ at }) => within(at)),
    complete,
  );
}
