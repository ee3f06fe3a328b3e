import { z } from '../../zod.ts';
import { addressText } from '../addresses.ts';
import { count, figure, idText, label } from '../numbers.ts';

/**
 * A campaign of `page=Campaigns`. The published table names `landing_clicks`
 * the lander *views* and `offer_clicks` the lander *clicks*.
 */
export const campaignSchema = z.object({
  id: idText,
  status: label,
  name: label,
  ts_id: label,
  ts_name: label,
  clicks: count,
  unique_clicks: count,
  bots: count,
  landing_clicks: count,
  offer_clicks: count,
  leads: count,
  /** Approved, held, rejected; only in newer versions. */
  a_leads: count,
  h_leads: count,
  r_leads: count,
  profit: count,
  revenue: count,
  rev: count,
  cost: count,
  spend: count,
  cpc: count,
});
export type CampaignAnswer = z.infer<typeof campaignSchema>;

/** A row of a report. Names of columns changed with 1.9 and again with v2; all are read. */
export const statRowSchema = z.object({
  level: z.optional(figure),
  name: label,
  id: label,
  entity_id: label,
  clicks: count,
  unique_clicks: count,
  bots: count,
  lp_views: count,
  lander_views: count,
  landing_clicks: count,
  lp_clicks: count,
  lander_clicks: count,
  offer_clicks: count,
  leads: count,
  cost: count,
  spend: count,
  rev: count,
  revenue: count,
  profit: count,
  cpc: count,
});
export type StatRowAnswer = z.infer<typeof statRowSchema>;

/** `status` 0 means deleted. The network's name is not in the published table, and is read where it is told. */
export const offerSchema = z.object({
  id: idText,
  name: label,
  status: label,
  payout: count,
  auto_payout: label,
  network_name: label,
  url: addressText,
});

export const landerSchema = z.object({ id: idText, name: label, status: label });

/** Columns up to 1.8 whose names differ by more than the spelling on the screen ("LP CTR"). */
const RENAMED: Readonly<Record<string, string>> = {
  ts: 'ts_name',
  lp_cl: 'landing_clicks',
  off_cl: 'offer_clicks',
};

function renamed(row: unknown): object {
  const columns = Object.entries(Object(row)).map(([name, value]) => {
    const small = name.toLowerCase().replaceAll(' ', '_');
    return [RENAMED[small] ?? small, value];
  });
  return Object.fromEntries(columns);
}

/** An empty list is `[]`, and `null` or `""` in some reports. */
export function rowsOf<T>(row: z.ZodMiniType<T>) {
  return z.pipe(
    z.transform((value: unknown) => {
      if (!Array.isArray(value)) return value === null || value === '' ? [] : value;
      const old = Object.keys(Object(value[0])).some((name) => /[A-Z]/.test(name));
      return old ? value.map(renamed) : value;
    }),
    z.array(row),
  );
}

/** `action=source_getall`; the documents do not show a source's tokens. */
export const sourceSchema = z.looseObject({ id: idText, name: label });

/** Success is the text "true"; anything else is a refusal. */
export const costAnswerSchema = z.object({ check_status: z.union([z.string(), z.boolean()]) });
