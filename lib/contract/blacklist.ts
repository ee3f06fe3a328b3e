import type { ScoredPlacement } from '../blacklist/placement.ts';
import { type RuleSettings, ruleSettingsSchema } from '../blacklist/rule-settings.ts';
import type { Problem } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import type { Range } from '../report/range.ts';
import type { Source } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import { call, fresh, id, nothing, range } from './call.ts';

/** A blacklist format that the user can choose. */
export interface Format {
  readonly id: string;
  readonly name: string;
}

export interface ScoredList {
  readonly rows: readonly ScoredPlacement[];
  readonly currency: string;
  readonly zone: string;
  /** The requested days. */
  readonly range: Range;
  readonly complete: boolean;
  readonly fetchedAt: number;
  /** Token slot (from 1) that holds the placement, and how it was found; null = unknown, the user chooses. */
  readonly slot: {
    readonly slot: number;
    readonly from: 'template' | 'proposed' | 'chosen';
  } | null;
  readonly tokens: Source['tokens'];
  /** Payout per conversion behind the verdicts, in `currency`; null = unknown. */
  readonly payout: number | null;
  /** Id of the format that fits the source's name; null = none does. */
  readonly format: string | null;
  readonly cut: number;
  /** Expected number of false positives among the placements to cut. */
  readonly expectedWrong: number;
  /** Money saved per day by cutting, in `currency`. */
  readonly savingPerDay: number;
  readonly problem: Problem | null;
}

export interface Exported {
  /** The list in the source's format, split at its limit. */
  readonly chunks: readonly string[];
  readonly csv: string;
  /** File name without its extension. */
  readonly name: string;
  readonly count: number;
  readonly rejected: ReadonlyArray<{ readonly id: string; readonly why: MessageKey }>;
  readonly duplicates: number;
  readonly protected: number;
  /** Number of ids that the last export for this campaign and format did not have. */
  readonly fresh: number;
  /** Message keys of notes about this source. */
  readonly notes: readonly MessageKey[];
}

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
}

const question = {
  connection: id,
  campaignId: id,
  range,
  /** Token slot that holds the placement; null = the one in the source template. */
  slot: z.nullable(z.int().check(z.gte(1), z.lte(30))),
  settings: ruleSettingsSchema,
};

/** Scored placements, and the lists exported from them. */
export const blacklistCalls = {
  'placements.score': call({
    input: z.object({ ...question, fresh }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    feature: () => 'blacklist',
  }).returns<ScoredList>(),
  'placements.export': call({
    input: z.object({
      ...question,
      format: id,
      separator: z.nullable(z.enum(['newline', 'comma'])),
    }),
    from: ['extension', 'panel'],
    ownConnection: ['connection'],
    invalidates: ['exports.list'],
    feature: () => 'blacklist',
  }).returns<Exported>(),
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
  'exports.list': call({
    input: nothing,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly ExportEntry[]>(),
};
