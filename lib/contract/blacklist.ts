import type { Arrivals } from '../blacklist/arrivals.ts';
import type { PlacementTable } from '../blacklist/placement.ts';
import { payoutSchema, type RuleSettings, ruleSettingsSchema } from '../blacklist/rule-settings.ts';
import type { Problem } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import type { Day, Range } from '../report/range.ts';
import { daySchema } from '../report/schema.ts';
import type { LeftOut, NothingToExport } from '../sources/export.ts';
import type { IdKind } from '../sources/id-rules.ts';
import type { Blocked } from '../sources/unblock.ts';
import type { Source } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import { call, fresh, id, nothing, range } from './call.ts';
import { CONNECTION_LISTS } from './connections.ts';

/** A blacklist format that the user can choose. */
export interface Format {
  readonly id: string;
  readonly name: string;
}

/** A campaign's placements with what verdicts need; verdicts are made from it where they are shown. */
export interface PlacementList {
  readonly table: PlacementTable;
  readonly currency: string;
  readonly zone: string;
  /** The requested days; with `looks: 'many'`, from the campaign's first day on. */
  readonly range: Range;
  /**
   * The day that all careful looks at the campaign count from; null = the rule is that of one look. A
   * range that ends before that day is not covered by their promise.
   */
  readonly since: Day | null;
  /** The days that the figures cover; null = all are too young to be judged. */
  readonly judged: Range | null;
  /** Number of days that the figures cover, today in part; at least 1. */
  readonly days: number;
  /** How the figures allow for conversions that are still to come. */
  readonly delay: {
    /**
     * `log`: learnt from the log of conversions. `mean`: from the tracker's mean time to convert.
     * `setting`: nothing tells, so days younger than `hours` are left out and older ones weighed;
     * where conversions are counted on their own date, all days are weighed.
     */
    readonly from: Arrivals['from'];
    readonly hours: number;
    /** Number of conversions that it was learnt from; null = not from a log. */
    readonly conversions: number | null;
    /** Number of offers that are weighed by their own conversions; 0 = all alike. */
    readonly offers: number;
  };
  /** Payout per conversion that the user has entered for the campaign, in `currency`; null = none. */
  readonly payout: number | null;
  readonly complete: boolean;
  readonly fetchedAt: number;
  /** Token slot (from 1) that holds the placement, and how it was found; null = unknown, the user chooses. */
  readonly slot: {
    readonly slot: number;
    readonly from: 'template' | 'proposed' | 'chosen';
  } | null;
  readonly tokens: Source['tokens'];
  /** Name of the campaign's source; null = it has none, so no template can be kept for it. */
  readonly source: string | null;
  /** Id of the format that fits the source's name; null = none does. */
  readonly format: string | null;
  /** Kind of the source's ids that the token's macro stands for; null = it does not tell. */
  readonly kind: IdKind | null;
  readonly problem: Problem | null;
}

/** One list to paste: ids of one kind, within the source's limit. */
export interface ExportedPart {
  readonly kind: IdKind;
  readonly count: number;
  /** In the source's format. */
  readonly text: string;
  /** The same ids with their figures. */
  readonly csv: string;
  /** File name without its extension. */
  readonly name: string;
  /** Number of ids that no earlier list for this campaign and format had. */
  readonly fresh: number;
}

export interface Exported {
  /** The list that was asked for, which is in the ledger now; null = there is none, and nothing was entered. */
  readonly part: ExportedPart | null;
  /** Number of ids in it. */
  readonly count: number;
  readonly leftOut: readonly LeftOut[];
  /** Why there is no list at all. */
  readonly nothing: NothingToExport | null;
  /** Message keys of notes about this source. */
  readonly notes: readonly MessageKey[];
}

/** A list in the ledger. */
export interface ExportEntry {
  readonly id: string;
  readonly at: number;
  readonly connection: string;
  readonly campaignId: string;
  readonly campaignName: string;
  readonly format: string;
  readonly range: Range;
  readonly rules: RuleSettings;
  readonly ids: readonly string[];
  /** true = ids to take off the source's list, not to put on it. */
  readonly unblock?: boolean | undefined;
}

const question = {
  connection: id,
  campaignId: id,
  range,
  /** Token slot that holds the placement; null = the one in the source template. */
  slot: z.nullable(z.int().check(z.gte(1), z.lte(30))),
};

/** Which placements are on a list, beside what the rules say. */
export const listQuestion = {
  ...question,
  /** Placements that the user adds to the list, or takes from it, whatever their verdicts. */
  added: z.optional(z.array(z.string())),
  removed: z.optional(z.array(z.string())),
};

/** Placements, and the lists exported from them. */
export const blacklistCalls = {
  'placements.list': call({
    input: z.object({
      ...question,
      /** Hours after the click by which conversions have arrived, where the tracker does not tell. */
      delayHours: z.number().check(z.gte(0), z.lte(720)),
      /** As in the rules: `many` lets the days begin with the campaign's first day. */
      looks: z.enum(['one', 'many']),
      fresh,
    }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    feature: () => 'blacklist',
  }).returns<PlacementList>(),
  /** Keeps a token as the placement in the template of the campaign's source. */
  'placements.token': call({
    input: z.object({
      connection: id,
      campaignId: id,
      slot: z.int().check(z.gte(1), z.lte(30)),
    }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    invalidates: [...CONNECTION_LISTS, 'placements.list'],
    feature: () => 'blacklist',
  }).returns<null>(),
  /** Lets careful looks at a campaign count from another day. */
  'placements.restart': call({
    input: z.object({ connection: id, campaignId: id, day: daySchema }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    invalidates: ['placements.list'],
    feature: () => 'blacklist',
  }).returns<null>(),
  /** Keeps the payout per conversion of a campaign; null = none, so the campaign's mean counts. */
  'placements.payout': call({
    input: z.object({ connection: id, campaignId: id, payout: z.nullable(payoutSchema) }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    invalidates: ['placements.list'],
    feature: () => 'blacklist',
  }).returns<null>(),
  'placements.export': call({
    input: z.object({
      ...listQuestion,
      settings: ruleSettingsSchema,
      format: id,
      separator: z.nullable(z.enum(['newline', 'comma'])),
      /** Which list, from 0, where the ids make several. */
      part: z.optional(z.int().check(z.gte(0))),
    }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    invalidates: ['exports.list', 'placements.blocked'],
    feature: () => 'blacklist',
  }).returns<Exported>(),
  /** What earlier lists of a campaign and format block, as far as the ledger has figures for it. */
  'placements.blocked': call({
    input: z.object({ connection: id, campaignId: id, format: id }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    feature: () => 'blacklist',
  }).returns<readonly Blocked[]>(),
  /**
   * Enters an un-block list in the ledger, of those ids of earlier lists that should be blocked no
   * longer. Returns their number.
   */
  'placements.unblock': call({
    input: z.object({
      ...question,
      settings: ruleSettingsSchema,
      format: id,
      /** As they were exported. */
      ids: z.array(z.string()),
    }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    invalidates: ['exports.list', 'placements.blocked'],
    feature: () => 'blacklist',
  }).returns<number>(),
  /** The tokens of a campaign's source, by name where the tracker has names for them. */
  'tokens.list': call({
    input: z.object({ connection: id, campaignId: id }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    beforePolicy: true,
  }).returns<Source['tokens']>(),
  'formats.list': call({
    input: nothing,
    from: ['extension'],
    beforePolicy: true,
  }).returns<readonly Format[]>(),
  /** Exported lists, newest first, of a connection and a campaign; null = of all. */
  'exports.list': call({
    input: z.object({ connection: z.nullable(id), campaignId: z.nullable(id) }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly ExportEntry[]>(),
};
