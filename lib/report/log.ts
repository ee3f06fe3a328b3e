import type { DimensionValue } from './question.ts';
import type { Range } from './range.ts';

/**
 * What became of a conversion. Trackers and networks have their own words; a
 * word that fits none of these is null beside the word itself.
 */
export const CONVERSION_STATUSES = ['lead', 'sale', 'hold', 'rejected'] as const;
export type ConversionStatus = (typeof CONVERSION_STATUSES)[number];

/** Which entries of a log are wanted. */
export interface LogQuestion {
  /** Days on which the entry is dated (a click's own time; a conversion's by the connection's basis). */
  readonly range: Range;
  /** Id as `campaigns()` gives it; null = all. */
  readonly campaignId: string | null;
  /** Only this click; null = all. */
  readonly clickId: string | null;
}

export interface Conversion {
  /** The tracker's own id of the conversion; the click's where it has none. */
  readonly id: string;
  /** Null where the tracker does not know the click. */
  readonly clickId: string | null;
  readonly campaign: DimensionValue | null;
  readonly offer: DimensionValue | null;
  readonly status: ConversionStatus | null;
  /** The tracker's own word for the status. */
  readonly statusText: string;
  /** What the buyer gets, in `currency`; null = not told. */
  readonly payout: number | null;
  /** ISO 4217 code. */
  readonly currency: string;
  /** Epoch ms of the click. */
  readonly clickedAt: number | null;
  /** Epoch ms of the conversion. */
  readonly convertedAt: number | null;
  /** The network's id of it (transaction id), where it was passed. */
  readonly externalId: string | null;
  /** Values of tokens by slot from 1; empty ones left out. */
  readonly tokens: Readonly<Record<number, string>>;
}

export interface Click {
  readonly id: string;
  readonly campaign: DimensionValue | null;
  /** Epoch ms. */
  readonly at: number | null;
  /** In the connection's currency. */
  readonly cost: number | null;
  readonly country: string | null;
  /** Values of tokens by slot from 1; empty ones left out. */
  readonly tokens: Readonly<Record<number, string>>;
}

/** Which postbacks are wanted. */
export type PostbackQuestion = Omit<LogQuestion, 'clickId'>;

/** A call by which a network told a tracker of a conversion. */
export interface Postback {
  readonly id: string;
  /** Epoch ms at which it was sent. */
  readonly at: number | null;
  /** `id` of the conversion in the network's log. */
  readonly conversionId: string | null;
  /** Address that was called, as filled in; null = there was none to call. */
  readonly url: string | null;
  /** HTTP status that the tracker answered with; null = no answer. */
  readonly httpCode: number | null;
  /** What the tracker was told of the conversion. */
  readonly status: ConversionStatus | null;
}

export interface Log<Entry> {
  readonly entries: readonly Entry[];
  /** IANA zone whose midnights cut the days. */
  readonly zone: string;
  /** Epoch ms. */
  readonly fetchedAt: number;
  /** false when a limit stopped the paging before the last entry. */
  readonly complete: boolean;
}

/** A conversion to be handed to a tracker that lacks it. */
export interface ConversionUpload {
  readonly clickId: string;
  /** In the connection's currency. */
  readonly payout: number | null;
  /** Epoch ms; null = now, as the tracker sees it. */
  readonly at: number | null;
  /** The tracker's word for its type ("Purchase"); null = its default. */
  readonly type: string | null;
  readonly status: ConversionStatus | null;
  readonly campaignId: string | null;
  /** Where the tracker wants it (a network): id of the offer, and of the affiliate. */
  readonly offerId: string | null;
  readonly affiliateId: string | null;
}
