import type { CostUpdate } from '../../costs/update.ts';
import { CrosstrackError } from '../../errors.ts';
import type { QueryValue } from '../../http/http.ts';
import type { MessageKey } from '../../i18n.ts';
import { addDays, daysIn, instantsOf, offsetMinutes, type Range } from '../../report/range.ts';
import type { TrackerClient } from '../adapter.ts';
import { TOKENS } from './groups.ts';
import { BEFORE_1_9 } from './rows.ts';
import { costAnswerSchema } from './schema.ts';
import { scriptOf } from './script.ts';

/** The tracker spreads a total over the segment's clicks and may answer after a minute; the worker cannot wait that long. */
const TIMEOUT_MS = 28_000;

/**
 * Sets a cost by `page=save_update_costs`, a GET that writes. The amount is in
 * the tracker's currency; `timezone` is the whole-hour offset of the update's
 * zone over the update's days.
 *
 * The published table calls the type `order_type`, working clients send
 * `type`; the amount travels as `cost` (or `cpc`) and `value`. Both are sent.
 *
 * Being a GET it may be repeated by the browser itself when a kept-alive line
 * is cut; that is harmless, because a segment's cost is overwritten, not added.
 * @throws CrosstrackError `unsupported` for zones that Binom cannot express
 */
export async function setCost(client: TrackerClient, update: CostUpdate): Promise<void> {
  const { token } = update;
  if (update.uniqueOnly)
    throw new CrosstrackError({ kind: 'unsupported', text: 'binom_cost_unique' });
  if (token && token.slot > TOKENS) {
    const values = [String(TOKENS)];
    throw new CrosstrackError({ kind: 'unsupported', text: 'binom_cost_token', values });
  }
  const type = update.mode === 'total' ? 1 : 2;
  const amount = plain(update.amount);
  const query: Array<readonly [string, QueryValue]> = [
    ['page', 'save_update_costs'],
    ['camp_id', update.campaignId],
    ['type', type],
    ['order_type', type],
    ['date', 12],
    ['date_s', update.range.from],
    ['date_e', update.range.to],
    ['timezone', wholeHours(update.range)],
    [update.mode === 'total' ? 'cost' : 'cpc', amount],
    ['value', amount],
  ];
  if (token) {
    query.push(['token_number', token.slot], ['token_value', token.value]);
    // Without its own names for them an old one would take the update for the whole campaign's.
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

/** Hours from UTC, −12…12: the form takes no half hours, and one value for all days. */
function wholeHours(range: Range): number {
  const offsets = new Set(
    Array.from({ length: daysIn(range) }, (_, index) => addDays(range.from, index)).flatMap(
      (day) => {
        // Both ends of each day: a long range may have the same offset at its ends and another between.
        const { start, end } = instantsOf({ from: day, to: day, zone: range.zone });
        return [offsetMinutes(range.zone, start), offsetMinutes(range.zone, end - 1)];
      },
    ),
  );
  const [offset = Number.NaN] = offsets;
  const hours = offset / 60;
  const refuse = (text: MessageKey) =>
    new CrosstrackError({ kind: 'unsupported', text, values: [range.zone] });
  if (offsets.size > 1) throw refuse('binom_cost_dst');
  if (!Number.isInteger(hours) || Math.abs(hours) > 12) throw refuse('binom_cost_zone');
  return hours;
}

/** Plain decimals, no exponent, and nothing rounded to nought ("23.5", "0.0000005"). */
const plain = (amount: number): string => amount.toFixed(10).replace(/\.?0+$/, '');
