import type { CostUpdate } from '../../costs/update.ts';
import { CrosstrackError } from '../../errors.ts';
import type { MessageKey } from '../../i18n.ts';
import type { TrackerClient } from '../adapter.ts';
import { API, TOKENS } from './objects.ts';
import { acceptedSchema } from './schema.ts';

/** The tracker spreads a total over the clicks and may answer late; the worker cannot wait longer. */
const TIMEOUT_MS = 28_000;

/**
 * Sets a cost by `PUT /clicks/campaign/{id}` (the same path with DELETE would
 * delete the clicks). Days are whole, in the update's zone; the amount is in the
 * order's currency, which the request names. Answers 200 or 204, often empty.
 * @throws CrosstrackError `unsupported` for unique clicks only
 */
export async function setCost(client: TrackerClient, update: CostUpdate): Promise<void> {
  const { range, token, mode } = update;
  const unsupported = (text: MessageKey) =>
    new CrosstrackError({ kind: 'unsupported', tracker: 'Binom v2', text });
  if (update.uniqueOnly) throw unsupported('binom_cost_unique');
  if (token && token.slot > TOKENS) throw unsupported('binom_cost_token');
  await client.http.send(
    {
      call: 'cost update',
      method: 'PUT',
      path: `${API}/clicks/campaign/${encodeURIComponent(update.campaignId)}`,
      json: {
        datePreset: 'custom_time',
        dateFrom: `${range.from} 00:00:00`,
        dateTo: `${range.to} 23:59:59`,
        timezone: range.zone,
        ...(token ? { tokenId: token.slot, tokenValue: token.value } : {}),
        cost: update.amount,
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
