import type { CostUpdate } from '../../costs/update.ts';
import { CrosstrackError } from '../../errors.ts';
import type { TrackerClient } from '../adapter.ts';
import { amountText } from '../amounts.ts';
import { acceptedSchema, campaignSchema, listOf } from './schema.ts';

/** Key in `client.memory`: this account takes serial numbers where the document has ids. */
const SPEAKS = 'redtrack.costBySerial';

/** RFC 3339 with the zone's offset at that moment; `Z` for UTC, as in the document. */
function written(moment: Temporal.ZonedDateTime): string {
  return moment
    .toString({ timeZoneName: 'never', smallestUnit: 'second' })
    .replace(/[+-]00:00$/, 'Z');
}

/** First and last second of the update's days, in its zone. */
function period(range: CostUpdate['range']): { from: string; to: string } {
  const first = Temporal.PlainDate.from(range.from).toZonedDateTime(range.zone);
  const after = Temporal.PlainDate.from(range.to).add({ days: 1 }).toZonedDateTime(range.zone);
  return { from: written(first), to: written(after.subtract({ seconds: 1 })) };
}

/** Amount and currency to send. RedTrack converts, unless the user fixed a rate. */
function money(client: TrackerClient, update: CostUpdate): { cost: string; currency: string } {
  const cost = update.rate === null ? update.amount : update.amount * update.rate;
  const currency = update.rate === null ? update.currency : client.connection.currency;
  return { cost: amountText(cost, { places: 6 }), currency };
}

async function send(client: TrackerClient, update: CostUpdate, campaign: string): Promise<void> {
  const { from, to } = period(update.range);
  const { cost, currency } = money(client, update);
  await client.http.send(
    {
      call: 'cost update',
      method: 'POST',
      path: '/tracks/cost',
      query: [
        ['time_from', from],
        ['time_to', to],
        ['cost', cost],
        ['currency', currency],
        ['campaign_id', campaign],
        ...(update.token === null
          ? []
          : ([
              ['sub_name', `sub${update.token.slot}`],
              ['sub_value', update.token.value],
            ] as const)),
      ],
      pace: 'cost',
      write: true,
      answer: acceptedSchema,
      empty: 'ok',
    },
    client.signal,
  );
}

/** The campaign's serial number; null = it has none. */
async function serialOf(client: TrackerClient, campaignId: string): Promise<string | null> {
  const { rows } = await client.http.send(
    {
      call: 'campaigns',
      method: 'GET',
      path: '/campaigns',
      query: [
        ['ids', campaignId],
        ['page', 1],
        ['per', 100],
      ],
      answer: listOf(campaignSchema),
    },
    client.signal,
  );
  return rows.find((campaign) => campaign.id === campaignId)?.serial_number || null;
}

/** Words of a refusal that is clearly about another parameter. */
const OF_OTHERS = /time_|cost|currency|sub_|country/i;

/** Was the update certainly refused, and possibly because of the campaign's id? */
function refusedId(error: unknown): boolean {
  if (!(error instanceof CrosstrackError)) return false;
  const { status, said, maybeApplied } = error.problem;
  const words = said ?? '';
  const other = OF_OTHERS.test(words) && !/campaign|serial/i.test(words);
  return status === 400 && maybeApplied !== true && !other;
}

/**
 * Sends the campaign's serial number. That it is needed is remembered first,
 * because the pace may delay the request by a minute, and forgotten when it is
 * refused as well.
 */
async function sendSerial(
  client: TrackerClient,
  update: CostUpdate,
  serial: string,
): Promise<void> {
  client.memory.set(SPEAKS, 'yes');
  try {
    await send(client, update, serial);
  } catch (error) {
    if (refusedId(error)) client.memory.delete(SPEAKS);
    throw error;
  }
}

/**
 * Spreads a total over the clicks of the period: one request with everything in
 * its query, at most one per minute. The document takes the campaign's id, but
 * one working client had to send the serial number. So when the id is refused
 * (400 without another parameter's name; nothing was applied) the serial number
 * is tried once.
 *
 * @throws CrosstrackError as {@link refuseCost}; `rate` within the minute after
 * another cost update, hence for that second attempt too
 */
export async function setCost(client: TrackerClient, update: CostUpdate): Promise<void> {
  refuseCost(client, update);
  const known = client.memory.has(SPEAKS) ? await serialOf(client, update.campaignId) : null;
  if (known !== null) return sendSerial(client, update, known);
  try {
    await send(client, update, update.campaignId);
  } catch (error) {
    if (!refusedId(error)) throw error;
    // A failed look-up does not matter; the refusal does.
    const serial = await serialOf(client, update.campaignId).catch(() => null);
    if (serial === null || serial === update.campaignId) throw error;
    await sendSerial(client, update, serial);
  }
}

/** @throws CrosstrackError `unsupported` for a CPC or for unique clicks only, `input` for an amount beyond its limits */
export function refuseCost(client: TrackerClient, update: CostUpdate): void {
  if (update.mode !== 'total') {
    throw new CrosstrackError({ kind: 'unsupported', text: 'redtrack_total_only' });
  }
  if (update.uniqueOnly) {
    throw new CrosstrackError({ kind: 'unsupported', text: 'redtrack_all_clicks' });
  }
  money(client, update);
}
