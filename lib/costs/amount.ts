import { CrosstrackError } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import { currenciesOf, stablecoinOf } from './currency-words.ts';

export interface Amount {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  /** The stablecoin that was typed (USDT); `currency` is then the dollar, which the user must agree to. */
  readonly stablecoin: string | null;
}

/** No campaign costs more, in any currency; digits beyond are a slip or two amounts in one. */
const HUGE = 1e12;

/**
 * Reads a typed amount: "120.50 USD", "1 234,50 €", "1.234,56", "$12", "100 руб.".
 *
 * In a total, the last of several different separators is the decimal one, and a single point or
 * comma before exactly three digits is refused as ambiguous ("1,234" may be 1234 or 1.234). A CPC
 * has no thousands: there, a single point or comma always separates decimals. Digits are never
 * joined across anything but a separator of thousands.
 *
 * @param own the tracker's currency, ISO 4217; meant where none is typed
 * @throws CrosstrackError `input` that says what is wrong
 */
export function parseAmount(typed: string, own: string, mode: 'total' | 'cpc' = 'total'): Amount {
  const { before, number, after } = partsOf(typed);
  const { currency, stablecoin } = currencyOf(typed, [before, after], own);
  const amount = mode === 'cpc' ? readDecimal(number) : readTotal(number);
  if (amount === null) refuse(whyNotRead(number, mode), typed);
  if (amount >= HUGE) refuse('amount_huge', typed);
  return { amount, currency, stablecoin };
}

/**
 * Reads a typed exchange rate: "1.085", "1,085", ".92". A rate has no thousands, so a single point
 * or comma always separates decimals.
 *
 * @throws CrosstrackError `input` that says what is wrong
 */
export function parseRate(typed: string): number {
  const { before, number, after } = partsOf(typed);
  if (before !== '' || after !== '') refuse('rate_unreadable', typed);
  const rate = readDecimal(number);
  if (rate === null) refuse('rate_unreadable', typed);
  if (rate === 0) refuse('rate_zero', typed);
  if (rate >= HUGE) refuse('amount_huge', typed);
  return rate;
}

function refuse(text: MessageKey, ...values: string[]): never {
  throw new CrosstrackError({ kind: 'input', text, values });
}

/** Digits with separators, and what stands on either side. "Rs.100": a point after a letter belongs to the word. */
const PARTS = /^(\D*?)((?<!\p{L})[.,]?\d[\d.,'’ ]*)(\D*)$/u;
const EXPONENT = /[\d.,]e[+-]?\d/i;
/** A minus on either side, or the brackets that accountants write around what is owed. */
const NEGATIVE = /^[-−–]|^\D{0,4}[-−–]\s*[\d.,]|\d\s*[-−–]$|\(.*\d.*\)/;

interface Parts {
  readonly before: string;
  readonly number: string;
  readonly after: string;
}

function partsOf(typed: string): Parts {
  // Superscripts and fractions would become plain digits: 5² is not 52.
  const foreign = /[\p{No}\p{Nl}]/u.exec(typed)?.[0];
  if (foreign) refuse('amount_character', typed, foreign);
  const visible = typed.replace(/\p{Cf}/gu, '').trim();
  if (visible === '') refuse('amount_empty');
  if (/[\t\n\r\v\f]/.test(visible)) refuse('amount_several', visible.replace(/\s+/g, ' · '));
  const text = visible.normalize('NFKC');
  if (EXPONENT.test(text)) refuse('amount_exponent', typed);
  if (NEGATIVE.test(text)) refuse('amount_negative', typed);
  const parts = PARTS.exec(text);
  if (!parts) return refuse('amount_unreadable', typed);
  const [, before = '', number = '', after = ''] = parts;
  return { before: before.trim(), number: number.trim(), after };
}

function currencyOf(
  typed: string,
  sides: readonly string[],
  own: string,
): Pick<Amount, 'currency' | 'stablecoin'> {
  const words = sides.filter((side) => side !== '');
  const [first, ...others] = words.map(currenciesOf);
  if (!first) return { currency: own, stablecoin: null };
  if ([first, ...others].some(({ length }) => length === 0)) refuse('amount_currency', typed);
  // "$12 CAD" says which dollar.
  const possible = first.filter((currency) => others.every((other) => other.includes(currency)));
  const [currency] = possible;
  if (currency === undefined) return refuse('amount_currencies', typed);
  // Nothing on the screen would show whether "$12" was read as the tracker's own dollar.
  if (currency !== own && possible.includes(own)) refuse('amount_shared', typed, currency, own);
  return { currency, stablecoin: words.map(stablecoinOf).find((coin) => coin !== null) ?? null };
}

const DECIMAL = /^(\d*)(?:[.,](\d*))?$/;
/** Three digits may be a group or decimals; but nobody groups a nought, so 0.125 has decimals. */
const AMBIGUOUS = /^\d*[1-9]\d*[.,]\d{3}$/;
/** Groups of three with one separator throughout; another one before the decimals. */
const GROUPED = /^\d{1,3}(?:([ '’.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d*)?$/;

const readDecimal = (number: string): number | null =>
  DECIMAL.test(number) ? Number(number.replace(',', '.').replace(/\.$/, '')) : null;

function readTotal(number: string): number | null {
  if (AMBIGUOUS.test(number)) return null;
  return readDecimal(number) ?? readDecimal(number.replaceAll(GROUPED.exec(number)?.[1] ?? '', ''));
}

function whyNotRead(number: string, mode: 'total' | 'cpc'): MessageKey {
  if (mode === 'cpc') return 'amount_cpc';
  return /[ '’]/.test(number) ? 'amount_spaces' : 'amount_ambiguous';
}
