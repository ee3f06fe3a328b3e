import { CrosstrackError } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';

export interface Amount {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

const SIGNS: Readonly<Record<string, string>> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '₽': 'RUB',
  '₴': 'UAH',
  zł: 'PLN',
};

/**
 * Reads a typed amount: "120.50 USD", "1 234,50 €", "1.234,56", "$12".
 * With both point and comma, the last one is the decimal separator. A single point or comma before
 * exactly three digits is rejected as ambiguous ("1,234" may be 1234 or 1.234), unless something
 * else decides.
 *
 * @throws CrosstrackError `input` that says what cannot be read
 */
export function parseAmount(typed: string, defaultCurrency: string): Amount {
  const text = typed
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  const refuse = (key: MessageKey): never => {
    throw new CrosstrackError({ kind: 'input', text: key, values: [typed] });
  };
  if (text === '') refuse('amount_empty');
  const parts = /^(\D*?)\s*([\d][\d\s.,'’]*)\s*(\D*)$/u.exec(text);
  if (!parts) return refuse('amount_unreadable');
  const [, before = '', digits = '', after = ''] = parts;
  const marks = [before.trim(), after.trim()].filter((mark) => mark !== '');
  if (marks.length > 1) return refuse('amount_unreadable');
  const mark = marks[0];
  const currency =
    mark === undefined
      ? defaultCurrency
      : (SIGNS[mark.toLowerCase()] ?? (/^[a-z]{3}$/i.test(mark) ? mark.toUpperCase() : null));
  if (currency === null) return refuse('amount_currency');
  const amount = readDigits(digits.trim());
  if (amount === null) return refuse('amount_ambiguous');
  return { amount, currency };
}

const SPACED = /^\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d*)?$/;

function readDigits(digits: string): number | null {
  const spaced = /[\s'’]/.test(digits);
  // "12 34" may be a slip of 1234, 12.34 or 12: spaces group digits by three, and only before the decimals.
  if (spaced && !SPACED.test(digits)) return null;
  const plain = digits.replace(/[\s'’]/g, '');
  const lastPoint = plain.lastIndexOf('.');
  const lastComma = plain.lastIndexOf(',');
  const decimal = lastPoint > lastComma ? '.' : ',';
  const group = decimal === '.' ? ',' : '.';
  const marks = plain.split(decimal).length - 1;
  const both = lastPoint >= 0 && lastComma >= 0;
  if (!both && marks > 1) {
    // 1.234.567: a separator that occurs twice groups digits.
    return grouped(plain, decimal) ? Number(plain.replaceAll(decimal, '')) : null;
  }
  if (both && marks > 1) return null;
  const [whole = '', fraction = ''] = plain.split(decimal);
  if (both && !grouped(whole, group)) return null;
  if (!both && !spaced && marks === 1 && fraction.length === 3 && !/^0+$/.test(whole)) return null;
  const value = Number(`${whole.replaceAll(group, '') || '0'}.${fraction || '0'}`);
  return Number.isFinite(value) ? value : null;
}

const grouped = (whole: string, mark: string): boolean =>
  whole.split(mark).every((part, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(part));
