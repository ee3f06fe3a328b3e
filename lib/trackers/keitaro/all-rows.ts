import { CrosstrackError } from '../../errors.ts';
import type { Ask } from '../adapter.ts';
import { type ReportRowAnswer, reportSchema } from './schema.ts';

/** Rows a page: what careful clients ask for. */
const LIMIT = 1000;
/** Pages at most: 200,000 rows are more than anybody reads, and a stop for a tracker that repeats itself. */
const MOST_PAGES = 200;

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

type Vocabulary = 'current' | 'old';

/** The same question in both vocabularies; versions 9 to 11 know the old one, newer ones the current. */
const WORDED: Readonly<Record<Vocabulary, (fields: readonly string[]) => object>> = {
  current: (fields) => ({ dimensions: fields, measures: METRICS }),
  // Old versions name what they group by only when it is among the columns too.
  old: (fields) => ({ grouping: fields, metrics: METRICS, columns: fields }),
};
/** Where the vocabulary that a connection understands is kept. */
const VOCABULARY = 'report';
/** Statuses of a validation refusal: 400 or 406 in most versions, 422 in newer ones. */
const VALIDATION: ReadonlySet<number> = new Set([400, 406, 422]);

/** What is asked, apart from the words and the page. */
export interface ReportBody {
  /** Fields to group by. */
  readonly fields: readonly string[];
  /** Those of `fields` that no row may lack. */
  readonly ids: readonly string[];
  /** Range, filters and sort. */
  readonly rest: object;
}

/**
 * One page in the words this tracker is known to take, else in the current
 * ones. A validation refusal, or rows without what was asked for, means the
 * other words; those that were understood are remembered.
 */
async function askPage(ask: Ask, { fields, ids, rest }: ReportBody, paging: object) {
  const send = (vocabulary: Vocabulary) =>
    ask.http.send(
      {
        call: 'report',
        method: 'POST',
        path: '/admin_api/v1/report/build',
        json: { ...WORDED[vocabulary](fields), ...rest, ...paging },
        answer: reportSchema,
      },
      ask.signal,
    );
  const understood = ({ rows: [row] }: { readonly rows: readonly ReportRowAnswer[] }): boolean =>
    row === undefined || ids.every((id) => id in row);

  const first: Vocabulary = ask.memory.get(VOCABULARY) === 'old' ? 'old' : 'current';
  const other: Vocabulary = first === 'old' ? 'current' : 'old';
  let refused: unknown = null;
  try {
    const answer = await send(first);
    if (understood(answer)) {
      ask.memory.set(VOCABULARY, first);
      return answer;
    }
  } catch (error) {
    if (!isValidation(error)) throw error;
    refused = error;
  }
  try {
    const answer = await send(other);
    if (understood(answer)) ask.memory.set(VOCABULARY, other);
    return answer;
  } catch (error) {
    // Refused in both: the words were not the matter, and the first refusal says what was.
    throw isValidation(error) && refused !== null ? refused : error;
  }
}

const isValidation = (error: unknown): boolean =>
  error instanceof CrosstrackError && VALIDATION.has(error.problem.status ?? 0);

/**
 * All pages of a report, each row once: rows that come in between two pages
 * move others onto the next one. `complete: false` when a page brings nothing
 * new (a version that ignores `offset`), when rows are missing at the end, or
 * when there are too many.
 */
export async function allRows(
  ask: Ask,
  body: ReportBody,
): Promise<{ rows: ReportRowAnswer[]; complete: boolean }> {
  const rows: ReportRowAnswer[] = [];
  const seen = new Set<string>();
  let offset = 0;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await askPage(ask, body, { limit: LIMIT, offset });
    const before = rows.length;
    for (const [index, row] of answer.rows.entries()) {
      const key = keyOf(row, body, offset + index);
      if (seen.has(key)) continue;
      seen.add(key);
      rows.push(row);
    }
    offset += answer.rows.length;
    // Some versions send no total, or nought beside rows.
    const total = answer.total || null;
    if (answer.rows.length === 0) return { rows, complete: total === null || offset >= total };
    if (rows.length === before) return { rows, complete: false };
    const last = total === null ? answer.rows.length < LIMIT : offset >= total;
    if (last) return { rows, complete: true };
  }
  return { rows, complete: false };
}

function keyOf(row: ReportRowAnswer, { fields, ids }: ReportBody, index: number): string {
  const missing = ids.find((id) => !(id in row));
  if (missing !== undefined) {
    const field = `rows.${index}.${missing}`;
    throw new CrosstrackError({ kind: 'shape', tracker: 'Keitaro', call: 'report', field });
  }
  return JSON.stringify(fields.map((field) => row[field]));
}
