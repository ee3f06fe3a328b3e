import type { Connection } from '../connections/connection.ts';
import type { CostOrder } from '../costs/order.ts';
import type { Http, KeyPlace, Pace, ReadRefusal } from '../http/http.ts';
import type { Dimension, Question, Report } from '../report/question.ts';

/** Something a tracker can do, or the locale key of the reason why it cannot. */
export type Ability<Detail = object> =
  | ({ readonly can: true } & Detail)
  | { readonly can: false; readonly reason: string };

export interface CostAbility {
  readonly modes: ReadonlyArray<'total' | 'cpc'>;
  /** Can the cost be set for one value of a token? */
  readonly byToken: boolean;
  readonly uniqueOnly: boolean;
  /** `any`: the tracker converts; `own`: amounts must be in the tracker's currency. */
  readonly currency: 'any' | 'own';
  /** `later`: success means scheduled, so the read-back has to be repeated. */
  readonly applied: 'at once' | 'later';
  /** Locale keys of what a user should know before sending. */
  readonly cautions: readonly string[];
}

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
  readonly cost: Ability<CostAbility>;
}

/** A cleaned address, with what was taken off it, in the order it was taken. */
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

export type TokenRole = 'campaign' | 'adSet' | 'ad' | 'placement';

/** A traffic source as the tracker knows it. */
export interface Source {
  readonly id: string;
  readonly name: string;
  /** Its tokens: slot from 1, the tracker's name for it, the source's macro ("{zoneid}"). */
  readonly tokens: ReadonlyArray<{
    readonly slot: number;
    readonly name: string;
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
}

/** What an adapter gets to work with; it has no key, no storage, no clock but this. */
export interface Ask {
  readonly http: Http;
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Epoch ms. */
  readonly now: () => number;
  /** What this connection is known to speak (report vocabulary and the like); kept by the caller. */
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
  readonly key: KeyPlace;
  /** Locale key of the words that say where the user finds the key. */
  readonly keyHelp: string;
  /** An example of the address to paste, for the form. */
  readonly addressExample: string;
  /** Paces by name; `default` is used where a request names none. */
  readonly paces: Readonly<Record<string, Pace>> & { readonly default: Pace };
  readonly capabilities: Capabilities;
  readonly refusal: ReadRefusal;

  /**
   * Cleans a pasted address. Never guesses: what cannot be understood is refused.
   * @throws CrosstrackError `input` with the reason.
   */
  address(pasted: URL): Address;

  /** Does this pasted address look like this tracker's (by host or path alone)? */
  claims(pasted: URL): boolean;

  /** Asks something cheap that proves address and key. */
  check(ask: Ask): Promise<CheckFacts>;

  /** All campaigns (for a network: offers), archived ones left out. */
  campaigns(ask: Ask): Promise<Campaign[]>;

  /** Traffic sources with their tokens; empty where there are none. */
  sources(ask: Ask): Promise<Source[]>;

  /**
   * Answers a report. Campaign ids in `campaign` filters and values are those of `campaigns()`.
   * `groupBy: []` gives one row, the total.
   * @throws CrosstrackError `unsupported` when the tracker cannot answer it.
   */
  report(ask: Ask, question: Question): Promise<Report>;

  /**
   * Sets a cost. Resolves when the tracker accepted it; that it is applied is
   * checked by reading back. Present exactly when `capabilities.cost.can`.
   * @throws CrosstrackError; `maybeApplied` says whether it may have been applied.
   */
  setCost?(ask: Ask, order: CostOrder): Promise<void>;

  /** Address of a campaign's page in the web UI, for links; null where it is not known. */
  campaignPage(connection: Connection, campaignId: string): string | null;
}
