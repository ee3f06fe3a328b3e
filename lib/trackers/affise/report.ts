import { CrosstrackError } from '../../errors.ts';
import { type Metrics, metricsOf } from '../../report/metrics.ts';
import type {
  Dimension,
  DimensionValue,
  Filter,
  Question,
  Report,
  ReportRow,
} from '../../report/question.ts';
import type { TrackerClient } from '../adapter.ts';
import { wordFinder } from '../dimensions.ts';
import { label } from '../numbers.ts';
import { folded, reportOf } from '../reports.ts';
import { listed } from './lists.ts';
import { type ActionAnswer, namedSchema, type StatAnswer, statsSchema } from './schema.ts';

/** sub1…sub8: more can be sliced by on some platforms, but not filtered. */
export const TOKENS = 8;
/** The states asked for; no other is told. Conversions of all states sum to `total`. */
const TYPES = ['total', 'confirmed', 'pending', 'declined', 'hold', 'not_found'] as const;

interface Slice {
  readonly name: string;
  /** Name within `filter[…][]`, where the statistics can be filtered by it. */
  readonly filter?: string;
}

/** Affise's words for our dimensions; a network's campaigns are its offers. */
const SLICES: { readonly [D in Dimension]?: Slice } = {
  campaign: { name: 'offer', filter: 'offer' },
  offer: { name: 'offer', filter: 'offer' },
  lander: { name: 'landing' },
  country: { name: 'country', filter: 'country' },
  city: { name: 'city' },
  deviceType: { name: 'device', filter: 'device' },
  os: { name: 'os', filter: 'os' },
  browser: { name: 'browser' },
  isp: { name: 'isp' },
  connectionType: { name: 'conn_type' },
  day: { name: 'day' },
  hour: { name: 'hour' },
};

export const DIMENSIONS = Object.keys(SLICES) as Dimension[];

const sliceOf = wordFinder<Slice>({
  words: SLICES,
  tokens: TOKENS,
  token: (slot) => ({ name: `sub${slot}`, filter: `sub${slot}` }),
  unknown: 'affise_dimension',
});

function two(part: string): string {
  return part.padStart(2, '0');
}

/** A day comes as `{year, month, day}` numbers; a platform that writes it whole is read too. */
function dayIn(slice: StatAnswer['slice']): string {
  const [year, month, day] = ['year', 'month', 'day'].map((part) => label.parse(slice[part]));
  if (year && month && day && day.length <= 2) return `${year}-${two(month)}-${two(day)}`;
  return (day ?? '').slice(0, 10);
}

function dimensionIn(row: StatAnswer, dimension: Dimension, index: number): DimensionValue {
  const { name: field } = sliceOf(dimension);
  const written = row.slice[field];
  try {
    if (dimension === 'day') {
      const day = dayIn(row.slice);
      return { id: day, name: day };
    }
    if (typeof written === 'object' && written !== null) {
      const { id, title } = namedSchema.parse(written);
      return { id, name: title || id };
    }
    const text = label.parse(written);
    const value = dimension === 'hour' ? text.replace(/^0*(\d{1,2})\b.*$/, '$1') : text;
    return { id: value, name: value };
  } catch (cause) {
    const path = `stats.${index}.slice.${field}`;
    throw new CrosstrackError(
      { kind: 'shape', tracker: 'Affise', call: 'report', field: path },
      { cause },
    );
  }
}

type Actions = NonNullable<StatAnswer['actions']>;
type Figure = keyof ActionAnswer;

/** Sum of one figure over the states that say it; null when none does. */
function over(actions: Actions, states: ReadonlyArray<keyof Actions>, figure: Figure) {
  const known = states.flatMap((state) => actions[state]?.[figure] ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/**
 * Figures of a row for the affiliate. Revenue is what the network pays or will
 * pay: the total without what it declined or did not find (pending and hold
 * are in it, as in a tracker that counted the postback), or the sum of the
 * paying states where no total came. Cost is unknown to a network.
 */
function metricsFrom(row: StatAnswer): Metrics {
  const actions = row.actions ?? {};
  const states = ['confirmed', 'pending', 'declined', 'hold', 'not_found'] as const;
  const total = actions.total?.revenue ?? null;
  const refused = over(actions, ['declined', 'not_found'], 'revenue') ?? 0;
  return metricsOf({
    clicks: row.traffic?.raw ?? null,
    uniqueClicks: row.traffic?.uniq ?? null,
    conversions: actions.total?.count ?? over(actions, states, 'count'),
    sales: actions.confirmed?.count ?? null,
    rejected: over(actions, ['declined', 'not_found'], 'count'),
    hold: over(actions, ['hold', 'pending'], 'count'),
    revenue:
      total === null
        ? over(actions, ['confirmed', 'pending', 'hold'], 'revenue')
        : Number((total - refused).toFixed(6)),
  });
}

/** What a network counts. */
const COUNTED = ['clicks', 'uniqueClicks', 'conversions', 'revenue'] as const;

/** Money of another currency in an answer that was asked for one is never added. */
function refuseOtherCurrencies(rows: readonly StatAnswer[], currency: string): void {
  const others = rows
    .filter((row) => row.currency !== '' && row.currency.toUpperCase() !== currency)
    .filter((row) => (row.actions?.total?.revenue ?? metricsFrom(row).revenue ?? 0) !== 0)
    .map((row) => row.currency);
  if (others.length === 0) return;
  throw new CrosstrackError({
    kind: 'conflict',
    text: 'affise_currencies',
    values: [currency, [...new Set(others)].sort().join(', ')],
  });
}

/**
 * Answers a question from /3.0/stats/custom: days in the asked zone, money in
 * the connection's currency (asked for by filter), conversions of all states.
 * Filters that the statistics have no parameter for are sliced by and applied
 * here. No `order[]` is sent: some platforms answer 500 to it.
 *
 * @throws CrosstrackError `unsupported` for a dimension Affise does not know,
 * `conflict` when money of another currency comes all the same.
 */
export async function report(client: TrackerClient, question: Question): Promise<Report> {
  const { range, groupBy } = question;
  const { currency } = client.connection;
  const here: Filter[] = [];
  const asked = new Map<string, string>();
  for (const filter of question.filters) {
    const { filter: parameter } = sliceOf(filter.dimension);
    if (parameter === undefined || filter.value === '' || asked.has(parameter)) here.push(filter);
    else asked.set(parameter, filter.value);
  }
  const dimensions = [...groupBy, ...here.map((filter) => filter.dimension)];
  const slices = new Set(dimensions.map((dimension) => sliceOf(dimension).name));
  if (slices.size === 0) slices.add('day');
  const { rows, complete } = await listed(client, {
    call: 'report',
    path: '/3.0/stats/custom',
    query: [
      ...[...slices].map((slice) => ['slice[]', slice] as const),
      ['filter[date_from]', range.from],
      ['filter[date_to]', range.to],
      ...[...asked].map(([parameter, value]) => [`filter[${parameter}][]`, value] as const),
      ['filter[currency][]', currency],
      ['timezone', range.zone],
      ...TYPES.map((type) => ['conversionTypes[]', type] as const),
    ],
    answer: statsSchema,
    rows: (answer) => answer.stats ?? [],
    keyOf: (row) => JSON.stringify([row.slice, row.currency]),
    partial: true,
  });
  refuseOtherCurrencies(rows, currency);
  const kept = rows.flatMap((row, index): ReportRow[] => {
    const value = (dimension: Dimension) => dimensionIn(row, dimension, index);
    if (here.some((filter) => value(filter.dimension).id !== filter.value)) return [];
    return [{ values: groupBy.map(value), metrics: metricsFrom(row) }];
  });
  return reportOf(client, question, { rows: folded(kept), complete }, COUNTED);
}
