import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAmount, parseRate } from '../../../lib/costs/amount.ts';

const refusal = (text: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ kind: 'input', text }) });

describe('a typed total', () => {
  test.each([
    ['120.50 USD', 120.5, 'USD'],
    ['120.50', 120.5, 'EUR'],
    ['$12', 12, 'USD'],
    ['12 eur', 12, 'EUR'],
    ['1 234,50 €', 1234.5, 'EUR'],
    ['1\u00A0234.5', 1234.5, 'EUR'],
    ['1.234,56', 1234.56, 'EUR'],
    ['1,234.56', 1234.56, 'EUR'],
    ['1,234,567', 1_234_567, 'EUR'],
    ['0.045', 0.045, 'EUR'],
    ['12,5', 12.5, 'EUR'],
    ['１２', 12, 'EUR'],
    // Signs, words and codes on either side, with and without a space.
    ['£12', 12, 'GBP'],
    ['12 ₽', 12, 'RUB'],
    ['100 руб.', 100, 'RUB'],
    ['100р.', 100, 'RUB'],
    ['руб. 100', 100, 'RUB'],
    ['руб.100', 100, 'RUB'],
    ['5 рублей', 5, 'RUB'],
    ['₴ 12.5', 12.5, 'UAH'],
    ['₹500', 500, 'INR'],
    ['R$ 45,90', 45.9, 'BRL'],
    ['US$12.50', 12.5, 'USD'],
    ['US $12.50', 12.5, 'USD'],
    ['C$12', 12, 'CAD'],
    ['¥1200', 1200, 'JPY'],
    ['500 VND', 500, 'VND'],
    ['12 ZŁ', 12, 'PLN'],
    ['12 долл.', 12, 'USD'],
    ['12 евро', 12, 'EUR'],
    ['usd 7', 7, 'USD'],
    ['  7 USD  ', 7, 'USD'],
    // A cell that was copied from a spreadsheet ends its line.
    ['7 USD\r\n', 7, 'USD'],
    ['$7 USD', 7, 'USD'],
    ['$7 AUD', 7, 'AUD'],
    ['\u200F12\u200E.5', 12.5, 'EUR'],
    // Grouping as CLDR has it: by point (de), comma (en), space (ru, fr), apostrophe (de-CH).
    ['1.234.567', 1_234_567, 'EUR'],
    ['1.234.567,8', 1_234_567.8, 'EUR'],
    ['1.355,90€', 1355.9, 'EUR'],
    ['12,345,678.9', 12_345_678.9, 'EUR'],
    ['7 000', 7000, 'EUR'],
    ['1 234 567', 1_234_567, 'EUR'],
    ['1\u202F234,5', 1234.5, 'EUR'],
    ["1'234.50", 1234.5, 'EUR'],
    ['1’234’567', 1_234_567, 'EUR'],
    ['1 234,567', 1234.567, 'EUR'],
    // Nobody groups a nought: three decimals are decimals then.
    ['0,125', 0.125, 'EUR'],
    ['00.125', 0.125, 'EUR'],
    ['.125', 0.125, 'EUR'],
    ['$.92', 0.92, 'USD'],
    ['0', 0, 'EUR'],
    ['12.', 12, 'EUR'],
    ['12,', 12, 'EUR'],
    ['1234', 1234, 'EUR'],
    ['1234.5678', 1234.5678, 'EUR'],
    ['999 999 999 999.99', 999_999_999_999.99, 'EUR'],
  ])('%j is %f %s', (typed, amount, currency) => {
    expect(parseAmount(typed, 'EUR')).toEqual({ amount, currency, stablecoin: null });
  });

  test.each([
    ['', 'amount_empty'],
    ['\u200F', 'amount_empty'],
    ['  \u00A0', 'amount_empty'],
    ['twelve', 'amount_unreadable'],
    ['USD', 'amount_unreadable'],
    ['5 USD 7', 'amount_unreadable'],
    ['1_000', 'amount_unreadable'],
    ['$5 EUR', 'amount_currencies'],
    ['5 coins', 'amount_currency'],
    ['$5 coins', 'amount_currency'],
    ['5 (USD)', 'amount_currency'],
    ['(USD) 5', 'amount_currency'],
    ['5 UDS', 'amount_currency'],
    ['€€5', 'amount_currency'],
    ['5 US', 'amount_currency'],
    ['5 %', 'amount_currency'],
    ['5 constructor', 'amount_currency'],
    ['1,234', 'amount_ambiguous'],
    ['1.2.3', 'amount_ambiguous'],
    ['1,23.4.5', 'amount_ambiguous'],
    ['10.250', 'amount_ambiguous'],
    ['100,000', 'amount_ambiguous'],
    ['1234.567', 'amount_ambiguous'],
    ['1,2345.6', 'amount_ambiguous'],
    ['1234,567.8', 'amount_ambiguous'],
    ['12,34,567', 'amount_ambiguous'],
    ['1.234.5678', 'amount_ambiguous'],
    ['1,234.5.6', 'amount_ambiguous'],
    // Digits are not joined across what is no separator of thousands.
    ['12 34', 'amount_spaces'],
    ['120 50', 'amount_spaces'],
    ['1 2345', 'amount_spaces'],
    ['1234 567', 'amount_spaces'],
    ['12,5 0', 'amount_spaces'],
    ['1 234’567', 'amount_spaces'],
    ['1  234', 'amount_spaces'],
    ['$ 1 ,234', 'amount_spaces'],
    ['5 6 USD', 'amount_spaces'],
    ['1204\t56.20', 'amount_several'],
    ['1204\n56.20', 'amount_several'],
    ['1204\v56.20', 'amount_several'],
    // A range is no amount, and nothing below 0.
    ['10-20', 'amount_unreadable'],
    ['10 – 20 USD', 'amount_unreadable'],
    ['5²', 'amount_character'],
    ['½', 'amount_character'],
    ['①', 'amount_character'],
    // Said as what it is.
    ['-5', 'amount_negative'],
    ['−5 USD', 'amount_negative'],
    ['$-5', 'amount_negative'],
    ['-$5', 'amount_negative'],
    ['USD -5', 'amount_negative'],
    ['USD - 5', 'amount_negative'],
    ['5-', 'amount_negative'],
    ['5 -', 'amount_negative'],
    ['(5)', 'amount_negative'],
    ['(5.20)', 'amount_negative'],
    ['($5.20)', 'amount_negative'],
    ['(5.20) USD', 'amount_negative'],
    ['USD (5.20)', 'amount_negative'],
    ['1e3', 'amount_exponent'],
    ['1.5E-3 USD', 'amount_exponent'],
    ['1 000 000 000 000', 'amount_huge'],
    ['99999999999999999999', 'amount_huge'],
  ])('%j is refused: %s', (typed, text) => {
    expect(() => parseAmount(typed, 'EUR')).toThrow(refusal(text));
  });

  test('names the character that is no digit, and the amounts that are several', () => {
    const values = (typed: string) => {
      try {
        return parseAmount(typed, 'EUR');
      } catch (error) {
        return (error as { problem: { values: string[] } }).problem.values;
      }
    };
    expect(values('5²')).toEqual(['5²', '²']);
    expect(values('1204 \t 56.20')).toEqual(['1204 · 56.20']);
    expect(values('12 34')).toEqual(['12 34']);
  });

  test.each([
    ['$12', 'CAD', ['$12', 'USD', 'CAD']],
    ['¥12', 'CNY', ['¥12', 'JPY', 'CNY']],
  ])('%s beside a tracker in %s may mean either', (typed, own, values) => {
    expect(() => parseAmount(typed, own)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ text: 'amount_shared', values }),
      }),
    );
    expect(parseAmount(`${typed} ${own}`, own).currency).toBe(own);
  });

  test.each(['1000 USDT', 'usdt 1000', '1 000 USDT', '$1000 USDT', 'USD 1000 USDT'])(
    '%j is dollars that the user has yet to agree to',
    (typed) => {
      expect(parseAmount(typed, 'EUR')).toEqual({
        amount: 1000,
        currency: 'USD',
        stablecoin: 'USDT',
      });
    },
  );

  test('written with two places it reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (cents) => {
        expect(parseAmount((cents / 100).toFixed(2), 'USD').amount).toBeCloseTo(cents / 100, 6);
      }),
    );
  });

  test('written in any of these languages, it reads back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999_999 }),
        fc.constantFrom('en', 'de', 'fr', 'ru', 'de-CH', 'pl', 'pt-BR', 'it'),
        (cents, locale) => {
          const written = (cents / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
          expect(parseAmount(written, 'USD').amount).toBe(cents / 100);
        },
      ),
    );
  });

  test('whatever is read has exactly the digits that were typed', () => {
    const character = fc.constantFrom(..."0123456789., '’\t-e²$€");
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 12 }), (typed) => {
        let amount: number;
        try {
          ({ amount } = parseAmount(typed, 'USD'));
        } catch {
          return;
        }
        const digits = (text: string) => text.replace(/\D/g, '').replace(/^0+/, '');
        expect(digits(typed).startsWith(digits(String(amount)))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a typed CPC', () => {
  test.each([
    ['1,085', 1.085, 'EUR'],
    ['1.085', 1.085, 'EUR'],
    ['$0.045', 0.045, 'USD'],
    ['.92', 0.92, 'EUR'],
    ['12', 12, 'EUR'],
    ['0,0125 €', 0.0125, 'EUR'],
  ])('%j is %f %s', (typed, amount, currency) => {
    expect(parseAmount(typed, 'EUR', 'cpc')).toEqual({ amount, currency, stablecoin: null });
  });

  test.each([
    ['1 234', 'amount_cpc'],
    ['1,234.5', 'amount_cpc'],
    ['1.234.567', 'amount_cpc'],
    ["1'234", 'amount_cpc'],
    ['-0.04', 'amount_negative'],
    ['4e-2', 'amount_exponent'],
  ])('%j is refused: %s', (typed, text) => {
    expect(() => parseAmount(typed, 'EUR', 'cpc')).toThrow(refusal(text));
  });
});

describe('a typed rate', () => {
  test.each([
    ['1.085', 1.085],
    ['1,085', 1.085],
    ['92.345', 92.345],
    ['.92', 0.92],
    ['0.0108', 0.0108],
    ['100,000', 100],
    ['92', 92],
    ['1.', 1],
  ])('%j is %f', (typed, rate) => {
    expect(parseRate(typed)).toBe(rate);
  });

  test.each([
    ['', 'amount_empty'],
    ['1.085 USD', 'rate_unreadable'],
    ['$1.085', 'rate_unreadable'],
    ['1,234.5', 'rate_unreadable'],
    ['1 085', 'rate_unreadable'],
    ['abc', 'amount_unreadable'],
    ['0', 'rate_zero'],
    ['0.000', 'rate_zero'],
    ['-1.1', 'amount_negative'],
    ['1e2', 'amount_exponent'],
    ['1.0\t85', 'amount_several'],
    ['1000000000000', 'amount_huge'],
    ['9999999999999', 'amount_huge'],
  ])('%j is refused: %s', (typed, text) => {
    expect(() => parseRate(typed)).toThrow(refusal(text));
  });
});
