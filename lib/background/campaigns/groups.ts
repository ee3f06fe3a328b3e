import type { Answer } from '../../cache/report-cache.ts';
import { dimensionOf, dimensionsOf } from '../../compare/grouped-by.ts';
import type { groupCalls } from '../../contract/figures.ts';
import type { MessageKey } from '../../i18n.ts';
import { type Dimension, type Question, tokenSlot } from '../../report/question.ts';
import type { Range } from '../../report/range.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Capabilities } from '../../trackers/adapter.ts';
import { folded } from '../../trackers/reports.ts';
import type { Services } from '../services.ts';
import { ofCampaign } from './figures.ts';
import { oneByOne } from './one-by-one.ts';
import { together } from './together.ts';

type Ask = (question: Question) => Promise<Answer>;

/** Rows of one dimension, each value of it once. */
const foldedIn = ({ report, problem }: Answer): Answer => ({
  problem,
  report: report && { ...report, rows: folded(report.rows) },
});

/** Does one report tell this of all campaigns together? */
const isTold = (can: Capabilities, groupBy: readonly Dimension[], { from, to }: Range): boolean =>
  !can.together ||
  groupBy.every((dimension) => can.together?.includes(dimension)) ||
  (groupBy.join() === 'hour' && can.hourlyTotals && from === to);

/** All campaigns by a dimension. */
async function askAll(
  ask: Ask,
  range: Range,
  dimension: Dimension,
  can: Capabilities,
): Promise<Answer> {
  const groupBy = [dimension];
  if (isTold(can, groupBy, range)) return ask({ range, groupBy, filters: [] });
  return foldedIn(await oneByOne(ask, range, groupBy));
}

/** What has one of `ids` as its value of the first dimension, by the second. */
async function askWithin(
  ask: Ask,
  range: Range,
  [outer, inner]: readonly [Dimension, Dimension],
  ids: readonly string[],
  can: Capabilities,
): Promise<Answer> {
  if (outer === 'campaign') {
    const each = ids.map((id) => ask(ofCampaign(range, id, [inner])));
    return foldedIn(together(await Promise.all(each)));
  }
  const groupBy = [outer, inner];
  const told = isTold(can, groupBy, range);
  const [only, ...others] = ids;
  // One of thousands of placements is asked for alone.
  if (told && tokenSlot(outer) !== null && only && others.length === 0) {
    return ask({ range, groupBy: [inner], filters: [{ dimension: outer, value: only }] });
  }
  // One report answers for all rows that are opened.
  const { report, problem } = told
    ? await ask({ range, groupBy, filters: [] })
    : await oneByOne(
        ask,
        range,
        groupBy,
        ({ source }) => outer !== 'source' || ids.includes(source?.id ?? ''),
      );
  const rows = report?.rows.flatMap(({ values: [of, ...values], metrics }) =>
    ids.includes(of?.id ?? '') ? [{ values, metrics }] : [],
  );
  return foldedIn({ problem, report: report && { ...report, rows: rows ?? [] } });
}

export function createGroups({
  connections,
  reports,
  clients,
}: Pick<Services, 'connections' | 'reports' | 'clients'>): HandlersOf<typeof groupCalls> {
  return {
    'campaigns.grouped': async ({ connection: id, range, by, within, fresh }, { signal }) => {
      const connection = await connections.get(id);
      const adapter = clients.adapter(connection.tracker);
      const can = adapter.capabilities;
      const ask: Ask = (question) => reports.answer(id, question, fresh, signal);
      if (!within) {
        const found = dimensionOf(by, connection, adapter);
        return 'reason' in found ? unable(found.reason) : askAll(ask, range, found.dimension, can);
      }
      const found = dimensionsOf([within.by, by], connection, adapter);
      return 'reason' in found
        ? unable(found.reason)
        : askWithin(ask, range, found.dimensions, within.ids, can);
    },
  };
}

const unable = (text: MessageKey): Answer => ({
  report: null,
  problem: { kind: 'unsupported', text },
});
