import { isYoung } from '../../age.ts';
import { ruleSettingsSchema } from '../../blacklist/rule-settings.ts';
import type { ExportEntry } from '../../contract/blacklist.ts';
import { createRecords } from '../../store/records.ts';
import { z } from '../../zod.ts';
import type { Services } from '../services.ts';

export const exportEntrySchema: z.ZodMiniType<ExportEntry> = z.object({
  id: z.string(),
  at: z.number(),
  connection: z.string(),
  campaignId: z.string(),
  campaignName: z.string(),
  format: z.string(),
  range: z.object({ from: z.string(), to: z.string(), zone: z.string() }),
  rules: ruleSettingsSchema,
  ids: z.array(z.string()),
});

/** Copying a list and then saving it within this time is one export, not two. */
const SAME_EXPORT_MS = 10 * 60_000;

/** Every list that was exported. */
export interface ExportLedger {
  /** Newest first. */
  all(): Promise<ExportEntry[]>;
  /** @returns how many ids no earlier list for this campaign and format had */
  add(entry: Omit<ExportEntry, 'id' | 'at'>): Promise<number>;
}

export function createExportLedger({
  database,
  now,
}: Pick<Services, 'database' | 'now'>): ExportLedger {
  const records = createRecords<ExportEntry>(database, 'exports', exportEntrySchema);
  const all = async (): Promise<ExportEntry[]> => (await records.all()).sort((a, b) => b.at - a.at);
  return {
    all,
    async add(entry) {
      const earlier = (await all()).filter(
        ({ campaignId, format, connection }) =>
          campaignId === entry.campaignId &&
          format === entry.format &&
          connection === entry.connection,
      );
      const [last] = earlier;
      const repeated =
        last !== undefined &&
        isYoung(last.at, now(), SAME_EXPORT_MS) &&
        last.ids.join('\n') === entry.ids.join('\n');
      const before = new Set(earlier.slice(repeated ? 1 : 0).flatMap(({ ids }) => ids));
      await records.put({ ...entry, id: repeated ? last.id : crypto.randomUUID(), at: now() });
      return entry.ids.filter((id) => !before.has(id)).length;
    },
  };
}
