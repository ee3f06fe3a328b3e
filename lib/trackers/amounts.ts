import { CrosstrackError } from '../errors.ts';

/**
 * Largest amount that is sent. No tracker documents a limit; this one fits into the narrowest column
 * that trackers keep money in, DECIMAL(13,4), and is beyond any real cost.
 */
const MOST = 999_999_999;

/** How a tracker writes amounts of money. */
export interface AmountFormat {
  /** Decimal places that it keeps. */
  readonly places: number;
  /** Decimal places that it always writes, as in "0.50"; default 0. */
  readonly least?: number;
}

/**
 * An amount of money as plain decimal digits, never with an exponent: "19.22", "0.000125".
 * @throws CrosstrackError `input` for an amount that is too large, or so small that it would become 0
 */
export function amountText(amount: number, { places, least = 0 }: AmountFormat): string {
  const smallest = (10 ** -places).toFixed(places);
  if (!(amount >= 0 && amount <= MOST) || (amount > 0 && amount < Number(smallest))) {
    const values = [smallest, String(MOST)];
    throw new CrosstrackError({ kind: 'input', text: 'amount_beyond', values });
  }
  const [whole, decimals = ''] = amount.toFixed(places).split('.');
  const kept = decimals.replace(/0+$/, '').padEnd(least, '0');
  return kept === '' ? `${whole}` : `${whole}.${kept}`;
}

/** Places of a number in JSON, which writes smaller ones with an exponent. */
const JSON_PLACES = 6;

/** {@link amountText} for JSON that takes a number: its digits have no exponent either. */
export const amountNumber = (amount: number): number =>
  Number(amountText(amount, { places: JSON_PLACES }));
