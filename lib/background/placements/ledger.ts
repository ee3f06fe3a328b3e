import { isYoung } from '../../age.ts';
import { VERDICT_KINDS } from '../../blacklist/placement.ts';
import { ruleSettingsSchema } from '../../blacklist/rule-settings.ts';
import type { ExportEntry } from '../../contract/blacklist.ts';
import type { Range } from '../../report/range.ts';
import { ID_KINDS, type IdKind } from '../../sources/id-rules.ts';
import type { Blocked, JudgedThen } from '../../sources/unblock.ts';
import { createRecords } from '../../store/records.ts';
import { z } from '../../zod.ts';
import type { Services } from '../services.ts';

const rangeSchema = z.object({ from: z.string(), to: z.string(), zone: z.string() });
const figure = z.nullable(z.number());

/** What the ids of a list were judged by; older lists lack it. */
export interface LedgerFigures {
  readonly kind: IdKind;
  /** Token slot of the placements. */
  readonly slot: number;
  /** The days that the figures cover. */
  readonly days: Range;
  readonly currency: string;
  /** Payout per conversion that counted: given, or the campaign's mean; null = unknown. */
  readonly payout: number | null;
  /** Of the first of the ids, in their order. */
  readonly rows: readonly JudgedThen[];
}

const figuresSchema: z.ZodMiniType<LedgerFigures> = z.object({
  kind: z.enum(ID_KINDS),
  slot: z.int(),
  days: rangeSchema,
  currency: z.string(),
  payout: figure,
  rows: z.array(
    z.object({
      id: z.string(),
      clicks: figure,
      conversions: figure,
      cost: figure,
      revenue: figure,
      verdict: z.enum(VERDICT_KINDS),
      loser: figure,
      byRule: z.optional(z.boolean()),
    }),
  ),
});

interface LedgerEntry extends ExportEntry {
  readonly figures?: LedgerFigures | undefined;
}

export const exportEntrySchema: z.ZodMiniType<LedgerEntry> = z.object({
  id: z.string(),
  at: z.number(),
  connection: z.string(),
  campaignId: z.string(),
  campaignName: z.string(),
  format: z.string(),
  range: rangeSchema,
  rules: ruleSettingsSchema,
  ids: z.array(z.string()),
  unblock: z.optional(z.boolean()),
  figures: z.optional(figuresSchema),
});

/** Copying a list and then saving it within this time is one export, not two. */
const SAME_EXPORT_MS = 10 * 60_000;

/** Most lists of a campaign whose figures are kept, and most ids in these. */
const LISTS_WITH_FIGURES = 50;
const IDS_WITH_FIGURES = 10_000;

type Campaign = Pick<ExportEntry, 'connection' | 'campaignId'>;

/** Every list that was exported: to block placements, or to block them no longer. */
export interface ExportLedger {
  /** Those for campaigns of this id, whatever their connection, newest first; null = of all. */
  lists(campaignId: string | null): Promise<ExportEntry[]>;
  /** @returns how many of its ids are blocked by no earlier list for this campaign and format */
  add(entry: Omit<LedgerEntry, 'id' | 'at'>): Promise<number>;
  /** What the lists of a campaign and format block, each by its newest figures. */
  blocked(campaign: Campaign, format: string): Promise<Blocked[]>;
}

export function createExportLedger({
  database,
  now,
}: Pick<Services, 'database' | 'now'>): ExportLedger {
  const records = createRecords<LedgerEntry>(database, 'exports', exportEntrySchema);
  const entries = async (campaignId: string | null): Promise<LedgerEntry[]> =>
    (await (campaignId === null ? records.all() : records.of('campaignId', campaignId))).sort(
      (a, b) => b.at - a.at,
    );
  /** Newest first. */
  const of = async ({ connection, campaignId }: Campaign): Promise<LedgerEntry[]> =>
    (await entries(campaignId)).filter((entry) => entry.connection === connection);

  /** Drops the figures of a campaign's oldest lists. The lists stay. */
  async function trim(campaign: Campaign): Promise<void> {
    let left = IDS_WITH_FIGURES;
    for (const [nth, entry] of (await of(campaign)).entries()) {
      const { figures, ...list } = entry;
      if (!figures) continue;
      const rows = nth < LISTS_WITH_FIGURES ? figures.rows.slice(0, left) : [];
      left -= rows.length;
      if (rows.length === figures.rows.length) continue;
      await records.put(rows.length > 0 ? { ...list, figures: { ...figures, rows } } : list);
    }
  }

  return {
    lists: async (campaignId) =>
      (await entries(campaignId)).map(({ figures: _, ...entry }) => entry),
    async add(entry) {
      const earlier = (await of(entry)).filter(({ format }) => format === entry.format);
      const [last] = earlier;
      const repeated =
        last !== undefined &&
        isYoung(last.at, now(), SAME_EXPORT_MS) &&
        (last.unblock ?? false) === (entry.unblock ?? false) &&
        last.ids.join('\n') === entry.ids.join('\n');
      const before = new Set<string>();
      for (const { ids, unblock } of earlier.slice(repeated ? 1 : 0).toReversed()) {
        for (const id of ids) unblock ? before.delete(id) : before.add(id);
      }
      // What blocks a placement is told by the order of lists, which a clock that is set back must not turn.
      const at = Math.max(now(), (last?.at ?? 0) + 1);
      await records.put({ ...entry, id: repeated ? last.id : crypto.randomUUID(), at });
      await trim(entry);
      return entry.ids.filter((id) => !before.has(id)).length;
    },
    async blocked(campaign, format) {
      const known = new Map<string, Blocked | null>();
      for (const { format: own, figures, ids, unblock } of await of(campaign)) {
        if (own !== format || !figures) continue;
        const { kind, slot, days, currency } = figures;
        for (const [nth, judged] of figures.rows.entries()) {
          const id = ids[nth] ?? '';
          const key = [slot, kind, id].join('\n');
          if (known.has(key)) continue;
          known.set(key, unblock ? null : { id, judged, kind, slot, days, currency });
        }
      }
      return [...known.values()].filter((one) => one !== null);
    },
  };
}
