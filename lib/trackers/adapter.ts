import type { Connection, Paths } from '../connections/connection.ts';
import type { CostUpdate } from '../costs/update.ts';
import type { Http, KeyPlace, Pace, ReadRefusal } from '../http/http.ts';
import type { MessageKey } from '../i18n.ts';
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

/** Something a tracker can do, or the locale key of the reason why it cannot. */
export type Ability<Detail = object> =
  | ({ readonly can: true } & Detail)
  | { readonly can: false; readonly reason: MessageKey };

export interface CostAbility {
  readonly modes: ReadonlyArray<'total' | 'cpc'>;
  /** Tokens for one value of which the cost can be set: the first so many; 0 = none. */
  readonly byToken: number;
  readonly uniqueOnly: boolean;
  /** `any`: the tracker converts; `own`: amounts must be in the tracker's currency. */
  readonly currency: 'any' | 'own';
  /** `later`: success means scheduled, so the read-back has to be repeated. */
  readonly applied: 'at once' | 'later';
  /** Most updates for one campaign that one call takes; 1 = there is no bulk call. */
  readonly bulk: number;
  /** Locale keys of what a user should know before sending. */
  readonly cautions: readonly MessageKey[];
}

export interface MarksAbility {
  /** `filter`: read only, by the number of a filter that the user saved in the tracker. */
  readonly by: 'campaign' | 'filter';
  readonly write: boolean;
  /** Most values that one call takes; more are sent in several. */
  readonly most: number;
}

export interface UploadAbility {
  /** Most conversions that one call takes; more are sent in several. */
  readonly most: number;
  /** What each conversion has to name beside its click. */
  readonly needs: ReadonlyArray<'payout' | 'offer' | 'affiliate'>;
}

/** Can, without more to say of it. */
export const CAN = { can: true } as const;

/** @param reason locale key of the sentence that says why */
export const cannot = (reason: MessageKey) => ({ can: false, reason }) as const;

/** What a tracker can and cannot do, as data; the UI follows it. */
export interface Capabilities {
  /** Dimensions a report of one campaign can be grouped by, tokens apart. */
  readonly dimensions: readonly Dimension[];
  /** Number of token slots (0 = none). */
  readonly tokens: number;
  /** `any`: a report may be asked in any zone; `own`: days are cut in the tracker's zone. */
  readonly reportZone: 'any' | 'own';
  /** Can all campaigns together be reported by hour in one question? */
  readonly hourlyTotals: boolean;
  /** Most dimensions that a report is grouped by at once. */
  readonly levels: number;
  readonly offers: Ability;
  readonly landers: Ability;
  readonly sources: Ability;
  /** Log of conversions with click ids. */
  readonly conversions: Ability;
  readonly clicks: Ability;
  /** Finding one click by its id. */
  readonly clickLookup: Ability;
  /** Log of the postbacks that it sent to the buyer's trackers. */
  readonly postbacks: Ability;
  readonly cost: Ability<CostAbility>;
  /** Pausing and resuming a whole campaign. */
  readonly pause: Ability;
  /** Marks of placements, kept by the tracker itself. */
  readonly marks: Ability<MarksAbility>;
  readonly upload: Ability<UploadAbility>;
}

/** A cleaned address, with what was taken off it. */
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
}

export interface Offer {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** For one conversion; null = not told, or different by conversion. */
  readonly payout: { readonly amount: number; readonly currency: string } | null;
  /** Name of the affiliate network it belongs to. */
  readonly network: string | null;
}

export interface Lander {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

export type Mark = 'blacklist' | 'whitelist';

/** Placements of a campaign, by the token that holds them. */
export interface MarksQuestion {
  readonly campaignId: string;
  /** Token slot from 1. */
  readonly slot: number;
  /** Days, where marks are read from a report. */
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
    /** Its name in the tracker's address, where that is another; null = the tracker does not tell it. */
    readonly parameter?: string | null;
    readonly macro: string | null;
    /** What the tracker itself, or the macro's name, says it holds. */
    readonly role: TokenRole | null;
  }>;
}

/** What a test of a connection found out; null = the tracker does not say. */
export interface CheckFacts {
  readonly account: string | null;
  readonly version: string | null;
  readonly campaigns: number;
  /** IANA zone. */
  readonly zone: string | null;
  /** ISO 4217 code. */
  readonly currency: string | null;
  /** The tracker's word for whose key it is ("admin", "affiliate"). */
  readonly role: string | null;
  /** May the key write, as far as this adapter writes? */
  readonly mayWrite: boolean | null;
  /** Seen to be of an age whose answers lack some of what is read. */
  readonly outdated?: boolean;
}

/** A connection that comes with a made-up tracker. */
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

/** One tracker. Every member is needed; what it cannot do is said in `capabilities`. */
export interface TrackerAdapter {
  /** Name of its folder. */
  readonly id: string;
  /** Its name as users know it. */
  readonly name: string;
  /** One letter for the mark. */
  readonly initial: string;
  /** `tracker` counts the buyer's clicks and costs; `network` counts what it will pay. */
  readonly side: 'tracker' | 'network';
  /**
   * Only where every figure is made up: the connections it comes with. They have
   * no host and no key, and are never mixed with real ones.
   */
  readonly demo?: readonly DemoConnection[];
  readonly key: KeyPlace;
  /** Where its sign-in page and its click entry lie, if its owner may rename them. */
  readonly paths?: Required<Paths>;
  /** May it want a second secret, a parameter of the user's own naming, beside the key? */
  readonly secretKey?: true;
  /** One address serves the accounts of many: which one it is, the key tells. */
  readonly manyAccounts?: true;
  /** Locale key of the words that say where the user finds the key. */
  readonly keyHelp: MessageKey;
  /** An example of the address to paste, for the form. */
  readonly addressExample: string;
  /** Paces by name; `default` is used where a request names none. */
  readonly paces: Readonly<Record<string, Pace>> & { readonly default: Pace };
  readonly capabilities: Capabilities;
  readonly refusal: ReadRefusal;

  /**
   * Cleans a pasted address, which is http or https and names no user. Never
   * guesses: what cannot be understood is refused.
   * @throws CrosstrackError `input` with the reason.
   */
  address(pasted: URL): Address;

  /** Does this pasted address look like this tracker's (by host or path alone)? */
  claims(pasted: URL): boolean;

  /**
   * Does this tracker's API answer at the connection's address? Told by the shape
   * of its refusal, of requests without a key. Left out where the host alone tells.
   * @throws CrosstrackError when nothing can be told now
   */
  answersHere?(client: TrackerClient): Promise<boolean>;

  /** Asks something cheap that proves address and key. */
  check(client: TrackerClient): Promise<CheckFacts>;

  /** All campaigns (for a network: offers), archived ones left out. */
  campaigns(client: TrackerClient): Promise<Campaign[]>;

  /** Traffic sources with their tokens; empty where there are none. */
  sources(client: TrackerClient): Promise<Source[]>;

  /** Offers that are not archived. Present exactly when `capabilities.offers.can`; so are the others. */
  offers?(client: TrackerClient): Promise<Offer[]>;

  /** Landers that are not archived. */
  landers?(client: TrackerClient): Promise<Lander[]>;

  /** Conversions of the asked days, in the connection's currency or each in its own. */
  conversions?(client: TrackerClient, question: LogQuestion): Promise<Log<Conversion>>;

  clicks?(client: TrackerClient, question: LogQuestion): Promise<Log<Click>>;

  /**
   * One click by its id; null when the tracker does not have it.
   * @param near days to look in, where the tracker wants some
   */
  click?(client: TrackerClient, id: string, near: Range): Promise<Click | null>;

  /** Postbacks sent on the asked days: what became of a conversion on its way to a tracker. */
  postbacks?(client: TrackerClient, question: PostbackQuestion): Promise<Log<Postback>>;

  /**
   * Answers a report. Campaign ids in `campaign` filters and values are those of `campaigns()`.
   * `groupBy: []` gives one row, the total.
   * @throws CrosstrackError `unsupported` when the tracker cannot answer it.
   */
  report(client: TrackerClient, question: Question): Promise<Report>;

  /**
   * Sets a cost. Resolves when the tracker accepted it; that it is applied is
   * checked by reading back. Present exactly when `capabilities.cost.can`.
   * @throws CrosstrackError; `maybeApplied` says whether it may have been applied.
   */
  setCost?(client: TrackerClient, update: CostUpdate): Promise<void>;

  /**
   * Sets costs of one campaign in one call; at most `capabilities.cost.bulk`
   * updates, of one zone, currency and kind of clicks. Present exactly when that is more than 1.
   * @throws CrosstrackError as `setCost`; for all of them or none.
   */
  setCosts?(client: TrackerClient, updates: readonly CostUpdate[]): Promise<void>;

  /** Pauses or resumes a whole campaign. */
  setActive?(client: TrackerClient, campaignId: string, active: boolean): Promise<void>;

  /** Placements that the tracker has marked, by value. */
  marks?(client: TrackerClient, question: MarksQuestion): Promise<ReadonlyMap<string, Mark>>;

  /** Marks placements, null takes a mark away; all others keep theirs. */
  setMarks?(
    client: TrackerClient,
    question: MarksQuestion,
    marks: ReadonlyMap<string, Mark | null>,
  ): Promise<void>;

  /** Hands over conversions that the tracker lacks; at most `capabilities.upload.most`. */
  uploadConversions?(
    client: TrackerClient,
    conversions: readonly ConversionUpload[],
  ): Promise<void>;

  /** Address of a campaign's page in the web UI, for links; null where it is not known. */
  campaignPage(connection: Connection, campaignId: string): string | null;
}
