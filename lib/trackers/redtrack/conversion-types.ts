import type { Connection } from '../../connections/connection.ts';
import { CrosstrackError } from '../../errors.ts';
import { addDays, dayOf } from '../../report/range.ts';
import type { ConversionType, TrackerClient } from '../adapter.ts';
import { count } from '../numbers.ts';
import { unlessRefused } from '../probes.ts';
import { conversionSchema, listOf, type ReportRowAnswer, reportRowSchema } from './schema.ts';

/** The account's default type. The others are `type1` … `type40`; their names are the account's own. */
export const DEFAULT_TYPE = 'default_type';
const MOST_TYPES = 40;

/** Days in which a type must occur to be found. */
const RECENT_DAYS = 30;

const NUMBERED = Array.from({ length: MOST_TYPES }, (_, index) => `type${index + 1}`);

/** Ids of the types whose conversions count for a connection. */
export const typesThatCount = ({ conversionTypes }: Connection): readonly string[] =>
  conversionTypes?.map(({ id }) => id) ?? [DEFAULT_TYPE];

/**
 * Conversions of one type in a row; null = the row does not say.
 * @throws CrosstrackError `shape` for what is no number
 */
function countOf(row: ReportRowAnswer, type: string): number | null {
  if (type === DEFAULT_TYPE) return row.conversions ?? null;
  for (const field of [`conv${type}`, type]) {
    const read = count.safeParse(row[field]);
    if (!read.success) {
      throw new CrosstrackError({ kind: 'shape', tracker: 'RedTrack', call: 'report', field });
    }
    if (typeof read.data === 'number') return read.data;
  }
  return null;
}

/**
 * Conversions of some types in a row; null when one of them is unknown. A type
 * that the row leaves out is 0 only if the others account for the row's total.
 */
export function conversionsIn(row: ReportRowAnswer, types: readonly string[]): number | null {
  const counts = types.map((type) => countOf(row, type));
  const sum = counts.reduce<number>((total, each) => total + (each ?? 0), 0);
  if (!counts.includes(null)) return sum;
  const known = [DEFAULT_TYPE, ...NUMBERED].reduce(
    (total, type) => total + (countOf(row, type) ?? 0),
    0,
  );
  return row.total_conversions === known ? sum : null;
}

/** Types that occur in the rows of a report. */
const typesIn = (rows: readonly ReportRowAnswer[]): string[] =>
  NUMBERED.filter((type) => rows.some((row) => (countOf(row, type) ?? 0) > 0));

/**
 * Types that occurred in the last 30 days. No request lists their names: a
 * type's name is that of a conversion of it, and unknown if the log is refused.
 */
export async function conversionTypes(client: TrackerClient): Promise<ConversionType[]> {
  const { zone } = client.connection;
  const today = dayOf(client.now(), zone);
  const days = [
    ['date_from', addDays(today, 1 - RECENT_DAYS)],
    ['date_to', today],
  ] as const;
  const { rows } = await client.http.send(
    {
      call: 'report',
      method: 'GET',
      path: '/report',
      query: [['group', 'date'], ...days, ['timezone', zone], ['page', 1], ['per', 1000]],
      pace: 'report',
      answer: listOf(reportRowSchema),
    },
    client.signal,
  );
  const numbered = typesIn(rows);
  if (numbered.length === 0) return [];
  const types = [];
  for (const id of [DEFAULT_TYPE, ...numbered]) {
    const log = await unlessRefused(() =>
      client.http.send(
        {
          call: 'conversions',
          method: 'GET',
          path: '/conversions',
          query: [...days, ['type', id], ['page', 1], ['per', 1]],
          answer: listOf(conversionSchema),
        },
        client.signal,
      ),
    );
    types.push({ id, name: log?.rows[0]?.type ?? '' });
  }
  return named(types);
}

/** One name for several types means that the filter was ignored: then no name is known. */
function named(types: readonly { id: string; name: string }[]): ConversionType[] {
  const names = types.map(({ name }) => name).filter((name) => name !== '');
  const distinct = new Set(names).size === names.length;
  return types.map(({ id, name }) => ({ id, name: distinct && name !== '' ? name : null }));
}
