import { type Metric, MONEY, RATIOS } from './metrics.ts';

/** Placeholder for an unknown figure. */
export const UNKNOWN = '–';

/** Metrics shown with a plus sign too. */
const SIGNED: ReadonlySet<Metric> = new Set<Metric>(['profit', 'roi']);

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale || 'en', options);
    formats.set(key, format);
  }
  return format;
}

const isKnown = (value: number | null): value is number => Number.isFinite(value);

/** Replaces Intl's hyphen, where a language uses it, by a true minus (U+2212), which aligns with the plus. */
const minus = (text: string): string => text.replace('-', '−');

/** Money with two decimals, or four below 1; `signed` adds a plus to gains. */
export function formatMoney(
  value: number | null,
  currency: string,
  locale: string,
  signed = false,
): string {
  if (!isKnown(value)) return UNKNOWN;
  const small = value !== 0 && Math.abs(value) < 1;
  const places = small && !signed ? 4 : 2;
  const text = numberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
    signDisplay: signed ? 'exceptZero' : 'auto',
  }).format(value);
  return minus(text);
}

/** A count with the language's digit grouping. */
export function formatCount(value: number | null, locale: string): string {
  if (!isKnown(value)) return UNKNOWN;
  return minus(numberFormat(locale, { maximumFractionDigits: 0 }).format(value));
}

/** A ratio as a percentage with one decimal: 0.6 → "60.0 %". */
export function formatPercent(value: number | null, locale: string, signed = false): string {
  if (!isKnown(value)) return UNKNOWN;
  const text = numberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: signed ? 'exceptZero' : 'auto',
  }).format(value);
  return minus(text).replace(/\s*%/, ' %');
}

/** Any metric as the UI shows it; `currency` is the report's. */
export function formatMetric(
  metric: Metric,
  value: number | null,
  { currency, locale }: { readonly currency: string; readonly locale: string },
): string {
  const signed = SIGNED.has(metric);
  if (MONEY.has(metric)) return formatMoney(value, currency, locale, signed);
  if (RATIOS.has(metric)) return formatPercent(value, locale, signed);
  return formatCount(value, locale);
}

/** A figure of a chart's axis, short and without its currency: "1.2K", "−40 %". A part of a count is none. */
export function formatAxis(metric: Metric, value: number, locale: string): string {
  if (!RATIOS.has(metric) && !MONEY.has(metric) && !Number.isInteger(value)) return '';
  const options: Intl.NumberFormatOptions = RATIOS.has(metric)
    ? { style: 'percent', maximumFractionDigits: 1 }
    : { notation: 'compact', maximumFractionDigits: 2 };
  return minus(numberFormat(locale, options).format(value)).replace(/\s*%/, ' %');
}

/** A day, 2026-11-24, as people write it: "Nov 24, 2026". */
export const formatDay = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale || 'en', { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00Z`),
  );

/** An exchange rate with all its digits, as `parseRate` reads it again: "1.085", never "26,000". */
export const formatRate = (rate: number, locale: string): string =>
  numberFormat(locale, { maximumSignificantDigits: 12, useGrouping: false }).format(rate);

/**
 * Money with the rate that it is converted by, and the rate's day: "€1,020.00 × 1.085, Nov 24, 2026".
 * @param rate `from` is the amount's currency
 */
export const formatConversion = (
  amount: number,
  { from, rate, day }: { readonly from: string; readonly rate: number; readonly day: string },
  locale: string,
): string =>
  `${formatMoney(amount, from, locale)} × ${formatRate(rate, locale)}, ${formatDay(day, locale)}`;

/** A gap: "−4.2 %". */
export function formatGap(gap: number | null, locale: string): string {
  return formatPercent(gap, locale, true);
}

/** A difference of two ratios in percentage points, without the unit: "−4.2". */
export function formatPoints(difference: number | null, locale: string): string {
  return formatPercent(difference, locale, true).replace(/ %$/, '');
}

/**
 * How old something is: "40 s ago". A time in the future (the clock was set back) is shown as a
 * date and time instead.
 * @param at and `now` in epoch ms
 */
export const formatSince = (at: number, now: number, locale: string): string =>
  at > now ? new Date(at).toLocaleString(locale || 'en') : formatAge(now - at, locale);

/** An age: "40 s ago". */
export function formatAge(ms: number, locale: string): string {
  const relative = new Intl.RelativeTimeFormat(locale || 'en', {
    // Some languages' narrow form is a bare minus ("-40 с").
    style: locale.startsWith('en') ? 'narrow' : 'short',
    numeric: 'auto',
  });
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return relative.format(-seconds, 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return relative.format(-minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 36
    ? relative.format(-hours, 'hour')
    : relative.format(-Math.round(hours / 24), 'day');
}

let segmenter: Intl.Segmenter | undefined;

/** A text's characters as people count them; null where there are no more than so many. */
export function charactersBeyond(text: string, most: number): string[] | null {
  // A character has at least one code unit, so most texts need not be cut.
  if (text.length <= most) return null;
  segmenter ??= new Intl.Segmenter();
  const characters = Array.from(segmenter.segment(text), ({ segment }) => segment);
  return characters.length <= most ? null : characters;
}

/** Shortens in the middle, because ids and versions stand at the ends. Never splits a character. */
export function middleEllipsis(text: string, most: number): string {
  const characters = charactersBeyond(text, most);
  if (!characters) return text;
  const kept = Math.max(2, most - 1);
  const head = Math.ceil(kept / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (kept - head)).join('')}`;
}
