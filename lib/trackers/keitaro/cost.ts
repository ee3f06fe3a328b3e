import type { CostOrder } from '../../costs/order.ts';
import { CrosstrackError } from '../../errors.ts';
import type { Ask } from '../adapter.ts';
import { scheduledSchema } from './schema.ts';

/** `filters` of a cost entry know fewer tokens than reports do. */
const COST_TOKENS = 15;

/**
 * Schedules a cost by `POST /clicks/update_costs`, one campaign a call: how a
 * cost is shared among several is not documented. `{"success":true}` means
 * scheduled; it is applied seconds to minutes later.
 *
 * Days are whole, in the order's zone; the amount is in the order's currency,
 * which Keitaro converts itself.
 */
export async function setCost(ask: Ask, order: CostOrder): Promise<void> {
  const { range, token } = order;
  if (order.mode !== 'total') {
    throw new CrosstrackError({ kind: 'unsupported', text: 'keitaro_cost_total_only' });
  }
  if (token && token.slot > COST_TOKENS) {
    throw new CrosstrackError({
      kind: 'unsupported',
      text: 'keitaro_cost_token',
      values: [String(COST_TOKENS)],
    });
  }
  const answer = await ask.http.send(
    {
      call: 'cost update',
      method: 'POST',
      path: '/admin_api/v1/clicks/update_costs',
      json: {
        campaign_ids: [
          /^\d{1,15}$/.test(order.campaignId) ? Number(order.campaignId) : order.campaignId,
        ],
        costs: [
          {
            start_date: `${range.from} 00:00`,
            end_date: `${range.to} 23:59`,
            cost: amountText(order.amount),
            ...(token ? { filters: { [`sub_id_${token.slot}`]: token.value } } : {}),
          },
        ],
        timezone: range.zone,
        currency: order.currency,
        only_campaign_uniques: order.uniqueOnly ? 1 : 0,
      },
      write: true,
      answer: scheduledSchema,
    },
    ask.signal,
  );
  if (![true, 'true', 1, '1'].includes(answer.success)) {
    throw new CrosstrackError({
      kind: 'conflict',
      tracker: 'Keitaro',
      call: 'cost update',
      text: 'keitaro_cost_refused',
    });
  }
}

/** Plain decimals, no exponent, two places at least: "19.22", "0.50", "0.000125". */
const amountText = (amount: number): string => amount.toFixed(8).replace(/(\.\d\d\d*?)0+$/, '$1');
