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
import { folded, reportOf } from '../reports.ts';
import { conversionsIn, typesThatCount } from './conversion-types.ts';
import { listed } from './lists.ts';
import { namedSchema, type ReportRowAnswer, reportRowSchema } from './schema.ts';

/** Most rows per page of /report. */
const PER = 1000;
export const TOKENS = 20;

interface Group {
  /** Its name in `group`, and the name of the field that holds the value. */
  readonly name: string;
  /** The field that holds the value's id, if the id is not the name. */
  readonly id?: string;
  /** The parameter that filters by it. It takes a comma list, so a value with a comma cannot be sent. */
  readonly filter?: string;
  /** Converts RedTrack's notation of a value to ours. */
  readonly read?: (written: string) => string;
}

/**
 * RedTrack's names of our dimensions. An unknown group answers 500 ("Problem
 * with loading report"). The hour is `hour_of_day`; `hour` is unknown.
 */
const GROUPS: { readonly [D in Dimension]?: Group } = {
  campaign: { name: 'campaign', id: 'campaign_id', filter: 'campaign_id' },
  offer: { name: 'offer', id: 'offer_id', filter: 'offer_id' },
  lander: { name: 'landing', id: 'landing_id', filter: 'landing_id' },
  source: { name: 'source', id: 'source_id', filter: 'source_id' },
  country: { name: 'country' },
  region: { name: 'region' },
  city: { name: 'city' },
  deviceType: { name: 'device' },
  os: { name: 'os' },
  browser: { name: 'browser' },
  language: { name: 'language' },
  isp: { name: 'isp' },
  connectionType: { name: 'connection_type' },
  day: { name: 'date', read: (written) => written.slice(0, 10) },
  hour: { name: 'hour_of_day', read: (written) => written.replace(/^0*(\d{1,2})\b.*$/, '$1') },
  weekday: { name: 'day_of_week' },
};

export const DIMENSIONS = Object.keys(GROUPS) as Dimension[];

const groupOf = wordFinder<Group>({
  words: GROUPS,
  tokens: TOKENS,
  token: (slot) => ({ name: `sub${slot}`, filter: `sub${slot}` }),
  unknown: 'redtrack_dimension',
});

/**
 * The text of a field of row `index`; of a named object, its `part`.
 * @throws CrosstrackError `shape` for anything else
 */
function textOf(
  row: ReportRowAnswer,
  field: string,
  index: number,
  part: 'id' | 'name' = 'name',
): string {
  const read = namedSchema.safeParse(row[field]);
  if (read.success) return read.data[part];
  throw wrongShape(`${index}.${field}`);
}

const wrongShape = (field: string) =>
  new CrosstrackError({ kind: 'shape', tracker: 'RedTrack', call: 'report', field });

/**
 * Value of a dimension in a row. Campaigns are identified by id everywhere else,
 * so a campaign row without one has a wrong shape. An offer, lander or source
 * without an id, as in the old document's answers, is identified by its name.
 */
function dimensionIn(row: ReportRowAnswer, dimension: Dimension, index: number): DimensionValue {
  const group = groupOf(dimension);
  const written = textOf(row, group.name, index);
  const name = group.read === undefined ? written : group.read(written);
  if (group.id === undefined) return { id: name, name };
  const id = textOf(row, group.id, index) || textOf(row, group.name, index, 'id');
  if (dimension === 'campaign' && id === '' && name !== '') {
    throw wrongShape(`${index}.${group.id}`);
  }
  return { id: id === '' ? name : id, name };
}

/**
 * Figures of a row. Revenue is that of all conversion types; conversions are
 * those of the types that count for the connection.
 *
 * @param totals does the answer have totals over all types? Then the revenue of a row without one is
 * that of the default type, a part of it
 */
function metricsFrom(row: ReportRowAnswer, types: readonly string[], totals: boolean): Metrics {
  const total = row.total_revenue ?? null;
  const revenue = total ?? row.revenue ?? null;
  return metricsOf({
    clicks: row.clicks ?? null,
    uniqueClicks: row.unique_clicks ?? null,
    landerViews: row.lp_views ?? null,
    landerClicks: row.lp_clicks ?? null,
    conversions: conversionsIn(row, types),
    sales: row.approved ?? null,
    hold: row.pending ?? null,
    rejected: row.declined ?? null,
    cost: row.cost ?? null,
    revenue,
    partial: totals && total === null && revenue !== null ? ['revenue'] : [],
  });
}

/** The metrics that RedTrack counts. */
const COUNTED = [
  'clicks',
  'uniqueClicks',
  'landerViews',
  'landerClicks',
  'conversions',
  'cost',
  'revenue',
] as const;

const OBJECT_ID = /^[0-9a-f]{24}$/i;

/** The parameter by which the server applies this filter; null = it must be applied here. */
function asked(filter: Filter): string | null {
  const { filter: parameter, id } = groupOf(filter.dimension);
  if (parameter === undefined || filter.value === '' || filter.value.includes(',')) return null;
  if (id !== undefined && filter.dimension !== 'campaign' && !OBJECT_ID.test(filter.value)) {
    return null;
  }
  return parameter;
}

/**
 * Answers a question from /report: days in the question's zone (`timezone`),
 * money in the account's currency, which RedTrack does not name, hence the
 * connection's. Filters without a parameter are requested as groups and applied
 * here. The total is the sum of its days, so its clicks are unique by day.
 *
 * @throws CrosstrackError `unsupported` for dimensions that RedTrack does not have.
 */
export async function report(client: TrackerClient, question: Question): Promise<Report> {
  const here: Filter[] = [];
  const query = new Map<string, string>();
  for (const filter of question.filters) {
    const parameter = asked(filter);
    if (parameter === null || query.has(parameter)) here.push(filter);
    else query.set(parameter, filter.value);
  }
  const dimensions = [...new Set([...question.groupBy, ...here.map((filter) => filter.dimension)])];
  const groups = dimensions.map((dimension) => groupOf(dimension).name);
  const { range } = question;
  const { rows, complete } = await listed(client, {
    call: 'report',
    path: '/report',
    query: [
      ['group', groups.length === 0 ? 'date' : groups.join(',')],
      ['date_from', range.from],
      ['date_to', range.to],
      ['timezone', range.zone],
      ...query,
    ],
    row: reportRowSchema,
    keyOf: (row) =>
      JSON.stringify(
        (dimensions.length === 0 ? (['day'] as const) : dimensions).map((dimension) => {
          const { name, id } = groupOf(dimension);
          return [row[name], id === undefined ? null : row[id]];
        }),
      ),
    per: PER,
    pace: 'report',
    partial: true,
  });
  const types = typesThatCount(client.connection);
  const totals = rows.some(
    (row) => row.total_revenue !== undefined || row.total_conversions !== undefined,
  );
  const kept = rows.flatMap((row, index): ReportRow[] => {
    const value = (dimension: Dimension) => dimensionIn(row, dimension, index);
    if (here.some((filter) => value(filter.dimension).id !== filter.value)) return [];
    return [{ values: question.groupBy.map(value), metrics: metricsFrom(row, types, totals) }];
  });
  return reportOf(client, question, { rows: folded(kept), complete }, COUNTED);
}
