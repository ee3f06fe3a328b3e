import { CrosstrackError } from '../../errors.ts';
import { type Metrics, metricsOf, sumFigures, withMetric } from '../../report/metrics.ts';
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
type State = Exclude<keyof Actions, 'total'>;
/** States that are paid, or may still be. */
const PAYING = ['confirmed', 'pending', 'hold'] as const;
const REFUSED = ['declined', 'not_found'] as const;

/**
 * One figure by state; null = not told. Those of all states sum to the total, so when the told ones
 * do, the others are 0.
 */
function byState(actions: Actions, figure: keyof ActionAnswer) {
  const total = actions.total?.[figure] ?? null;
  const told = (state: State) => actions[state]?.[figure] ?? null;
  const { sum } = sumFigures([...PAYING, ...REFUSED].map(told));
  const rest = total !== null && Math.abs(total - (sum ?? 0)) < 1e-6 ? 0 : null;
  const over = (states: readonly State[]) => sumFigures(states.map((state) => told(state) ?? rest));
  return { total, over };
}

/** Money without the digits that a subtraction leaves. */
const rounded = (amount: number): number => Number(amount.toFixed(6));

/** What the network pays or will pay: all but what it refused, pending and hold as in a tracker. */
function paidIn(actions: Actions) {
  const { total, over } = byState(actions, 'revenue');
  const [paid, refused] = [over(PAYING), over(REFUSED)];
  if (total === null || refused.sum === null || refused.partial) return paid;
  return { sum: rounded(total - refused.sum), partial: false };
}

/** Figures of a row for the affiliate. Cost is unknown to a network. */
function metricsFrom(row: StatAnswer): Metrics {
  const actions = row.actions ?? {};
  const { total, over } = byState(actions, 'count');
  const sums = {
    conversions: total === null ? over([...PAYING, ...REFUSED]) : { sum: total, partial: false },
    rejected: over(REFUSED),
    hold: over(['hold', 'pending']),
    revenue: paidIn(actions),
  };
  return metricsOf({
    clicks: row.traffic?.raw ?? null,
    uniqueClicks: row.traffic?.uniq ?? null,
    conversions: sums.conversions.sum,
    sales: over(['confirmed']).sum,
    rejected: sums.rejected.sum,
    hold: sums.hold.sum,
    revenue: sums.revenue.sum,
    partial: (['conversions', 'rejected', 'hold', 'revenue'] as const).filter(
      (metric) => sums[metric].partial,
    ),
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
