import type { CostUpdate } from '../../costs/update.ts';
import { CrosstrackError } from '../../errors.ts';
import type { MessageKey } from '../../i18n.ts';
import type { TrackerClient } from '../adapter.ts';
import { amountText } from '../amounts.ts';
import { numericId } from '../numbers.ts';
import { lastSecond } from '../times.ts';
import { refuseUnscheduled, scheduledSchema } from './scheduled.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Tokens that a cost can be filtered by: 30 in newer versions, 15 in those of the old vocabulary. */
export const COST_TOKENS = 30;
const OLD_COST_TOKENS = 15;

/** Entries per call, as careful clients send them. */
export const BULK = 100;

/** As Keitaro itself writes costs: "10.0000", or "19.22" in its examples. */
const AMOUNT = { places: 4, least: 2 };

/**
 * Schedules costs by `POST /clicks/update_costs`, one campaign per call, because
 * it is not documented how a cost is shared among several. `{"success":true}`
 * means scheduled; the tracker applies it minutes later.
 *
 * Days are whole, or end at the update's instant, in the updates' zone; amounts are in the updates' currency,
 * which Keitaro converts itself. Zone and currency stand in each entry, as the
 * description requires, and beside the entries, where some versions read them.
 * @throws CrosstrackError as {@link refuseCost}, and `unsupported` for updates
 * that do not fit into one call
 */
export async function setCosts(
  client: TrackerClient,
  updates: readonly CostUpdate[],
): Promise<void> {
  const [first] = updates;
  if (!first) return;
  for (const update of updates) {
    refuseCost(client, update);
    refuseApart(update, first, updates.length);
  }
  const { zone } = first.range;
  const answer = await client.http.send(
    {
      call: 'cost update',
      method: 'POST',
      path: '/admin_api/v1/clicks/update_costs',
      json: {
        campaign_ids: [numericId(first.campaignId)],
        costs: updates.map(({ range, until, amount, currency, token }) => ({
          start_date: `${range.from} 00:00`,
          end_date: lastSecond(range, until),
          timezone: zone,
          currency,
          cost: amountText(amount, AMOUNT),
          ...(token ? { filters: { [`sub_id_${token.slot}`]: token.value } } : {}),
        })),
        timezone: zone,
        currency: first.currency,
        only_campaign_uniques: first.uniqueOnly ? 1 : 0,
      },
      write: true,
      answer: scheduledSchema,
    },
    client.signal,
  );
  refuseUnscheduled(answer, 'cost update', 'keitaro_cost_refused');
}

/** One update; see {@link setCosts}. */
export const setCost = (client: TrackerClient, update: CostUpdate): Promise<void> =>
  setCosts(client, [update]);

const unsupported = (text: MessageKey, ...values: string[]) =>
  new CrosstrackError({ kind: 'unsupported', tracker: 'Keitaro', text, values });

/**
 * @throws CrosstrackError `unsupported` for a CPC, a token that costs cannot be
 * filtered by, or a value with a comma, which Keitaro reads as a list of values;
 * `input` for an amount that it does not keep
 */
export function refuseCost(client: TrackerClient, { mode, amount, token }: CostUpdate): void {
  if (mode !== 'total') throw unsupported('keitaro_cost_total_only');
  const tokens = vocabularyOf(client) === 'old' ? OLD_COST_TOKENS : COST_TOKENS;
  if (token && token.slot > tokens) throw unsupported('keitaro_cost_token', String(tokens));
  if (token?.value.includes(',')) throw unsupported('keitaro_cost_comma', token.value);
  amountText(amount, AMOUNT);
}

/** Refuses updates of one call that differ in what is said once for all of them. */
function refuseApart(update: CostUpdate, first: CostUpdate, count: number): void {
  const same =
    update.campaignId === first.campaignId &&
    update.range.zone === first.range.zone &&
    update.currency === first.currency &&
    update.uniqueOnly === first.uniqueOnly;
  if (!same || count > BULK) throw unsupported('keitaro_cost_bulk', String(BULK));
}
