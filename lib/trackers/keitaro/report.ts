import { CrosstrackError } from '../../errors.ts';
import { type Metrics, metricsOf, sumMetrics } from '../../report/metrics.ts';
import {
  type Dimension,
  type DimensionValue,
  type Question,
  type Report,
  type ReportRow,
  tokenSlot,
} from '../../report/question.ts';
import type { Ask } from '../adapter.ts';
import { label, type ReportRowAnswer, reportSchema } from './schema.ts';

/** Rows a page: what careful clients ask for. */
const LIMIT = 1000;
/** Pages at most: 200,000 rows are more than anybody reads, and a stop for a tracker that repeats itself. */
const MOST_PAGES = 200;
export const TOKENS = 30;

interface Words {
  /** Field with the value's id, which filters take. */
  readonly id: string;
  /** Field with the name, where it has one apart from the id. */
  readonly name?: string;
  readonly read?: (written: string) => string;
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
  day: { id: 'day', read: (written) => written.slice(0, 10) },
  hour: { id: 'hour', read: (written) => String(Number.parseInt(written, 10)) },
  weekday: { id: 'weekday' },
};
export const DIMENSIONS = Object.keys(WORDS) as Dimension[];

const METRICS = [
  'clicks',
  'campaign_unique_clicks',
  'bots',
  'lp_clicks',
  'conversions',
  'leads',
  'sales',
  'rejected',
  'cost',
  'revenue',
];

function wordsOf(dimension: Dimension): Words {
  const slot = tokenSlot(dimension);
  if (slot !== null && slot >= 1 && slot <= TOKENS) return { id: `sub_id_${slot}` };
  const words = WORDS[dimension];
  if (words) return words;
  throw new CrosstrackError({
    kind: 'unsupported',
    text: 'keitaro_dimension',
    values: [dimension],
  });
}

/** Where the vocabulary that a connection understands is kept. */
const VOCABULARY = 'report';

/**
 * One page in the words this tracker knows: the current ones first; a
 * validation refusal means an older version, and its words are kept.
 */
async function askPage(ask: Ask, fields: readonly string[], rest: object) {
  const send = (words: object) =>
    ask.http.send(
      {
        call: 'report',
        method: 'POST',
        path: '/admin_api/v1/report/build',
        json: { ...words, ...rest },
        answer: reportSchema,
      },
      ask.signal,
    );
  // Old versions name what they group by only when it is among the columns too.
  const old = { grouping: fields, metrics: METRICS, columns: fields };
  const current = { dimensions: fields, measures: METRICS };
  const known = ask.memory.get(VOCABULARY);
  if (known === 'old') return send(old);
  try {
    const answer = await send(current);
    if (known === undefined) ask.memory.set(VOCABULARY, 'current');
    return answer;
  } catch (error) {
    const status = error instanceof CrosstrackError ? error.problem.status : undefined;
    if (known === 'current' || ![400, 406, 422].includes(status ?? 0)) throw error;
    const answer = await send(old);
    ask.memory.set(VOCABULARY, 'old');
    return answer;
  }
}

/**
 * All pages of a report. `complete: false` when a page repeats the one before
 * (a version that ignores `offset`) or when there are too many.
 */
async function allRows(
  ask: Ask,
  fields: readonly string[],
  rest: object,
): Promise<{ rows: ReportRowAnswer[]; complete: boolean }> {
  const rows: ReportRowAnswer[] = [];
  let before = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const paging = { limit: LIMIT, offset: page * LIMIT };
    const answer = await askPage(ask, fields, { ...rest, ...paging });
    const shown = JSON.stringify(answer.rows);
    if (answer.rows.length > 0 && shown === before) return { rows, complete: false };
    before = shown;
    rows.push(...answer.rows);
    const total = answer.total ?? null;
    const reached = total !== null && total > 0 && rows.length >= total;
    if (answer.rows.length < LIMIT || reached) {
      return { rows, complete: total === null || rows.length >= total };
    }
  }
  return { rows, complete: false };
}

function textOf(row: ReportRowAnswer, field: string, index: number): string {
  if (field in row) {
    const text = label.safeParse(row[field]);
    if (text.success) return text.data;
  }
  throw new CrosstrackError({ kind: 'shape', call: 'report', field: `rows.${index}.${field}` });
}

function valueIn(row: ReportRowAnswer, dimension: Dimension, index: number): DimensionValue {
  const { id, name, read } = wordsOf(dimension);
  const written = textOf(row, id, index);
  const value = read ? read(written) : written;
  return { id: value, name: name === undefined ? value : textOf(row, name, index) || value };
}

function metricsIn(row: ReportRowAnswer): Metrics {
  return metricsOf({
    clicks: row.clicks ?? null,
    uniqueClicks: row.campaign_unique_clicks ?? null,
    bots: row.bots ?? null,
    landerViews: row.lp_views ?? null,
    landerClicks: row.lp_clicks ?? null,
    conversions: row.conversions ?? null,
    leads: row.leads ?? null,
    sales: row.sales ?? null,
    rejected: row.rejected ?? null,
    cost: row.cost ?? null,
    revenue: row.revenue ?? null,
  });
}

/** The total of no rows: counted, and nothing there. */
const NOTHING = metricsOf({
  clicks: 0,
  uniqueClicks: 0,
  bots: 0,
  landerClicks: 0,
  conversions: 0,
  leads: 0,
  sales: 0,
  rejected: 0,
  cost: 0,
  revenue: 0,
});

/**
 * Answers a question from `POST /report/build`: days in the asked zone, money
 * in the tracker's currency. A total is asked as its days and summed, so its
 * unique clicks are unique by day.
 *
 * Lander views are not among the documented metrics and stay unknown unless sent.
 * @throws CrosstrackError `unsupported` for dimensions Keitaro does not know
 */
export async function report(ask: Ask, question: Question): Promise<Report> {
  const { range } = question;
  const dimensions = question.groupBy.length === 0 ? (['day'] as const) : question.groupBy;
  const fields = dimensions.flatMap((dimension) => {
    const { id, name } = wordsOf(dimension);
    return name === undefined ? [id] : [id, name];
  });
  const { rows, complete } = await allRows(ask, fields, {
    range: { from: range.from, to: range.to, timezone: range.zone },
    filters: question.filters.map(({ dimension, value }) => ({
      name: wordsOf(dimension).id,
      operator: 'EQUALS',
      expression: expressionOf(dimension, value),
    })),
    sort: [
      { name: 'clicks', order: 'desc' },
      ...fields.slice(0, 1).map((name) => ({ name, order: 'asc' })),
    ],
  });
  const shown: ReportRow[] =
    question.groupBy.length === 0
      ? [{ values: [], metrics: rows.length === 0 ? NOTHING : sumMetrics(rows.map(metricsIn)) }]
      : rows.map((row, index) => ({
          values: question.groupBy.map((dimension) => valueIn(row, dimension, index)),
          metrics: metricsIn(row),
        }));
  return {
    rows: shown,
    zone: range.zone,
    currency: ask.connection.currency,
    basis: ask.connection.basis,
    fetchedAt: ask.now(),
    complete,
  };
}

/** Ids go out as numbers, as in the documented examples; everything else as text. */
function expressionOf(dimension: Dimension, value: string): string | number {
  const numeric = wordsOf(dimension).id.endsWith('_id') && /^\d{1,15}$/.test(value);
  return numeric ? Number(value) : value;
}
