import { CrosstrackError } from '../../errors.ts';
import type { Dimension, DimensionValue } from '../../report/question.ts';
import { wordFinder } from '../dimensions.ts';
import { label } from '../numbers.ts';
import type { ReportRowAnswer } from './schema.ts';

/** sub_id_1…30 in reports; older versions have 15. */
export const TOKENS = 30;

interface Words {
  /** Field with the id of a value; filters take it. */
  readonly id: string;
  /** Field with the name of a value, if it has one besides the id. */
  readonly name?: string;
  /** Converts Keitaro's form of a value to ours; null = not such a value. */
  readonly read?: (written: string) => string | null;
}

/** Keitaro's words for our dimensions ("Groupings" of the Admin API). */
const WORDS: { readonly [D in Dimension]?: Words } = {
  campaign: { id: 'campaign_id', name: 'campaign' },
  offer: { id: 'offer_id', name: 'offer' },
  lander: { id: 'landing_id', name: 'landing' },
  source: { id: 'ts_id', name: 'ts' },
  country: { id: 'country_code', name: 'country' },
  region: { id: 'region' },
  city: { id: 'city' },
  deviceType: { id: 'device_type' },
  os: { id: 'os' },
  browser: { id: 'browser' },
  language: { id: 'language' },
  isp: { id: 'isp' },
  connectionType: { id: 'connection_type' },
  day: { id: 'day', read: (written) => /^\d{4}-\d{2}-\d{2}/.exec(written)?.[0] ?? null },
  hour: { id: 'hour', read: hourIn },
  weekday: { id: 'weekday' },
};
export const DIMENSIONS = Object.keys(WORDS) as Dimension[];

/** The hour in "10", "10:00" or "2026-08-01 10:00:00"; null = none. */
function hourIn(written: string): string | null {
  const hour = /(?:^|[ T])(\d{1,2})(?::\d{2})*$/.exec(written)?.[1];
  return hour === undefined || Number(hour) > 23 ? null : String(Number(hour));
}

const wordsOf = wordFinder<Words>({
  words: WORDS,
  tokens: TOKENS,
  token: (slot) => ({ id: `sub_id_${slot}` }),
  unknown: 'keitaro_dimension',
});

/** The field by which a dimension is filtered and sorted. */
export const idField = (dimension: Dimension): string => wordsOf(dimension).id;

/** The fields to ask for: the id, and the name if there is one. */
export function fieldsOf(dimension: Dimension): string[] {
  const { id, name } = wordsOf(dimension);
  return name === undefined ? [id] : [id, name];
}

/** @throws CrosstrackError `shape` when the row lacks the dimension, or its value has an unknown form */
export function valueIn(row: ReportRowAnswer, dimension: Dimension, index: number): DimensionValue {
  const { id, name, read } = wordsOf(dimension);
  const written = id in row ? label.safeParse(row[id]) : null;
  const value = written?.success ? (read ? read(written.data) : written.data) : null;
  if (value === null) {
    const field = `rows.${index}.${id}`;
    throw new CrosstrackError({ kind: 'shape', tracker: 'Keitaro', call: 'report', field });
  }
  // Some versions return names only if they are among the columns; the id serves as a name too.
  const named = name === undefined ? null : label.safeParse(row[name]);
  return { id: value, name: (named?.success && named.data) || value };
}
