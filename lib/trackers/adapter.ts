import type { Connection, Paths } from '../connections/connection.ts';
import type { CostUpdate } from '../costs/update.ts';
import type { Rounding } from '../costs/verify.ts';
import type { Http, KeyPlace, Pace, ReadRefusal } from '../http/http.ts';
import type { MessageKey } from '../i18n.ts';
import type { Cap } from '../report/caps.ts';
import type {
  Click,
  Conversion,
  ConversionUpload,
  Log,
  LogQuestion,
  Postback,
  PostbackQuestion,
} from '../report/log.ts';
import type { Dimension, Question, Report } from '../report/question.ts';
import type { Range } from '../report/range.ts';

/** Something that a tracker can do, or the message key of why it cannot. */
export type Ability<Detail = object> =
  | ({ readonly can: true } & Detail)
  | { readonly can: false; readonly reason: MessageKey };

export interface CostAbility {
  readonly modes: ReadonlyArray<'total' | 'cpc'>;
  /** The cost can be set for one value of a token, for this many first tokens; 0 = none. */
  readonly byToken: number;
  readonly uniqueOnly: boolean;
  /** Both updates and reports may end within a day, at a second. */
  readonly instants?: true;
  /** Days are named with one UTC offset for all of them, so it must not change within an update. */
  readonly oneOffset?: true;
  /** `any`: the tracker converts; `own`: amounts must be in the tracker's currency. */
  readonly currency: 'any' | 'own';
  /** `later`: success only means scheduled, so read-backs must be repeated. */
  readonly applied: 'at once' | 'later';
  /**
   * The longest that the tracker may take until it shows an update (ms), also one whose answer was
   * lost: before that, an update that does not show is no failure.
   */
  readonly settlesWithin: number;
  /** How finely it shows costs, in its own currency. */
  readonly rounding: Rounding;
  /** Most updates of one campaign per request; 1 = no bulk request. */
  readonly bulk: number;
  /** Message keys of what a user should know before sending. */
  readonly cautions: readonly MessageKey[];
}

export interface MarksAbility {
  /** `filter`: by the number of a filter that the user saved in the tracker. */
  readonly by: 'campaign' | 'filter';
  readonly write: Ability<{
    /**
     * Most values of a campaign's token that may be marked, those included that are marked already;
     * null = any number.
     */
    readonly most: number | null;
    /** What a mark does in this tracker, and what it does not. */
    readonly effect: MessageKey;
  }>;
}

export interface UploadAbility {
  /** Most conversions per request. */
  readonly most: number;
  /** What each conversion must name besides its click. */
  readonly needs: ReadonlyArray<'payout' | 'offer' | 'affiliate'>;
}

/** Cost updates that a tracker has accepted and not applied yet, from whomever they came. */
export interface CostQueue {
  readonly waiting: number;
  /** How far the furthest of them is, 0 to 100; null = none is waiting. */
  readonly percent: number | null;
}

/** An ability without details. */
export const CAN = { can: true } as const;

/** @param reason message key of the reason */
export const cannot = (reason: MessageKey) => ({ can: false, reason }) as const;

/** What a tracker can and cannot do. The UI follows it. */
export interface Capabilities {
  /** Dimensions that one campaign's report can be grouped by, besides tokens. */
  readonly dimensions: readonly Dimension[];
  /**
   * The dimensions of all campaigns' reports, where they are fewer than one campaign's: no tokens, and
   * these only.
   */
  readonly together?: readonly Dimension[];
  /** Number of token slots (0 = none). */
  readonly tokens: number;
  /** `any`: reports in any zone; `own`: only in the tracker's zone. */
  readonly reportZone: 'any' | 'own';
  /** Can one report give all campaigns together by hour? */
  readonly hourlyTotals: boolean;
  /** Can one report give all campaigns together by day? */
  readonly dailyTotals: boolean;
  /** Most dimensions that a report can be grouped by at once. */
  readonly levels: number;
  readonly offers: Ability;
  readonly landers: Ability;
  readonly sources: Ability;
  /** Log of conversions with click ids. */
  readonly conversions: Ability;
  readonly clicks: Ability;
  /** Finding one click by its id. */
  readonly clickLookup: Ability;
  /** Log of postbacks sent to the buyer's trackers. */
  readonly postbacks: Ability;
  readonly cost: Ability<CostAbility>;
  /** Pausing and resuming a whole campaign. */
  readonly pause: Ability;
  /** Marks of placements, stored by the tracker itself. */
  readonly marks: Ability<MarksAbility>;
  readonly upload: Ability<UploadAbility>;
  /** Is the address of a campaign's page in the web UI known? */
  readonly campaignPage: Ability;
}

/** A cleaned address, and what was removed from it. */
export interface Address {
  readonly api: string;
  readonly pages: readonly string[];
  readonly script?: string;
  /** Parts removed from what was pasted, verbatim ("/click.php", "?page=Campaigns"). */
  readonly removed: readonly string[];
}

/** A campaign of a tracker, or an offer of a network. */
export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** Id and name of its traffic source, where it has one. */
  readonly source: { readonly id: string; readonly name: string } | null;
  /** Mean time from the click to its conversion, in ms; null or missing = the tracker does not tell. */
  readonly meanTimeToConvert?: number | null | undefined;
}

export interface Offer {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** Per conversion; null = unknown, or it varies. */
  readonly payout: { readonly amount: number; readonly currency: string } | null;
  /** Name of its affiliate network; null = unknown. */
  readonly network: string | null;
  /**
   * The address that its clicks are sent to, with the tracker's macros; of a network's offer the link
   * that the affiliate is given. Absent = not told.
   */
  readonly url?: string;
  /** Limits on what the network pays for it; absent = none, or the tracker knows none. */
  readonly caps?: readonly Cap[];
}

export interface Lander {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

export type Mark = 'blacklist' | 'whitelist';

/** `other`: one of the user's own that means neither. */
export type SeenMark = Mark | 'other';

/** Placements of a campaign, by the token that holds them. */
export interface MarksQuestion {
  readonly campaignId: string;
  /** Token slot from 1. */
  readonly slot: number;
  /** Days to read, for trackers that read marks from a report. */
  readonly range: Range;
  /** Number of the saved filter, where `by` is `filter`. */
  readonly filter: string | null;
}

export type TokenRole = 'campaign' | 'adSet' | 'ad' | 'placement';

/** A traffic source as the tracker knows it. */
export interface Source {
  readonly id: string;
  readonly name: string;
  /** Its tokens: slot from 1, the tracker's name for it, the source's macro ("{zoneid}"). */
  readonly tokens: ReadonlyArray<{
    readonly slot: number;
    readonly name: string;
    /** Its query parameter in the tracker's URLs, if different; null = unknown. */
    readonly parameter?: string | null;
    readonly macro: string | null;
    /** What it holds, according to the tracker or the macro's name; null = unknown. */
    readonly role: TokenRole | null;
  }>;
}

/** A kind of conversion that a tracker counts separately. */
export interface ConversionType {
  readonly id: string;
  /** The account's name of it; null = unknown. */
  readonly name: string | null;
}

/** What a connection test found out; null = the tracker does not say. */
export interface CheckFacts {
  readonly account: string | null;
  readonly version: string | null;
  readonly campaigns: number;
  /** IANA zone. */
  readonly zone: string | null;
  /** ISO 4217 code. */
  readonly currency: string | null;
  /** The tracker's name of the key's role ("admin", "affiliate"). */
  readonly role: string | null;
  /** May the key make the writes that this adapter makes? */
  readonly mayWrite: boolean | null;
  /** Is it a version whose answers lack some of what is read? */
  readonly outdated?: boolean;
}

/** A connection that comes with the demo tracker. */
export interface DemoConnection {
  /** Its id, always the same. */
  readonly id: string;
  /** Its name. */
  readonly name: MessageKey;
}

/** What an adapter works with. It has no other network, storage or clock, and never sees a key. */
export interface TrackerClient {
  readonly http: Http;
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Epoch ms. */
  readonly now: () => number;
  /** What adapters learnt about this connection (its report vocabulary, for example). The caller stores it. */
  readonly memory: Map<string, string>;
}

/** One tracker. `capabilities` says which of the optional methods it has. */
export interface TrackerAdapter {
  /** Name of its folder. */
  readonly id: string;
  /** Its name as users know it. */
  readonly name: string;
  /** One letter for its badge. */
  readonly initial: string;
  /** `tracker` counts the buyer's clicks and costs; `network` counts what it will pay. */
  readonly side: 'tracker' | 'network';
  /**
   * Only for trackers whose figures are made up: the connections that come with it. They have no host
   * and no key, and are never mixed with real ones.
   */
  readonly demo?: readonly DemoConnection[];
  readonly key: KeyPlace;
  /** Default paths of its sign-in page and click URL, if its owner may rename them. */
  readonly paths?: Required<Paths>;
  /** May it require a second secret besides the key, a parameter with a name of the owner's choice? */
  readonly secretKey?: true;
  /** Many accounts share one address; the key decides which one it is. */
  readonly manyAccounts?: true;
  /** Message key of where the user finds the key. */
  readonly keyHelp: MessageKey;
  /** An example of the address to paste, for the form. */
  readonly addressExample: string;
  /** Rate limits by name; `default` is for requests that name none, `cost` for cost updates if they have one. */
  readonly paces: Readonly<Record<string, Pace>> & { readonly default: Pace };
  readonly capabilities: Capabilities;
  readonly refusal: ReadRefusal;

  /**
   * Cleans a pasted address, which is http(s) without credentials. Never guesses: rejects what it does
   * not understand.
   * @throws CrosstrackError `input` with the reason.
   */
  address(pasted: URL): Address;

  /** Does the pasted address look like this tracker's, by host or path alone? */
  claims(pasted: URL): boolean;

  /**
   * Does this tracker's API answer at the connection's address? Decided by the shape of its refusal of
   * requests without a key. Absent where the host alone decides.
   * @throws CrosstrackError when it cannot be decided now
   */
  answersHere?(client: TrackerClient): Promise<boolean>;

  /** Makes a cheap request that proves address and key. */
  check(client: TrackerClient): Promise<CheckFacts>;

  /** All campaigns (of a network: offers) that are not archived. */
  campaigns(client: TrackerClient): Promise<Campaign[]>;

  /** Traffic sources with their tokens; empty where there are none. */
  sources(client: TrackerClient): Promise<Source[]>;

  /**
   * Types of conversions that occurred lately, the default one first; empty = there is only that one.
   * Absent where a tracker does not count by type. A connection chooses which types count.
   */
  conversionTypes?(client: TrackerClient): Promise<ConversionType[]>;

  /** Offers that are not archived. This and other optional methods are present exactly when the capability is. */
  offers?(client: TrackerClient): Promise<Offer[]>;

  /** Landers that are not archived. */
  landers?(client: TrackerClient): Promise<Lander[]>;

  /** Conversions of the requested days, in the connection's currency or each in its own. */
  conversions?(client: TrackerClient, question: LogQuestion): Promise<Log<Conversion>>;

  clicks?(client: TrackerClient, question: LogQuestion): Promise<Log<Click>>;

  /**
   * One click by its id; null = the tracker does not have it.
   * @param near days to search, for trackers that require some
   */
  click?(client: TrackerClient, id: string, near: Range): Promise<Click | null>;

  /** Postbacks sent on the requested days, with their outcome. */
  postbacks?(client: TrackerClient, question: PostbackQuestion): Promise<Log<Postback>>;

  /**
   * Fetches a report. Campaign ids in `campaign` filters and values are those of `campaigns()`.
   * `groupBy: []` returns one row, the total.
   * @throws CrosstrackError `unsupported` when the tracker cannot answer it.
   */
  report(client: TrackerClient, question: Question): Promise<Report>;

  /**
   * Refuses an update that the tracker cannot take as it is: a value that it would read as a list, an
   * amount beyond its columns. Asked before a preview, and sends nothing; `setCost` refuses the same.
   * Absent where everything within `capabilities.cost` is taken.
   * @throws CrosstrackError with the reason
   */
  refuseCost?(client: TrackerClient, update: CostUpdate): void;

  /**
   * Sets a cost. Resolves when the tracker has accepted it; a read-back checks that it was applied.
   * Present exactly when `capabilities.cost.can`.
   * @throws CrosstrackError; `maybeApplied` says whether it may have been applied.
   */
  setCost?(client: TrackerClient, update: CostUpdate): Promise<void>;

  /**
   * Sets costs of one campaign in one call; at most `capabilities.cost.bulk`
   * updates, of one zone, currency and kind of clicks. Present exactly when that is more than 1.
   * @throws CrosstrackError as `setCost`, for all updates together.
   */
  setCosts?(client: TrackerClient, updates: readonly CostUpdate[]): Promise<void>;

  /** The tracker's queue of cost updates, where it tells it. */
  costQueue?(client: TrackerClient): Promise<CostQueue>;

  /** Pauses or resumes a whole campaign. */
  setActive?(client: TrackerClient, campaignId: string, active: boolean): Promise<void>;

  /**
   * Placements that the tracker has marked, by value.
   * @throws CrosstrackError `conflict` when it did not tell all of them
   */
  marks?(client: TrackerClient, question: MarksQuestion): Promise<ReadonlyMap<string, SeenMark>>;

  /**
   * Sets marks of placements (null removes one), whatever they bear; all other placements keep theirs.
   * Resolves when the tracker has accepted it; a read-back checks that it was applied. Present exactly
   * when `capabilities.marks.write.can`.
   * @throws CrosstrackError; `maybeApplied` says whether some of it may have been applied.
   */
  setMarks?(
    client: TrackerClient,
    question: MarksQuestion,
    marks: ReadonlyMap<string, Mark | null>,
  ): Promise<void>;

  /** Uploads conversions that the tracker lacks; at most `capabilities.upload.most`. */
  uploadConversions?(
    client: TrackerClient,
    conversions: readonly ConversionUpload[],
  ): Promise<void>;

  /** URL of a campaign's page in the web UI (of a network: of an offer's). */
  campaignPage?(connection: Connection, campaignId: string): string;
}
