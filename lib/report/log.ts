import type { DimensionValue } from './question.ts';
import type { Range } from './range.ts';

/**
 * A conversion's status. A tracker's or network's own word that fits none of these becomes null,
 * beside the word itself.
 */
export type ConversionStatus = 'lead' | 'sale' | 'hold' | 'rejected';

/** Selects entries of a log. */
export interface LogQuestion {
  /** Days of the entries: a click's by its time, a conversion's by the connection's basis. */
  readonly range: Range;
  /** Id as `campaigns()` gives it; null = all. */
  readonly campaignId: string | null;
  /** Only this click; null = all. */
  readonly clickId: string | null;
}

export interface Conversion {
  /** The tracker's own id of the conversion; the click's where it has none. */
  readonly id: string;
  /** null = the tracker does not know the click. */
  readonly clickId: string | null;
  readonly campaign: DimensionValue | null;
  readonly offer: DimensionValue | null;
  readonly status: ConversionStatus | null;
  /** The tracker's own word for the status. */
  readonly statusText: string;
  /** The tracker's name of its type ("Purchase"); absent where there are no types. */
  readonly type?: string;
  /** The buyer's payout, in `currency`; null = unknown. */
  readonly payout: number | null;
  /** ISO 4217 code. */
  readonly currency: string;
  /** Epoch ms of the click. */
  readonly clickedAt: number | null;
  /** Epoch ms of the conversion. */
  readonly convertedAt: number | null;
  /** The network's id of the conversion (transaction id), if it was passed. */
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

/** Selects postbacks. */
export type PostbackQuestion = Omit<LogQuestion, 'clickId'>;

/** A call by which a network reported a conversion to a tracker. */
export interface Postback {
  readonly id: string;
  /** Epoch ms at which it was sent. */
  readonly at: number | null;
  /** `id` of the conversion in the network's log. */
  readonly conversionId: string | null;
  /** The URL that was called, with its macros filled in; null = none was set up. */
  readonly url: string | null;
  /** The tracker's HTTP status; null = no answer. */
  readonly httpCode: number | null;
  /** The status that was reported. */
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

/** A conversion to upload to a tracker that lacks it. */
export interface ConversionUpload {
  readonly clickId: string;
  /** In the connection's currency. */
  readonly payout: number | null;
  /** Epoch ms; null = now, as the tracker sees it. */
  readonly at: number | null;
  /** The tracker's name of its type ("Purchase"); null = the tracker's default. */
  readonly type: string | null;
  readonly status: ConversionStatus | null;
  readonly campaignId: string | null;
  /** Ids of the offer and the affiliate, where the tracker (a network) requires them. */
  readonly offerId: string | null;
  readonly affiliateId: string | null;
}
