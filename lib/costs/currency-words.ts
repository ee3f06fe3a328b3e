const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Signs and words of one currency, in lower case and without a final point. */
const WORDS: Readonly<Record<string, string>> = {
  us$: 'USD',
  $us: 'USD',
  usd$: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  доллар: 'USD',
  доллара: 'USD',
  долларов: 'USD',
  долл: 'USD',
  '€': 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  евро: 'EUR',
  '£': 'GBP',
  '₽': 'RUB',
  р: 'RUB',
  руб: 'RUB',
  рубль: 'RUB',
  рубля: 'RUB',
  рублей: 'RUB',
  '₴': 'UAH',
  грн: 'UAH',
  '₸': 'KZT',
  тг: 'KZT',
  '₹': 'INR',
  '₺': 'TRY',
  '₪': 'ILS',
  '₫': 'VND',
  '₩': 'KRW',
  '฿': 'THB',
  '₱': 'PHP',
  '₦': 'NGN',
  '₼': 'AZN',
  '₾': 'GEL',
  zł: 'PLN',
  kč: 'CZK',
  r$: 'BRL',
  ca$: 'CAD',
  c$: 'CAD',
  a$: 'AUD',
  au$: 'AUD',
  nz$: 'NZD',
  nt$: 'TWD',
  'cn¥': 'CNY',
  hk$: 'HKD',
  s$: 'SGD',
  mx$: 'MXN',
};

/** Signs of several currencies, the usual one first. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'HKD', 'SGD', 'TWD', 'MXN', 'ARS', 'CLP', 'COP', 'UYU'],
  '¥': ['JPY', 'CNY'],
};

/** Tokens that are worth a dollar only as long as somebody keeps them so. */
const STABLECOINS: ReadonlySet<string> = new Set(['usdt', 'usdc']);

const wordOf = (written: string): string =>
  written.toLowerCase().replace(/\.$/, '').replaceAll(' ', '');

/** The currencies (ISO 4217) that a sign, word or code may stand for, the usual one first; empty = unknown. */
export function currenciesOf(written: string): readonly string[] {
  const word = wordOf(written);
  if (STABLECOINS.has(word)) return ['USD'];
  const shared = Object.hasOwn(SHARED, word) ? SHARED[word] : undefined;
  const single = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (shared) return shared;
  if (single) return [single];
  const code = word.toUpperCase();
  return CODES.has(code) ? [code] : [];
}

/** The stablecoin that a word names; null = none. */
export function stablecoinOf(written: string): string | null {
  const word = wordOf(written);
  return STABLECOINS.has(word) ? word.toUpperCase() : null;
}
