import { z } from '../../zod.ts';
import { count, figure, idText, label } from '../numbers.ts';

/** A slot of `parameters`: the token's name in the address, and the source's macro. */
const parameterSchema = z.object({ name: label, placeholder: label, alias: label });

/** PHP writes an empty map as `[]`. */
const parametersSchema = z.pipe(
  z.transform((value: unknown) =>
    Array.isArray(value) || value === undefined ? {} : (value ?? {}),
  ),
  z.record(z.string(), z.nullable(parameterSchema)),
);

/** `token` is a secret of the campaign and is not read. */
export const campaignSchema = z.object({
  id: idText,
  name: label,
  state: label,
  cost_currency: label,
  traffic_source_id: label,
  traffic_source: label,
});

export const sourceSchema = z.object({
  id: idText,
  name: label,
  state: label,
  parameters: parametersSchema,
});

/** The figures that are read; the dimensions stand beside them under their own names. */
export const reportRowSchema = z.looseObject({
  clicks: count,
  campaign_unique_clicks: count,
  bots: count,
  lp_clicks: count,
  lp_views: count,
  conversions: count,
  leads: count,
  sales: count,
  rejected: count,
  cost: count,
  revenue: count,
});
export type ReportRowAnswer = z.infer<typeof reportRowSchema>;

export const reportSchema = z.object({
  rows: z.array(reportRowSchema),
  total: z.optional(figure),
});

/** `{"success":true}`: the update is scheduled, not applied. */
export const scheduledSchema = z.object({
  success: z.union([z.boolean(), z.string(), z.number()]),
});
