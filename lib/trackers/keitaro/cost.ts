import type { CostUpdate } from '../../costs/update.ts';
import { CrosstrackError } from '../../errors.ts';
import type { MessageKey } from '../../i18n.ts';
import type { TrackerClient } from '../adapter.ts';
import { numericId } from '../numbers.ts';
import { refuseUnscheduled, scheduledSchema } from './scheduled.ts';

/** `filters` of a cost entry know fewer tokens than reports do. */
export const COST_TOKENS = 15;

/** Entries a call in careful clients. */
export const BULK = 100;

/**
 * Schedules costs by `POST /clicks/update_costs`, one campaign a call: how a
 * cost is shared among several is not documented. `{"success":true}` means
 * scheduled; it is applied seconds to minutes later.
 *
 * Days are whole, in the updates' zone; amounts are in the updates' currency,
 * which Keitaro converts itself.
 * @throws CrosstrackError `unsupported` for a CPC, a token that costs cannot
 * be filtered by, or updates that do not fit into one call
 */
export async function setCosts(
  client: TrackerClient,
  updates: readonly CostUpdate[],
): Promise<void> {
  const [first] = updates;
  if (!first) return;
  for (const update of updates) refuseUnfit(update, first, updates.length);
  const answer = await client.http.send(
    {
      call: 'cost update',
      method: 'POST',
      path: '/admin_api/v1/clicks/update_costs',
      json: {
        campaign_ids: [numericId(first.campaignId)],
        costs: updates.map(({ range, amount, token }) => ({
          start_date: `${range.from} 00:00`,
          end_date: `${range.to} 23:59`,
          cost: amountText(amount),
          ...(token ? { filters: { [`sub_id_${token.slot}`]: token.value } } : {}),
        })),
        timezone: first.range.zone,
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

function refuseUnfit(update: CostUpdate, first: CostUpdate, count: number): void {
  const unsupported = (text: MessageKey, ...values: string[]) =>
    new CrosstrackError({ kind: 'unsupported', tracker: 'Keitaro', text, values });
  if (update.mode !== 'total') throw unsupported('keitaro_cost_total_only');
  if (update.token && update.token.slot > COST_TOKENS) {
    throw unsupported('keitaro_cost_token', String(COST_TOKENS));
  }
  const same =
    update.campaignId === first.campaignId &&
    update.range.zone === first.range.zone &&
    update.currency === first.currency &&
    update.uniqueOnly === first.uniqueOnly;
  if (!same || count > BULK) throw unsupported('keitaro_cost_bulk', String(BULK));
}

/** Plain decimals, no exponent, two places at least: "19.22", "0.50", "0.000125". */
const amountText = (amount: number): string => amount.toFixed(8).replace(/(\.\d\d\d*?)0+$/, '$1');
