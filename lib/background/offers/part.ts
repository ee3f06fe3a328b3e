import { sentToOffers } from '../../compare/comparable.ts';
import { carriesCampaignIds } from '../../compare/offer-part.ts';
import type { Sender } from '../../compare/offers.ts';
import type { Metrics } from '../../report/metrics.ts';
import type { Question, Report } from '../../report/question.ts';
import type { Range } from '../../report/range.ts';
import { totalOf } from '../../report/total.ts';

/** Campaigns whose ids are looked for in a sub, beside the one that is asked for. */
const MOST_WITNESSES = 4;

/** What a network has of an offer with a campaign's id in one of its subs. */
export interface FoundPart {
  /** The sub that carries the ids of the tracker's campaigns, from 1. */
  readonly slot: number;
  readonly report: Report;
}

/**
 * Looks for the sub of a network that carries the ids of a tracker's campaigns, which nothing but the
 * figures can tell, and for the part of an offer that carries one of them.
 *
 * @param of.campaign one of `senders`
 * @param of.senders the campaigns of one tracker that send to the offer
 * @param of.others those of other trackers
 * @param of.slots numbers of the subs, in the order in which they are tried
 * @param ask asks the network; null = not known yet
 * @returns null where no sub carries them, or none is known to
 */
export async function findPart(
  of: {
    readonly offerId: string;
    readonly campaign: string;
    readonly senders: readonly Sender[];
    readonly others: readonly Sender[];
    readonly range: Range;
    readonly slots: readonly number[];
  },
  ask: (question: Question) => Promise<Report | null>,
): Promise<FoundPart | null> {
  const { offerId, campaign, senders, others, range, slots } = of;
  const clicksIn = clicksOf([...senders, ...others]);
  const sum = (of: readonly Sender[]) => of.reduce((all, one) => all + clicksIn(one.metrics), 0);
  const witnesses = [
    ...senders.filter(({ id }) => id === campaign),
    ...senders
      .filter(({ id }) => id !== campaign)
      .toSorted((a, b) => clicksIn(b.metrics) - clicksIn(a.metrics))
      .slice(0, MOST_WITNESSES),
  ];
  const ofOffer = { dimension: 'campaign', value: offerId } as const;
  const reportOf = (...filters: Question['filters']): Promise<Report | null> =>
    ask({ range, groupBy: [], filters: [ofOffer, ...filters] });
  const withId = (slot: number, value: string): Promise<Report | null> =>
    reportOf({ dimension: `token${slot}`, value });
  const clicksAt = async (slot: number, id: string) =>
    [id, clicksOfReport(await withId(slot, id))] as const;

  const whole = clicksOfReport(await reportOf());
  const expected = (whole * sum(witnesses)) / Math.max(1, sum([...senders, ...others]));
  const sent = new Map(witnesses.map(({ id, metrics }) => [id, clicksIn(metrics)]));
  for (const slot of slots) {
    const own = await clicksAt(slot, campaign);
    if (own[1] === 0) continue;
    const rest = witnesses.filter(({ id }) => id !== campaign);
    const got = new Map([own, ...(await Promise.all(rest.map(({ id }) => clicksAt(slot, id))))]);
    if (carriesCampaignIds({ sent, got, expected })) {
      const report = await withId(slot, campaign);
      return report && { slot, report };
    }
  }
  return null;
}

const clicksOfReport = (report: Report | null): number => (report && totalOf(report).clicks) ?? 0;

/** Clicks as they are compared among campaigns: those sent to offers where every one tells them, else all. */
function clicksOf(senders: readonly Sender[]): (metrics: Metrics) => number {
  const told = senders.every(({ metrics }) => sentToOffers(metrics) !== null);
  return (metrics) => (told ? sentToOffers(metrics) : metrics.clicks) ?? 0;
}
