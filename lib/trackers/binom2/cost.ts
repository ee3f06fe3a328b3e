import type { CostUpdate } from '../../costs/update.ts';
import { CrosstrackError } from '../../errors.ts';
import type { MessageKey } from '../../i18n.ts';
import type { TrackerClient } from '../adapter.ts';
import { amountNumber } from '../amounts.ts';
import { lastSecond } from '../times.ts';
import { API, TOKENS } from './api.ts';
import { acceptedSchema } from './schema.ts';

/** A busy tracker may answer late; the worker cannot wait longer. */
const TIMEOUT_MS = 28_000;

/**
 * Queues a cost by `PUT /clicks/campaign/{id}` (the same path with DELETE would
 * delete the clicks). A background task applies it later. Days are whole, or end
 * at the update's instant, in its zone; the amount is in the update's currency, which the request
 * names. The answer is 200 or 204, often empty.
 * @throws CrosstrackError as {@link refuseCost}
 */
export async function setCost(client: TrackerClient, update: CostUpdate): Promise<void> {
  const { range, token, mode } = update;
  refuseCost(client, update);
  await client.http.send(
    {
      call: 'cost update',
      method: 'PUT',
      path: `${API}/clicks/campaign/${encodeURIComponent(update.campaignId)}`,
      json: {
        datePreset: 'custom_time',
        dateFrom: `${range.from} 00:00:00`,
        dateTo: lastSecond(range, update.until),
        timezone: range.zone,
        ...(token ? { tokenId: token.slot, tokenValue: token.value } : {}),
        cost: amountNumber(update.amount),
        model: mode === 'total' ? 'COSTS' : 'CPC',
        currency: update.currency.toLowerCase(),
      },
      write: true,
      timeoutMs: TIMEOUT_MS,
      answer: acceptedSchema,
      empty: 'ok',
    },
    client.signal,
  );
}

/** @throws CrosstrackError `unsupported` for unique clicks only or a token beyond the last, `input` for an amount beyond its limits */
export function refuseCost(_: TrackerClient, { uniqueOnly, token, amount }: CostUpdate): void {
  const unsupported = (text: MessageKey, ...values: string[]) =>
    new CrosstrackError({ kind: 'unsupported', tracker: 'Binom v2', text, values });
  if (uniqueOnly) throw unsupported('binom_cost_unique');
  if (token && token.slot > TOKENS) throw unsupported('binom_cost_token', String(TOKENS));
  amountNumber(amount);
}
