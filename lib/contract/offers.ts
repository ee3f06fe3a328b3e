import type { Answer } from '../cache/report-cache.ts';
import type { ReportFacts } from '../compare/comparable.ts';
import type { Sent } from '../compare/offers.ts';
import type { Problem } from '../errors.ts';
import type { Metrics } from '../report/metrics.ts';
import type { Report } from '../report/question.ts';
import { z } from '../zod.ts';
import { call, fresh, id, range } from './call.ts';

/** What the campaigns of one tracker, or each campaign once of all trackers, sent to an offer. */
export interface SentToOffer extends Sent {
  /** The campaigns, the busiest first. */
  readonly campaigns: ReadonlyArray<{ readonly id: string; readonly name: string }>;
}

/** What trackers sent to one offer of a network. */
export interface OfferSenders {
  /** Each campaign once; null = none sends to it. */
  readonly all: SentToOffer | null;
  /**
   * What one tracker's own campaigns sent, by connection; no entry = none does. Hindered by `offer`
   * where other trackers have campaigns that send to it too.
   */
  readonly by: Readonly<Record<string, SentToOffer>>;
  /** Connections that do not tell which campaigns send to which offer, and why. */
  readonly untold: ReadonlyArray<{ readonly connection: string; readonly problem: Problem | null }>;
}

/** The part of a network's offer that one campaign sent, which a sub of the network tells apart. */
export interface OfferPart {
  /** The sub that carries the campaign's id, from 1. */
  readonly slot: number;
  /** The network's total of the part. */
  readonly report: Report;
  /** What the campaign sent to this offer, of all that it sent. */
  readonly sent: Metrics;
  readonly sentFacts: ReportFacts;
}

/** Offers, and what campaigns send to them. */
export const offerCalls = {
  /** A tracker's figures by offer and campaign; a network's by offer. */
  'offers.figures': call({
    input: z.object({ connection: id, range, fresh }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<Answer>(),
  /** What trackers sent to a network's offer. A campaign that several have counts on `own` first. */
  'offer.senders': call({
    input: z.object({ own: id, network: id, offerId: id, range, fresh }),
    from: ['extension', 'panel'],
    ownConnection: ['own'],
    beforePolicy: true,
  }).returns<OfferSenders>(),
  /**
   * What a network has of one campaign of `own`, where several run the offer. null = no sub of the
   * network carries its id, or that cannot be told.
   */
  'offer.part': call({
    input: z.object({ own: id, campaignId: id, network: id, offerId: id, range, fresh }),
    from: ['extension', 'panel'],
    ownConnection: ['own'],
    beforePolicy: true,
  }).returns<OfferPart | null>(),
};
