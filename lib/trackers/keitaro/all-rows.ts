import { CrosstrackError } from '../../errors.ts';
import type { TrackerClient } from '../adapter.ts';
import { allPages } from '../paging.ts';
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
async function askPage(client: TrackerClient, { fields, ids, rest }: ReportBody, paging: object) {
  const send = (vocabulary: Vocabulary) =>
    client.http.send(
      {
        call: 'report',
        method: 'POST',
        path: '/admin_api/v1/report/build',
        json: { ...WORDED[vocabulary](fields), ...rest, ...paging },
        answer: reportSchema,
      },
      client.signal,
    );
  const understood = ({ rows: [row] }: { readonly rows: readonly ReportRowAnswer[] }): boolean =>
    row === undefined || ids.every((id) => id in row);

  const first: Vocabulary = client.memory.get(VOCABULARY) === 'old' ? 'old' : 'current';
  const other: Vocabulary = first === 'old' ? 'current' : 'old';
  let refused: unknown = null;
  try {
    const answer = await send(first);
    if (understood(answer)) {
      client.memory.set(VOCABULARY, first);
      return answer;
    }
  } catch (error) {
    if (!isValidation(error)) throw error;
    refused = error;
  }
  try {
    const answer = await send(other);
    if (understood(answer)) client.memory.set(VOCABULARY, other);
    return answer;
  } catch (error) {
    // Refused in both: the words were not the matter, and the first refusal says what was.
    throw isValidation(error) && refused !== null ? refused : error;
  }
}

const isValidation = (error: unknown): boolean =>
  error instanceof CrosstrackError && VALIDATION.has(error.problem.status ?? 0);

/**
 * All pages of a report, each row once. `complete: false` as `allPages` says.
 * @throws CrosstrackError `shape` for a row that lacks what it is grouped by
 */
export function allRows(
  client: TrackerClient,
  body: ReportBody,
): Promise<{ rows: ReportRowAnswer[]; complete: boolean }> {
  return allPages<ReportRowAnswer>({
    limit: LIMIT,
    most: MOST_PAGES,
    untilEmpty: true,
    async page(_, offset) {
      const { rows, total } = await askPage(client, body, { limit: LIMIT, offset });
      for (const [index, row] of rows.entries()) {
        const missing = body.ids.find((id) => !(id in row));
        if (missing === undefined) continue;
        const field = `rows.${offset + index}.${missing}`;
        throw new CrosstrackError({ kind: 'shape', tracker: 'Keitaro', call: 'report', field });
      }
      return { rows, total: total ?? null };
    },
    keyOf: (row) => JSON.stringify(body.fields.map((field) => row[field])),
  });
}
