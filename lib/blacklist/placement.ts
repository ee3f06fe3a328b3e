/**
 * Figures of a campaign's placements, a column for each; `NaN` = the tracker does not tell. Money is
 * in one currency. All columns have the length of `ids`.
 */
export interface PlacementColumns {
  readonly ids: readonly string[];
  readonly clicks: Float64Array;
  readonly landerViews: Float64Array;
  readonly landerClicks: Float64Array;
  /** As the tracker counts them. */
  readonly conversions: Float64Array;
  /** Conversions that were not rejected. */
  readonly payable: Float64Array;
  /** Those of `payable` that the network has approved; NaN where it does not tell them from others. */
  readonly approved: Float64Array;
  /** Those of `payable` that are on hold. */
  readonly hold: Float64Array;
  readonly cost: Float64Array;
  /**
   * Cost × the share of its conversions that have had time to arrive. Where conversions are counted on
   * their own date, with that of days before, whose conversions came later.
   */
  readonly ripeCost: Float64Array;
  readonly revenue: Float64Array;
  /** 1 = the bucket of clicks that came without a placement: shown, never judged. */
  readonly unnamed: Uint8Array;
  /** 1 = its cost, conversions or revenue are known in part only, and NaN here. */
  readonly partial: Uint8Array;
}

/** Names of the columns that hold marks: 0 or 1. */
export const MARK_COLUMNS = ['unnamed', 'partial'] as const;
export type MarkColumn = (typeof MARK_COLUMNS)[number];

/** Names of the columns that hold numbers. */
export const FIGURE_COLUMNS = [
  'clicks',
  'landerViews',
  'landerClicks',
  'conversions',
  'payable',
  'approved',
  'hold',
  'cost',
  'ripeCost',
  'revenue',
] as const;
export type FigureColumn = (typeof FIGURE_COLUMNS)[number];

/** `PlacementColumns` as a message carries them: null in place of NaN. */
export type PlacementTable = {
  readonly [C in FigureColumn]: ReadonlyArray<number | null>;
} & { readonly [C in MarkColumn]: readonly number[] } & { readonly ids: readonly string[] };

/** One placement's figures; null = the tracker does not tell. */
export type Placement = { readonly id: string } & {
  readonly [C in 'clicks' | 'conversions' | 'cost' | 'revenue']: number | null;
};

/** In the order of their numbers in `Scores.kinds`. */
export const VERDICT_KINDS = ['unknown', 'cut', 'keep', 'wait'] as const;
/** `unknown`: it cannot be told, and `Verdict.why` says why. */
export type VerdictKind = (typeof VERDICT_KINDS)[number];

/** Why a verdict is what it is. */
export type VerdictReason =
  /** `cut`: it returns less than the target. */
  | 'loses'
  /** `keep`: it returns the target or more. */
  | 'earns'
  /** `wait`: the figures leave both open. */
  | 'open'
  /** `wait`: it has spent too little itself; what speaks against it is the campaign. */
  | 'ownSpend'
  /** `wait`: its own revenue does not show that it loses; what speaks against it are the others. */
  | 'ownRevenue'
  /** `wait`: it has no conversion of its own; what speaks for it is the campaign. */
  | 'ownConversions'
  /** `unknown`: clicks without a placement. */
  | 'unnamed'
  /** `unknown`: figures of some of its clicks are missing. */
  | 'partial'
  /** `unknown`: the tracker does not tell what it cost. */
  | 'noCost'
  /** `unknown`: the tracker tells neither conversions nor revenue. */
  | 'noConversions'
  /** `unknown`: nothing tells what a conversion is worth. */
  | 'noPayout'
  /** `unknown`: it cost nothing. */
  | 'free'
  /** `unknown`: none of its clicks have had time to convert. */
  | 'unripe';

export type BotSign = 'noLanderClicks' | 'tooManyLanderClicks' | 'tooManyConversions';

/** What can be said of one placement. Money in the placements' currency. */
export interface Verdict {
  readonly kind: VerdictKind;
  readonly why: VerdictReason;
  /** Probability (0–1) that it returns less than the target; null where nothing can be said. */
  readonly loser: number | null;
  /**
   * Confidence (0–1) in the verdict, or in the likelier side of a `wait`. With `looks: 'many'` it is
   * one that holds over all looks: 0 says that nothing speaks for either side.
   */
  readonly confidence: number | null;
  /** Payouts spent: conversions expected at break-even by now. */
  readonly spent: number | null;
  /** Conversions that count against `spent`; not necessarily whole. */
  readonly earned: number | null;
  /** Expected revenue ÷ cost, the campaign's other placements considered. */
  readonly returns: number | null;
  /** Of a `wait`: further spend without a conversion after which it would be cut; null = no spend decides it. */
  readonly needs: { readonly payouts: number; readonly money: number } | null;
  /** Expected money saved per day if it is cut; negative = it earns. */
  readonly savingPerDay: number | null;
  /** Share (0–1) of its conversions that are on hold. */
  readonly onHold: number | null;
  /** Why it looks like bot traffic, if it does. */
  readonly bot: BotSign | null;
}

/** What a campaign's placements say together; the plain data behind each verdict. */
export interface Campaign {
  /** Value of a conversion that `spent` and `earned` are counted in: payout, and approval rate unless the tracker tells what is approved. null = unknown. */
  readonly worth: number | null;
  /** Payout per conversion, given or the campaign's mean; null = unknown. */
  readonly payout: number | null;
  /** Mean revenue per conversion that was not rejected; null = no revenue is told, and conversions are counted. */
  readonly meanPayout: number | null;
  /** Does the tracker tell approved conversions from others? */
  readonly tellsApproved: boolean;
  /** Does it tell revenue but no conversions? Then the confidence is rougher. */
  readonly revenueOnly: boolean;
  /** Squared variation of payouts (variance ÷ mean²) within a placement, and of mean payouts between placements. */
  readonly payoutSpread: { readonly within: number; readonly between: number };
  /** Squared variation of the estimate of the campaign's mean payout; 0 = it is given, or does not vary. */
  readonly payoutDoubt: number;
  /** Sums over placements that can be judged, in payouts. */
  readonly spent: number;
  readonly earned: number;
  /** Σ spent². */
  readonly squares: number;
  /** Weight of the prior in payouts, given or learnt. */
  readonly priorWeight: number;
  /** Probability (0–1) that the campaign as a whole returns less than the target; null = unknown. */
  readonly loser: number | null;
  /** Does the campaign as a whole lose with the required confidence? Then cutting placements is not the remedy. */
  readonly loses: boolean;
  /**
   * Lander views, the lander clicks of placements with some, clicks and conversions of all placements,
   * for signs of bots.
   */
  readonly landerViews: number;
  readonly landerClicks: number;
  readonly clicks: number;
  readonly conversions: number;
  /** Mean cost of a click of placements whose clicks and cost are known; null = unknown. */
  readonly costPerClick: number | null;
}

/** What a list of placements to cut amounts to. */
export interface VerdictSummary {
  readonly cut: number;
  readonly keep: number;
  readonly wait: number;
  readonly unknown: number;
  /** Number of placements on the list, before anything by hand; without a rule of thumb, those to cut. */
  readonly listed: number;
  /** Of these, on the list by the rule of thumb alone. */
  readonly byRule: number;
  /** Of those on the list, which only a rule of thumb can have put there, the ones that cannot be judged. */
  readonly untold: number;
  /** Expected number of good placements on the list: Σ(1 − Pr(loser)) over those that can be judged. */
  readonly expectedGood: number;
  /** Expected money saved per day by cutting them. */
  readonly savingPerDay: number;
  /** Share (0–1) of the clicks that came without a placement; null = clicks unknown. */
  readonly unnamedClicks: number | null;
}

/** What a rule of thumb amounts to on a campaign: the placements that it picks. */
export interface RuleSummary {
  readonly picked: number;
  /** Of these, picked only by clicks that have had no time to convert. */
  readonly young: number;
  /** Those that it picks, by their verdicts. */
  readonly kinds: { readonly [K in VerdictKind]: number };
  /** Mean probability (0–1) that one of them loses; null = none can be judged. */
  readonly sure: number | null;
  /** Expected number of good ones: Σ(1 − Pr(loser)) over those that can be judged. */
  readonly expectedGood: number;
  /** Expected money saved per day by cutting them. */
  readonly savingPerDay: number;
}

/** Verdicts on all placements. */
export interface Scores {
  readonly campaign: Campaign;
  /** Index into `VERDICT_KINDS`, by row. */
  readonly kinds: Uint8Array;
  /** 1 = the rule of thumb picks it, by row. */
  readonly picked: Uint8Array;
  /** 1 = it is on the list, before anything by hand, by row. */
  readonly listed: Uint8Array;
  /** By row, as `Verdict.savingPerDay`; NaN = unknown. */
  readonly savingPerDay: Float64Array;
  /** Rows by `savingPerDay`, most first, unknown last. */
  readonly order: Uint32Array;
  readonly summary: VerdictSummary;
  readonly rule: RuleSummary;
}
