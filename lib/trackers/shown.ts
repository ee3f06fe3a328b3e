import type { Dimension } from '../report/question.ts';
import type { PageView } from './page-recogniser.ts';

/** Looks a word of the page up in a table, ignoring inherited properties such as `constructor`. */
export const listed = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

/** A day, alone or followed by a time, as in `2026-08-01 00:00:00`. */
const DAY = /^(\d{4}-\d\d-\d\d)(?:[T |]+(\d\d:\d\d)\S*)?$/;

function dayIn(written: string | null | undefined, edge: string): string | null {
  const [, day = '', time = edge] = DAY.exec(written ?? '') ?? [];
  const at = Date.parse(day);
  // The calendar has no 31st of February, and the panel would fail to count its days.
  const real = !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
  return real && time === edge ? day : null;
}

/** The days between two dates of a page; null = partial days, or invalid. */
export function daysBetween(
  first: string | null | undefined,
  last: string | null | undefined,
): PageView['range'] {
  const from = dayIn(first, '00:00');
  const to = dayIn(last, '23:59');
  return from !== null && to !== null && from <= to ? { from, to } : null;
}

/** The days in a query, named by one of the given pairs of parameters. */
export function daysIn(
  query: URLSearchParams,
  names: ReadonlyArray<readonly [string, string]>,
): PageView['range'] {
  for (const [from, to] of names) {
    const days = daysBetween(query.get(from), query.get(to));
    if (days !== null) return days;
  }
  return null;
}

/** Words for dimensions that mean the same in every tracker. */
const WORDS: Readonly<Record<string, Dimension>> = {
  campaign: 'campaign',
  campaignid: 'campaign',
  offer: 'offer',
  offerid: 'offer',
  lander: 'lander',
  landing: 'lander',
  landingid: 'lander',
  country: 'country',
  countrycode: 'country',
  geocountry: 'country',
  region: 'region',
  georegion: 'region',
  city: 'city',
  geocity: 'city',
  device: 'deviceType',
  devicetype: 'deviceType',
  os: 'os',
  browser: 'browser',
  language: 'language',
  isp: 'isp',
  connectiontype: 'connectionType',
  conntype: 'connectionType',
  day: 'day',
  date: 'day',
  hour: 'hour',
  hourofday: 'hour',
  weekday: 'weekday',
  dayofweek: 'weekday',
};

/**
 * The dimensions of a page's report, in its order and without duplicates. Words without a dimension of
 * ours are left out; null = none is left.
 */
export function groupingIn(
  written: readonly string[],
  tokens: number,
  own: Readonly<Record<string, Dimension>> = {},
): PageView['groupBy'] {
  const known = written.flatMap((word): Dimension[] => {
    const plain = word.toLowerCase().replace(/[^a-z0-9]/g, '');
    const slot = Number(/^(?:sub|subid|token)(\d\d?)$/.exec(plain)?.[1] ?? 0);
    if (slot >= 1 && slot <= tokens) return [`token${slot}`];
    const dimension = listed(own, plain) ?? listed(WORDS, plain);
    return dimension === undefined ? [] : [dimension];
  });
  return known.length === 0 ? null : [...new Set(known)];
}

/** All values of the given parameters; `a,b` is two values. */
export function listIn(query: URLSearchParams, names: readonly string[]): string[] {
  return names.flatMap((name) => query.getAll(name)).flatMap((list) => list.split(','));
}

/** Longer texts are not names but page content under a heading. */
const LONGEST_NAME = 500;
/** What a heading shows before the name has loaded, or if there is none. */
const NO_NAME =
  /^(?:(?:campaigns?|offers?|land(?:er|ing)s?|traffic sources?|sources?)?[ :]*(?:reports?|stat(?:istic)?s?|list|edit(?:ing)?)?|dashboard|loading\W*|кампани[яи]|офферы?|отч[её]ты?|статистика|загрузка\W*)$/i;

/** A campaign's name from a text of the page, verbatim; null = not a name. */
export function nameIn(text: string | null | undefined): string | null {
  const name = (text ?? '').length > LONGEST_NAME ? '' : (text ?? '').trim();
  return NO_NAME.test(name) ? null : name;
}

/** The campaign's name in a heading of the page. */
export function nameOn(document: ParentNode, ...headings: readonly string[]): string | null {
  for (const heading of headings) {
    const name = nameIn(document.querySelector(heading)?.textContent);
    if (name !== null) return name;
  }
  return null;
}
