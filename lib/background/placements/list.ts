import { columnsOf, tableOf } from '../../blacklist/columns.ts';
import { arrivedByOffers, type OfferFigures } from '../../blacklist/offer-mix.ts';
import { daysElapsed, daysToJudge } from '../../blacklist/ripeness.ts';
import type { RuleSettings } from '../../blacklist/rule-settings.ts';
import type { PlacementList } from '../../contract/blacklist.ts';
import type { Problem } from '../../errors.ts';
import { type Metrics, metricOf, partOf, sumMetrics } from '../../report/metrics.ts';
import type { Dimension, Report } from '../../report/question.ts';
import type { Range } from '../../report/range.ts';
import { ofCampaign } from '../campaigns/figures.ts';
import type { Services } from '../services.ts';
import type { FindArrivals } from './arrivals.ts';
import type { FirstDays } from './first-days.ts';
import type { Payouts } from './payouts.ts';
import type { FindPlacementToken } from './token.ts';

export interface ListQuestion {
  readonly connection: string;
  readonly campaignId: string;
  readonly range: Range;
  /** Token slot that holds the placement; null = find it. */
  readonly slot: number | null;
  /** Hours after the click by which conversions have arrived, where the tracker does not tell. */
  readonly delayHours: number;
  /** `many`: the days begin with the campaign's first day, for a confidence that holds over all looks. */
  readonly looks: NonNullable<RuleSettings['looks']>;
}

/**
 * A campaign's placements with what verdicts need.
 * @param fresh asks the tracker; else what is cached
 */
export type ListPlacements = (
  question: ListQuestion,
  fresh: boolean,
  signal: AbortSignal,
) => Promise<PlacementList>;

export function createListPlacements(
  { connections, reports, now }: Pick<Services, 'connections' | 'reports' | 'now'>,
  findToken: FindPlacementToken,
  findArrivals: FindArrivals,
  firstDays: FirstDays,
  payouts: Payouts,
): ListPlacements {
  return async (question, fresh, signal) => {
    const connection = await connections.get(question.connection);
    const { range: asked, campaignId } = question;
    const since =
      question.looks === 'many' ? await firstDays.of(connection.id, campaignId, asked.from) : null;
    // Days that end before the first one are looked at by themselves.
    const range = since !== null && since <= asked.to ? { ...asked, from: since } : asked;
    const { template, ...token } = await findToken(connection, campaignId, question.slot, signal);
    const learnt =
      token.slot === null ? null : await findArrivals(connection, campaignId, fresh, signal);
    const { delayHours } = question;
    const { days, before, arrivals } = daysToJudge(
      range,
      { learnt, delayHours, basis: connection.basis },
      now(),
    );
    const [newest, oldest] = [days[0], days.at(-1)];
    const judged = newest && oldest ? { ...oldest.range, to: newest.range.to } : null;
    const empty = {
      ...token,
      source: template?.sourceName ?? null,
      table: NO_PLACEMENTS,
      currency: connection.currency,
      zone: connection.zone,
      range,
      since,
      judged,
      days: judged ? daysElapsed(judged, now()) : 1,
      delay: {
        from: arrivals.from,
        hours: question.delayHours,
        conversions: arrivals.conversions,
        offers: 0,
      },
      payout: await payouts.of(connection, campaignId),
      complete: true,
      fetchedAt: now(),
    } as const;
    if (token.slot === null) {
      const problem: Problem = { kind: 'input', text: 'problem_no_placement_token' };
      return { ...empty, problem };
    }
    const ask = (range: Range, dimension: Dimension) =>
      reports.answer(connection.id, ofCampaign(range, campaignId, [dimension]), fresh, signal);
    const dimension = `token${token.slot.slot}` as const;
    const all = [...days, ...before];
    const byOffer = arrivals.offers.length > 0;
    const [answers, offers] = await Promise.all([
      Promise.all(all.map(({ range: read }) => ask(read, dimension))),
      Promise.all(all.map(({ range: read }) => (byOffer ? ask(read, 'offer') : null))),
    ]);
    const mix = offers.map((answer, at) => {
      const told = offersIn(answer?.report ?? null);
      // Conversions of the days before are none of the range's.
      return at < days.length ? told : (told?.map((one) => ({ ...one, conversions: 0 })) ?? null);
    });
    const arrived = arrivedByOffers(all, mix);
    const problem = answers.find((answer) => answer.problem)?.problem ?? null;
    const read = answers.flatMap(({ report }, at) =>
      report ? [{ report, arrived: arrived[at] ?? 0, isBefore: at >= days.length }] : [],
    );
    const [first] = read;
    // Verdicts on a part of the days would be wrong ones.
    if (!first || read.length < all.length) return { ...empty, problem };
    return {
      ...empty,
      delay: { ...empty.delay, offers: mix.some((told) => told) ? arrivals.offers.length : 0 },
      table: tableOf(columnsOf(joined(read))),
      currency: first.report.currency,
      zone: first.report.zone,
      complete: read.every(({ report }) => report.complete),
      fetchedAt: Math.min(...read.map(({ report }) => report.fetchedAt)),
      problem,
    };
  };
}

/** What a report by offer tells; null = not all of it. */
function offersIn(report: Report | null): OfferFigures[] | null {
  if (!report?.complete) return null;
  const offers = report.rows.flatMap(({ values, metrics }) => {
    const [cost, conversions] = [metricOf(metrics, 'cost'), metricOf(metrics, 'conversions')];
    return cost === null || conversions === null
      ? []
      : [{ id: values[0]?.id ?? '', cost, conversions }];
  });
  return offers.length === report.rows.length ? offers : null;
}

const NO_PLACEMENTS = tableOf(columnsOf([]));

interface ReadDays {
  readonly report: Report;
  readonly arrived: number;
  /** Are they days before the range? Of these only the cost counts, for conversions that came later. */
  readonly isBefore: boolean;
}

/**
 * A row for each placement: sums over all days, and its cost weighed by what has arrived. A placement
 * without a row in a report that a limit cut off may have been in the rest of it: what is known of it
 * is a part.
 *
 * @param read the days before the range last
 */
function joined(read: readonly ReadDays[]) {
  const rows = new Map<string, { metrics: Metrics[]; ripeCost: number | null }>();
  for (const { report, arrived, isBefore } of read) {
    for (const { values, metrics } of report.rows) {
      const id = values[0]?.id ?? '';
      const cost = metricOf(metrics, 'cost');
      const ripe = cost === null ? null : cost * arrived;
      const row = rows.get(id);
      if (row !== undefined) {
        if (!isBefore) row.metrics.push(metrics);
        row.ripeCost = row.ripeCost === null || ripe === null ? null : row.ripeCost + ripe;
      } else if (!isBefore) rows.set(id, { metrics: [metrics], ripeCost: ripe });
    }
  }
  const cutOff = read
    .filter(({ report }) => !report.complete)
    .map(({ report }) => new Set(report.rows.map(({ values }) => values[0]?.id ?? '')));
  return Array.from(rows, ([id, { metrics, ripeCost }]) => {
    const sum = sumMetrics(metrics);
    return cutOff.every((ids) => ids.has(id))
      ? { id, metrics: sum, ripeCost }
      : { id, metrics: partOf(sum), ripeCost: null };
  });
}
