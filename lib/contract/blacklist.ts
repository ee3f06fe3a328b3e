import type { ScoredPlacement } from '../blacklist/placement.ts';
import { type RuleSettings, ruleSettingsSchema } from '../blacklist/rule-settings.ts';
import type { Problem } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import type { Range } from '../report/range.ts';
import type { Source } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import { call, fresh, id, nothing, range } from './call.ts';

/** A blacklist format to choose. */
export interface Format {
  readonly id: string;
  readonly name: string;
}

export interface ScoredList {
  readonly rows: readonly ScoredPlacement[];
  readonly currency: string;
  readonly zone: string;
  /** The days as asked for. */
  readonly range: Range;
  readonly complete: boolean;
  readonly fetchedAt: number;
  /** Token that holds the placement, and where that comes from; null = not known, choose one. */
  readonly slot: {
    readonly slot: number;
    readonly from: 'template' | 'proposed' | 'chosen';
  } | null;
  readonly tokens: Source['tokens'];
  /** Payout per conversion used for the verdicts; null = not known. */
  readonly payout: number | null;
  /** Format guessed from the source's name; null = none fits. */
  readonly format: string | null;
  readonly cut: number;
  /** Expected number of good placements among those to cut. */
  readonly expectedWrong: number;
  /** Money a day saved by cutting, in `currency`. */
  readonly savingPerDay: number;
  readonly problem: Problem | null;
}

export interface Exported {
  /** As the source wants it; one text per chunk of its limit. */
  readonly chunks: readonly string[];
  readonly csv: string;
  /** File name without ending. */
  readonly name: string;
  readonly count: number;
  readonly rejected: ReadonlyArray<{ readonly id: string; readonly why: MessageKey }>;
  readonly duplicates: number;
  readonly protected: number;
  /** Ids not in the last export for this campaign and format. */
  readonly fresh: number;
  /** Locale keys of what the user should know of this source. */
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
  /** Token slot that holds the placement; null = as the source template says. */
  slot: z.nullable(z.int().check(z.gte(1), z.lte(30))),
  settings: ruleSettingsSchema,
};

/** Placements with their verdicts, and the lists that were made of them. */
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
