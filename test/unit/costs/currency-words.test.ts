import { describe, expect, test } from 'vitest';
import { currenciesOf, stablecoinOf } from '../../../lib/costs/currency-words.ts';

/** How the CLDR, which browsers carry, writes a currency. */
const written = (
  currency: string,
  currencyDisplay: 'narrowSymbol' | 'symbol' | 'name',
  { locale = 'en', amount = 1 } = {},
): string =>
  new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay,
    maximumFractionDigits: 0,
  })
    .formatToParts(amount)
    .find(({ type }) => type === 'currency')?.value ?? '';

describe('a sign that the CLDR gives', () => {
  const single = 'EUR GBP RUB UAH KZT INR TRY ILS VND KRW THB PHP NGN AZN GEL PLN CZK BRL'.split(
    ' ',
  );
  test.each(single)('%s alone means it', (currency) => {
    expect(currenciesOf(written(currency, 'narrowSymbol'))).toEqual([currency]);
  });

  test.each(['CAD', 'AUD', 'NZD', 'HKD', 'MXN', 'TWD', 'CNY', 'BRL'])(
    '%s with its country means it',
    (currency) => {
      const sign = written(currency, 'symbol');
      expect(sign).toMatch(/^[A-Z]+[$¥]$/);
      expect(currenciesOf(sign)).toEqual([currency]);
    },
  );

  test.each([
    ['$', ['USD', 'CAD', 'AUD', 'NZD', 'HKD', 'SGD', 'TWD', 'MXN', 'ARS', 'CLP', 'COP', 'UYU']],
    ['¥', ['JPY', 'CNY']],
  ])('several, %s, may mean each of them, first of all the usual one', (sign, currencies) => {
    expect(currenciesOf(sign)).toEqual(currencies);
    for (const currency of currencies) expect(written(currency, 'narrowSymbol')).toBe(sign);
  });
});

describe('a currency by its name', () => {
  test.each([
    ['en', 'USD', 1],
    ['en', 'USD', 5],
    ['en', 'EUR', 1],
    ['en', 'EUR', 5],
    ['ru', 'USD', 1],
    ['ru', 'USD', 2],
    ['ru', 'USD', 5],
    ['ru', 'EUR', 5],
    ['ru', 'RUB', 1],
    ['ru', 'RUB', 2],
    ['ru', 'RUB', 5],
  ])('in %s, %s, as the CLDR declines it for %i', (locale, currency, amount) => {
    // "US dollars", "долларов США", "российских рублей": without whose it is.
    const [word = ''] = written(currency, 'name', { locale, amount })
      .split(' ')
      .filter((part) => /^[a-zа-я]+$/u.test(part) && !part.startsWith('росс'));
    expect(currenciesOf(word)).toEqual([currency]);
  });

  test.each([
    ['US$', 'USD'],
    ['$US', 'USD'],
    ['USD$', 'USD'],
    ['долл.', 'USD'],
    ['р', 'RUB'],
    ['Руб.', 'RUB'],
    ['грн', 'UAH'],
    ['тг.', 'KZT'],
    ['C$', 'CAD'],
    ['AU$', 'AUD'],
    ['S$', 'SGD'],
    ['US $', 'USD'],
    ['chf', 'CHF'],
  ])('or as people shorten it, %s, is %s', (word, currency) => {
    expect(currenciesOf(word)).toEqual([currency]);
  });

  test.each(['', 'coins', 'U.SD', 'US', 'constructor', 'toString'])('is not "%s"', (word) => {
    expect(currenciesOf(word)).toEqual([]);
  });
});

test.each([
  ['USDT', 'USDT'],
  ['usdc.', 'USDC'],
])('%s is worth a dollar as long as somebody keeps it so', (word, coin) => {
  expect(stablecoinOf(word)).toBe(coin);
  expect(currenciesOf(word)).toEqual(['USD']);
  expect(stablecoinOf('USD')).toBeNull();
});
