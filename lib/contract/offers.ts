import type { Answer } from '../cache/report-cache.ts';
import type { Sent } from '../compare/offers.ts';
import type { Problem } from '../errors.ts';
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
};
