import type { CostUpdate } from '../../costs/update.ts';
import { CrosstrackError } from '../../errors.ts';
import type { QueryValue } from '../../http/http.ts';
import type { MessageKey } from '../../i18n.ts';
import { addDays, daysIn, type Range } from '../../report/range.ts';
import type { TrackerClient } from '../adapter.ts';
import { type AmountFormat, amountText } from '../amounts.ts';
import { TOKENS } from './groups.ts';
import { BEFORE_1_9 } from './rows.ts';
import { costAnswerSchema } from './schema.ts';
import { scriptOf } from './script.ts';
import { offsetOf } from './windows.ts';

/** The tracker spreads a total over the segment's clicks and may answer after a minute; the worker cannot wait that long. */
const TIMEOUT_MS = 28_000;

/** As the published example writes a spend ("20.38000") and a CPC ("0.010000000"). */
const AMOUNTS: Readonly<Record<CostUpdate['mode'], AmountFormat>> = {
  total: { places: 5 },
  cpc: { places: 9 },
};

/**
 * Sets a cost by `page=save_update_costs`, a GET that writes. The amount is in
 * the tracker's currency; `timezone` is the offset of the update's zone in whole
 * hours.
 *
 * The published table calls the type `order_type`, working clients send `type`,
 * and the amount as `cost` (or `cpc`) and as `value`. All of these are sent.
 *
 * As a GET it may be repeated by the browser itself when a kept-alive line is
 * cut. That is harmless: a segment's cost is overwritten, not added to.
 * @throws CrosstrackError as {@link refuseCost}
 */
export async function setCost(client: TrackerClient, update: CostUpdate): Promise<void> {
  refuseCost(client, update);
  const { token, mode, range } = update;
  const type = mode === 'total' ? 1 : 2;
  const amount = amountText(update.amount, AMOUNTS[mode]);
  const query: Array<readonly [string, QueryValue]> = [
    ['page', 'save_update_costs'],
    ['camp_id', update.campaignId],
    ['type', type],
    ['order_type', type],
    ['date', 12],
    ['date_s', range.from],
    ['date_e', range.to],
    ['timezone', wholeHours(range)],
    [mode === 'total' ? 'cost' : 'cpc', amount],
    ['value', amount],
  ];
  if (token) {
    query.push(['token_number', token.slot], ['token_value', token.value]);
    // An old one would not find the token under these names, and take the update for the whole campaign's.
    if (client.memory.has(BEFORE_1_9))
      query.push(['token_id', token.slot], ['token_val', token.value]);
  }
  const answer = await client.http.send(
    {
      call: 'cost update',
      method: 'GET',
      path: scriptOf(client.connection),
      query,
      write: true,
      timeoutMs: TIMEOUT_MS,
      answer: costAnswerSchema,
    },
    client.signal,
  );
  if (String(answer.check_status) !== 'true') {
    throw new CrosstrackError({
      kind: 'conflict',
      tracker: 'Binom',
      call: 'cost update',
      text: 'binom_refused',
      values: [String(answer.check_status)],
    });
  }
}

const unsupported = (text: MessageKey, ...values: string[]) =>
  new CrosstrackError({ kind: 'unsupported', tracker: 'Binom', text, values });

/**
 * @throws CrosstrackError `unsupported` for unique clicks only, a token beyond
 * the last, or days that have no single offset of whole hours; `input` for an
 * amount beyond its limits
 */
export function refuseCost(_: TrackerClient, update: CostUpdate): void {
  const { uniqueOnly, token, mode, amount, range } = update;
  if (uniqueOnly) throw unsupported('binom_cost_unique');
  if (token && token.slot > TOKENS) throw unsupported('binom_cost_token', String(TOKENS));
  amountText(amount, AMOUNTS[mode]);
  wholeHours(range);
}

/** Hours from UTC, −12 to 12; the form takes no half hours, and one value for all days. */
function wholeHours(range: Range): number {
  const offsets = new Set(
    Array.from({ length: daysIn(range) }, (_, index) =>
      offsetOf(addDays(range.from, index), range.zone),
    ),
  );
  const [offset = null] = offsets;
  if (offset === null || offsets.size > 1) throw unsupported('binom_cost_dst', range.zone);
  const hours = offset / 60;
  if (!Number.isInteger(hours) || Math.abs(hours) > 12) {
    throw unsupported('binom_cost_zone', range.zone);
  }
  return hours;
}
