import type { CostUpdate } from '../../costs/update.ts';
import { CrosstrackError } from '../../errors.ts';
import type { TrackerClient } from '../adapter.ts';
import { amountText } from '../amounts.ts';
import { acceptedSchema, campaignSchema, listOf } from './schema.ts';

/** Key in `client.memory`: this account wants serial numbers where the document says ids. */
const SPEAKS = 'redtrack.costBySerial';

/** RFC 3339 in the zone's own offset of that moment; `Z` for UTC, as the document writes it. */
function written(moment: Temporal.ZonedDateTime): string {
  return moment
    .toString({ timeZoneName: 'never', smallestUnit: 'second' })
    .replace(/[+-]00:00$/, 'Z');
}

/** First and last second of the update's days in the update's zone. */
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

/** The campaign's serial number, or null when the account does not say one. */
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

/** What a refusal says that is plainly about something else. */
const OF_OTHERS = /time_|cost|currency|sub_|country/i;

/** Was the update surely refused, and not for something else than the campaign's id? */
function refusedId(error: unknown): boolean {
  if (!(error instanceof CrosstrackError)) return false;
  const { status, said, maybeApplied } = error.problem;
  const words = said ?? '';
  const other = OF_OTHERS.test(words) && !/campaign|serial/i.test(words);
  return status === 400 && maybeApplied !== true && !other;
}

/**
 * Sends the campaign's serial number. What was learnt is kept before the send,
 * since the pace may put that off by a minute, and dropped when it proves wrong.
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
 * Spreads a total over the clicks of the period: one request, everything in its
 * query, at most one a minute. The document wants the campaign's id; one client
 * in the field had to send the serial number, so a refusal of the id (400 that
 * names no other parameter: nothing was applied) is followed by one try with that.
 *
 * @throws CrosstrackError as {@link refuseCost}; `rate` when the minute is not
 * over, which the second try meets as well.
 */
export async function setCost(client: TrackerClient, update: CostUpdate): Promise<void> {
  refuseCost(client, update);
  const known = client.memory.has(SPEAKS) ? await serialOf(client, update.campaignId) : null;
  if (known !== null) return sendSerial(client, update, known);
  try {
    await send(client, update, update.campaignId);
  } catch (error) {
    if (!refusedId(error)) throw error;
    // What the look-up meets is no news: the refusal is.
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
