import { type Amount, parseAmount, parseRate } from '../../lib/costs/amount.ts';
import type { CostUpdate } from '../../lib/costs/update.ts';
import { CrosstrackError } from '../../lib/errors.ts';
import { problemText } from '../kit/notice.tsx';

/** The cost form as typed. */
export interface CostForm {
  readonly amount: string;
  readonly mode: CostUpdate['mode'];
  /** Token slot; 0 = all clicks. */
  readonly slot: number;
  readonly value: string;
  readonly uniqueOnly: boolean;
  /** Has the user agreed that a stablecoin is a dollar? */
  readonly pegged: boolean;
}

/** What was typed; null when nothing was, or when it cannot be read. */
export interface Read<T> {
  readonly value: T | null;
  readonly error: string | null;
}

function read<T>(typed: string, parse: (typed: string) => T): Read<T> {
  if (typed.trim() === '') return { value: null, error: null };
  try {
    return { value: parse(typed), error: null };
  } catch (error) {
    const said = error instanceof CrosstrackError ? problemText(error.problem) : String(error);
    return { value: null, error: said };
  }
}

/** @param own the tracker's currency */
export const readAmount = ({ amount, mode }: CostForm, own: string): Read<Amount> =>
  read(amount, (typed) => parseAmount(typed, own, mode));

export const readRate = (typed: string): Read<number> => read(typed, parseRate);

/**
 * What the form sets, the same on every tracker; null while it is incomplete. A token without a value
 * must not become the whole campaign.
 */
export function termsOf(
  form: CostForm,
  amount: Amount | null,
): Pick<CostUpdate, 'mode' | 'amount' | 'currency' | 'token' | 'uniqueOnly'> | null {
  const { mode, slot, uniqueOnly } = form;
  const value = form.value.trim();
  if (amount === null || (amount.stablecoin !== null && !form.pegged)) return null;
  if (slot > 0 && value === '') return null;
  return {
    mode,
    amount: amount.amount,
    currency: amount.currency,
    token: slot > 0 ? { slot, value } : null,
    uniqueOnly,
  };
}
