import { joinSides, type Side } from '../../compare/join.ts';
import { ofKind } from '../../compare/links.ts';
import { countedOnce } from '../../compare/once.ts';
import { tells, withSilent } from '../../compare/silent.ts';
import type { CountedOnce, onceCalls } from '../../contract/figures.ts';
import { partOf, sumMetrics } from '../../report/metrics.ts';
import type { Report } from '../../report/question.ts';
import { presetRange } from '../../report/range.ts';
import { totalOf } from '../../report/total.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Campaign } from '../../trackers/adapter.ts';
import type { Services } from '../services.ts';
import type { LinkRepository } from './links.ts';
import type { KeptLists } from './lists.ts';
import { extremes } from './stats.ts';

/** Tells what of each tracker counts when every campaign is counted once. */
export function createOnce(
  {
    connections,
    reports,
    clients,
    now,
  }: Pick<Services, 'connections' | 'reports' | 'clients' | 'now'>,
  links: Pick<LinkRepository, 'all' | 'rejections'>,
  keptLists: KeptLists,
): HandlersOf<typeof onceCalls> {
  return {
    'stats.once': async ({ preset }) => {
      const trackers = (await connections.list()).filter(
        ({ tracker, off }) => !off && clients.adapter(tracker).side === 'tracker',
      );
      const known = await Promise.all(
        trackers.map(async ({ id, zone }) =>
          reports.known(id, {
            range: presetRange(preset, now(), zone),
            groupBy: ['campaign'],
            filters: [],
          }),
        ),
      );
      const lists = await Promise.all(
        trackers.map(async ({ id }) => (await keptLists(id))?.campaigns ?? []),
      );
      const all = ofKind(await links.all(), 'campaign');
      const rejected = ofKind(await links.rejections(), 'campaign');
      // Made-up campaigns are no real ones, whatever their names.
      const counted = [true, false].flatMap((demo) => {
        const sides = trackers.flatMap(({ id, currency, ...one }, at) => {
          const report = known[at];
          const there = lists[at] ?? [];
          return report && (one.demo ?? false) === demo ? [{ id, currency, report, there }] : [];
        });
        // A campaign that did nothing may bear a name too, but counts nowhere.
        const rows = joinSides(sides.map(sideOf), all, rejected).map((row) => ({
          ...row,
          cells: row.cells.map((cell) => (cell && tells(cell.metrics) ? cell : null)),
        }));
        const once = countedOnce(rows, sides.length);
        return sides.map(
          ({ id, report }, at) => [id, partThatCounts(report, once[at] ?? new Set())] as const,
        );
      });
      return Object.fromEntries(counted);
    },
  };
}

function sideOf(of: {
  readonly id: string;
  readonly currency: string;
  readonly report: Report;
  readonly there: readonly Campaign[];
}): Side {
  const rows = of.report.rows.map(({ values: [campaign], metrics }) => ({
    id: campaign?.id ?? '',
    name: campaign?.name ?? '',
    metrics,
  }));
  return { connection: of.id, currency: of.currency, rows: withSilent(rows, of.there, null) };
}

function partThatCounts(report: Report, ids: ReadonlySet<string>): CountedOnce {
  const rows = report.rows.filter(({ values }) => ids.has(values[0]?.id ?? ''));
  if (rows.length === report.rows.length) {
    return { metrics: totalOf(report), campaigns: rows.length, whole: true, ...extremes(rows) };
  }
  const sum = sumMetrics(rows.map(({ metrics }) => metrics));
  return {
    metrics: rows.length === 0 ? null : report.complete ? sum : partOf(sum),
    campaigns: rows.length,
    whole: false,
    ...extremes(rows),
  };
}
