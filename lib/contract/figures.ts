import type { Answer } from '../cache/report-cache.ts';
import { GROUPINGS } from '../compare/groupings.ts';
import type { Link } from '../compare/links.ts';
import type { Named } from '../compare/proposals.ts';
import type { TimeGrouping } from '../compare/series.ts';
import type { Problem } from '../errors.ts';
import type { Metrics } from '../report/metrics.ts';
import { PRESETS } from '../report/range.ts';
import type { Campaign } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import { call, fresh, id, range } from './call.ts';
import { member } from './links.ts';

/** Figures of a campaign, or of several together. `byHour` has no report where the tracker cannot group by hour. */
export interface SideFigures {
  readonly total: Answer;
  readonly byHour: Answer;
}

/** A report over the days of a range, or over the hours of a single day. */
export interface SeriesAnswer extends Answer {
  /** What its rows are grouped by: both where the tracker cuts its days in another zone. */
  readonly groupBy: TimeGrouping;
  /**
   * Why the tracker cannot report this: `steps`: not by day or hour; `long`: all campaigns together
   * only day by day, which so long a range takes too many requests for.
   */
  readonly unable: 'steps' | 'long' | null;
}

export interface Match {
  /** The matching campaign on the target connection, and how it was found; null = none. */
  readonly member: {
    readonly campaignId: string;
    readonly name: string;
    readonly how: Link['how'] | 'same';
  } | null;
  /**
   * Where the link holds several campaigns of either side, whose figures are summed: all of the side
   * that was asked from, and all of the target.
   */
  readonly several?: { readonly from: readonly Named[]; readonly target: readonly Named[] };
  /** Do both share the traffic, each with a part of its own? Absent: they count the same events. */
  readonly split?: true;
  /** Similar names, best first. */
  readonly proposals: ReadonlyArray<{ readonly campaignId: string; readonly name: string }>;
  readonly problem: Problem | null;
}

/** Profit between two instants (epoch ms), in the tracker's currency; null = unknown. */
export interface HourlyProfit {
  readonly start: number;
  readonly end: number;
  readonly profit: number | null;
}

/** Figures of one connection for the popup. */
export interface Stats {
  readonly now: Metrics | null;
  /**
   * What to compare with. Today: yesterday up to the same hour; yesterday: the day before. null =
   * nothing, or not known of the same span.
   */
  readonly before: Metrics | null;
  /** Today up to the hour that is known whole, comparable with `before`; null = compare `now` itself. */
  readonly nowUntilHour: Metrics | null;
  /**
   * Yesterday and today hour by hour, as the tracker's clocks show them: of yesterday nothing where it
   * is not known. The list is null where there is no report by hour.
   */
  readonly hours: readonly HourlyProfit[] | null;
  readonly best: { readonly name: string; readonly profit: number } | null;
  readonly worst: { readonly name: string; readonly profit: number } | null;
  readonly zone: string;
  /** First instant of the days, in their zone, and the first after them, epoch ms. */
  readonly span: { readonly start: number; readonly end: number };
  readonly currency: string;
  /** Epoch ms; null = never. */
  readonly fetchedAt: number | null;
  readonly complete: boolean;
  readonly problem: Problem | null;
}

/** What of one tracker counts when every campaign is counted once; `best` and `worst` are among these. */
export interface CountedOnce extends Pick<Stats, 'best' | 'worst'> {
  /** The sum over the campaigns that count on it; null = none does. */
  readonly metrics: Metrics | null;
  /** Number of these campaigns. */
  readonly campaigns: number;
  /** Do all of its campaigns count? */
  readonly whole: boolean;
}

/** Campaigns whose figures are summed. */
const together = z.array(id).check(z.minLength(1), z.maxLength(50));

/** Campaigns and their figures on each side. */
export const figureCalls = {
  'campaigns.list': call({
    input: z.object({ connection: id, fresh }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<{ readonly campaigns: readonly Campaign[]; readonly fetchedAt: number }>(),
  'campaigns.figures': call({
    input: z.object({ connection: id, range, fresh }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<Answer>(),
  /** Figures of some campaigns together: unknown where those of one are. */
  'side.figures': call({
    input: z.object({ connection: id, campaignIds: together, range, fresh }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<SideFigures>(),
  /**
   * The same without hours. Unlike sums of hours, it tells unique clicks, for one more request where the
   * tracker has hours.
   */
  'side.total': call({
    input: z.object({ connection: id, campaignIds: together, range, fresh }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<Answer>(),
  /** Figures of one campaign by day; no report where the tracker cannot group by day. */
  'side.days': call({
    input: z.object({ connection: id, campaignId: id, range, fresh }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<Answer>(),
  /** Figures by day, of a range of one day by hour: of some campaigns together, or of all (null). */
  'side.series': call({
    input: z.object({
      connection: id,
      campaignIds: z.nullable(together),
      range,
      fresh,
    }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<SeriesAnswer>(),
};

/** Figures by what a comparison's rows can be. */
export const groupCalls = {
  /**
   * Figures by the values of a grouping: of all campaigns together, or of a row of another grouping. No
   * report, and the reason as the problem, where the connection cannot be grouped so.
   */
  'campaigns.grouped': call({
    input: z.object({
      connection: id,
      range,
      by: z.enum(GROUPINGS),
      /** `ids`: those that the connection's own reports have for the row. */
      within: z.optional(
        z.object({
          by: z.enum(GROUPINGS),
          ids: z.array(z.string()).check(z.minLength(1), z.maxLength(200)),
        }),
      ),
      fresh,
    }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<Answer>(),
};

/** Finds a campaign's counterpart on another side. */
export const matchCalls = {
  'side.match': call({
    input: z.object({ from: member, target: id, range }),
    from: ['extension', 'panel'],
    ownConnection: ['from', 'connection'],
    beforePolicy: true,
  }).returns<Match>(),
};

/** Sums over several trackers. */
export const onceCalls = {
  /**
   * What counts of each tracker, by connection, if every campaign counts on the first tracker that has
   * it, by links and names. Answered from what is stored; asks no tracker.
   *
   * @param of when the figures that it is asked for were fetched (epoch ms): with others it is another
   * question
   */
  'stats.once': call({
    input: z.object({ preset: z.enum(PRESETS), of: z.array(z.number()).check(z.maxLength(1000)) }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<Readonly<Record<string, CountedOnce>>>(),
};

export const statsCalls = {
  /** What is stored of each connection, by its id; asks no tracker. */
  'stats.known': call({
    input: z.object({ preset: z.enum(PRESETS) }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<Readonly<Record<string, Stats>>>(),
  'stats.read': call({
    input: z.object({ connection: id, preset: z.enum(PRESETS) }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<Stats>(),
};
