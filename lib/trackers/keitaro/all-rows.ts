import { CrosstrackError } from '../../errors.ts';
import type { TrackerClient } from '../adapter.ts';
import { allPages } from '../paging.ts';
import { type ReportAnswer, type ReportRowAnswer, reportSchema } from './schema.ts';
import { isValidation, rememberVocabulary, type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** Rows per page, as careful clients ask for them. */
const LIMIT = 1000;
/** Most pages: nobody reads more than 200,000 rows, and a tracker may repeat itself for ever. */
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

/** The same question in both vocabularies. */
const WORDED: Readonly<Record<Vocabulary, (fields: readonly string[]) => object>> = {
  current: (fields) => ({ dimensions: fields, measures: METRICS }),
  // Old versions return the grouping fields only if they are among the columns as well.
  old: (fields) => ({ grouping: fields, metrics: METRICS, columns: fields }),
};

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
 * One page in the vocabulary that this tracker is known to understand, else in
 * the current one.
 *
 * A validation refusal, or rows without what was asked for, mean the other
 * vocabulary. So may an answer without rows, from a version that passes over
 * words that it does not know: it is asked again in the old one, and only an
 * answer with rows, or a refusal of the old words, tells what is understood.
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
  const lacks = ({ rows: [row] }: ReportAnswer): boolean =>
    row !== undefined && !ids.every((id) => id in row);

  const known = vocabularyOf(client);
  const first = known ?? 'current';
  const other: Vocabulary = first === 'old' ? 'current' : 'old';
  let answer: ReportAnswer | null = null;
  let refused: unknown = null;
  try {
    answer = await send(first);
    if (answer.rows.length === 0 && known !== null) return answer;
    if (answer.rows.length > 0 && !lacks(answer)) {
      rememberVocabulary(client, first);
      return answer;
    }
  } catch (error) {
    if (!isValidation(error)) throw error;
    refused = error;
  }
  try {
    const again = await send(other);
    const isEmpty = again.rows.length === 0;
    // Empty in both vocabularies: there is nothing, and either may have been understood.
    if (isEmpty ? refused !== null : !lacks(again)) rememberVocabulary(client, other);
    return again;
  } catch (error) {
    if (!isValidation(error)) throw error;
    // Refused in both: something else was wrong, and the first refusal says what.
    if (refused !== null) throw refused;
    if (answer === null || answer.rows.length > 0) throw error;
    rememberVocabulary(client, first);
    return answer;
  }
}

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
