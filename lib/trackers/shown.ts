import type { Dimension } from '../report/question.ts';
import type { PageView } from './page-recogniser.ts';

/** What a table has for a word of the page; not what every object has, such as `constructor`. */
export const listed = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

/** A day with nothing after it, or with a time, as in `2026-08-01 00:00:00`. */
const DAY = /^(\d{4}-\d\d-\d\d)(?:[T |]+(\d\d:\d\d)\S*)?$/;

function dayIn(written: string | null | undefined, edge: string): string | null {
  const [, day = '', time = edge] = DAY.exec(written ?? '') ?? [];
  const at = Date.parse(day);
  // The calendar has no 31st of February, and the panel would fail to count its days.
  const real = !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
  return real && time === edge ? day : null;
}

/** Whole days between two dates as a page writes them; null for parts of days and for nonsense. */
export function daysBetween(
  first: string | null | undefined,
  last: string | null | undefined,
): PageView['range'] {
  const from = dayIn(first, '00:00');
  const to = dayIn(last, '23:59');
  return from !== null && to !== null && from <= to ? { from, to } : null;
}

/** The days in a query that names them in one of the given pairs. */
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

/** Words for what a report is grouped by that mean one thing in every tracker. */
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
 * What a page is grouped by, in its order, each once. Words that we have no
 * dimension for are left out; null when none is left.
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

/** Every value of the given names, `a,b` being two. */
export function listIn(query: URLSearchParams, names: readonly string[]): string[] {
  return names.flatMap((name) => query.getAll(name)).flatMap((list) => list.split(','));
}

/** Longer texts are no names but whole pages under one heading. */
const LONGEST_NAME = 500;
/** What a heading says while the name is not there yet, or where there is none. */
const NO_NAME =
  /^(?:(?:campaigns?|offers?|land(?:er|ing)s?|traffic sources?|sources?)?[ :]*(?:reports?|stat(?:istic)?s?|list|edit(?:ing)?)?|dashboard|loading\W*|кампани[яи]|офферы?|отч[её]ты?|статистика|загрузка\W*)$/i;

/** A campaign's name in a text of the page, exactly as written; null where it is none. */
export function nameIn(text: string | null | undefined): string | null {
  const name = (text ?? '').length > LONGEST_NAME ? '' : (text ?? '').trim();
  return NO_NAME.test(name) ? null : name;
}

/** The name that a heading of the page says. */
export function nameOn(document: ParentNode, ...headings: readonly string[]): string | null {
  for (const heading of headings) {
    const name = nameIn(document.querySelector(heading)?.textContent);
    if (name !== null) return name;
  }
  return null;
}
