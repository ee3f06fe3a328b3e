import { CrosstrackError } from '../../errors.ts';
import { type Metrics, metricsOf, withMetric } from '../../report/metrics.ts';
import type {
  Dimension,
  DimensionValue,
  Filter,
  Question,
  Report,
  ReportRow,
} from '../../report/question.ts';
import { addDays, dayOf, type Range, splitRange } from '../../report/range.ts';
import type { TrackerClient } from '../adapter.ts';
import { wordFinder } from '../dimensions.ts';
import { label } from '../numbers.ts';
import { folded, reportOf } from '../reports.ts';
import { listed } from './lists.ts';
import { type ActionAnswer, namedSchema, type StatAnswer, statsSchema } from './schema.ts';

/** sub1…sub8: some platforms can slice by more, but none can filter by more. */
export const TOKENS = 8;

/** Days that one question may cover: "about 6 months". */
const MOST_DAYS = 180;

interface Slice {
  readonly names: readonly string[];
  /** Name within `filter[…][]`, if the statistics can be filtered by it. */
  readonly filter?: string;
}

/** Affise's names of our dimensions. A network's campaigns are its offers. */
const SLICES: { readonly [D in Dimension]?: Slice } = {
  campaign: { names: ['offer'], filter: 'offer' },
  offer: { names: ['offer'], filter: 'offer' },
  lander: { names: ['landing'] },
  country: { names: ['country'], filter: 'country' },
  city: { names: ['city'] },
  deviceType: { names: ['device'], filter: 'device' },
  os: { names: ['os'], filter: 'os' },
  browser: { names: ['browser'] },
  isp: { names: ['isp'] },
  connectionType: { names: ['conn_type'] },
  // `day` alone is the day of the month.
  day: { names: ['year', 'month', 'day'] },
  hour: { names: ['hour'] },
};

export const DIMENSIONS = Object.keys(SLICES) as Dimension[];

const sliceOf = wordFinder<Slice>({
  words: SLICES,
  tokens: TOKENS,
  token: (slot) => ({ names: [`sub${slot}`], filter: `sub${slot}` }),
  unknown: 'affise_dimension',
});

function two(part: string): string {
  return part.padStart(2, '0');
}

/** A day is three numbers; a platform that writes it whole in `day` is read as well. */
function dayIn(slice: StatAnswer['slice']): string {
  const [year, month, day] = ['year', 'month', 'day'].map((part) => label.parse(slice[part]));
  if (year && month && day && day.length <= 2) return `${year}-${two(month)}-${two(day)}`;
  return (day ?? '').slice(0, 10);
}

function dimensionIn(row: StatAnswer, dimension: Dimension, index: number): DimensionValue {
  const field = sliceOf(dimension).names.at(-1) ?? '';
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

/** Sum of one figure over the states that have it; null when none has. */
function over(actions: Actions, states: ReadonlyArray<keyof Actions>, figure: Figure) {
  const known = states.flatMap((state) => actions[state]?.[figure] ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/**
 * Figures of a row for the affiliate. Revenue is what the network pays or will
 * pay: the total without what was declined or not found. Pending and hold
 * belong to it, as in a tracker that counted the postback. Without a total it is
 * the sum of the paying states. A network does not know the cost.
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

/** The metrics that a network counts. */
const COUNTED = ['clicks', 'uniqueClicks', 'conversions', 'revenue'] as const;

/** Affise converts money into the account's currency; another one in a row cannot be added to it. */
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

/** Rows of one period, and whether Affise tells all of it. */
interface Period {
  readonly rows: readonly StatAnswer[];
  readonly complete: boolean;
}

/**
 * Answers a question from /3.0/stats/custom: days in the question's zone, money
 * in the account's currency, conversions of all states. Filters that the
 * statistics do not have are sliced by and applied here. Long ranges are
 * requested in periods; an empty answer about one that lies further back than
 * Affise tells makes the report incomplete, not zero. No `order[]` is sent:
 * some platforms answer 500 to it.
 *
 * @throws CrosstrackError `unsupported` for a dimension that Affise does not have,
 * `conflict` when the network reports money of another currency
 */
export async function report(client: TrackerClient, question: Question): Promise<Report> {
  const { range, groupBy } = question;
  const here: Filter[] = [];
  const asked = new Map<string, string>();
  for (const filter of question.filters) {
    const { filter: parameter } = sliceOf(filter.dimension);
    if (parameter === undefined || filter.value === '' || asked.has(parameter)) here.push(filter);
    else asked.set(parameter, filter.value);
  }
  const dimensions = [...groupBy, ...here.map((filter) => filter.dimension)];
  // The total is the sum of its days.
  const sliced = dimensions.length === 0 ? (['day'] as const) : dimensions;
  const slices = new Set(sliced.flatMap((dimension) => sliceOf(dimension).names));
  const told = addDays(dayOf(client.now(), range.zone), 1 - MOST_DAYS);

  const periodOf = async ({ from, to }: Range): Promise<Period> => {
    const { rows, complete } = await listed(client, {
      call: 'report',
      path: '/3.0/stats/custom',
      query: [
        ...[...slices].map((slice) => ['slice[]', slice] as const),
        ['filter[date_from]', from],
        ['filter[date_to]', to],
        ...[...asked].map(([parameter, value]) => [`filter[${parameter}][]`, value] as const),
        ['timezone', range.zone],
      ],
      answer: statsSchema,
      rows: (answer) => answer.stats ?? [],
      keyOf: (row) => JSON.stringify([row.slice, row.currency]),
      partial: true,
    });
    return { rows, complete: complete && (rows.length > 0 || from >= told) };
  };
  const periods: Period[] = [];
  for (const period of splitRange(range, MOST_DAYS)) periods.push(await periodOf(period));

  const rows = periods.flatMap((period) => period.rows);
  refuseOtherCurrencies(rows, client.connection.currency);
  const kept = rows.flatMap((row, index): ReportRow[] => {
    const value = (dimension: Dimension) => dimensionIn(row, dimension, index);
    if (here.some((filter) => value(filter.dimension).id !== filter.value)) return [];
    return [{ values: groupBy.map(value), metrics: metricsFrom(row) }];
  });
  const complete = periods.every((period) => period.complete);
  return reportOf(
    client,
    question,
    { rows: periods.length > 1 ? uniqueWithin(folded(kept), groupBy) : folded(kept), complete },
    COUNTED,
  );
}

/** Clicks that are unique within a period need not be unique over several. */
const uniqueWithin = (rows: readonly ReportRow[], groupBy: readonly Dimension[]): ReportRow[] =>
  groupBy.includes('day')
    ? [...rows]
    : rows.map((row) => ({ ...row, metrics: withMetric(row.metrics, 'uniqueClicks', null) }));
