import { z } from '../../zod.ts';
import { addressText } from '../addresses.ts';
import { count, figure, flag, idText, label } from '../numbers.ts';

/** A slot of `parameters`: the token's name in the address, and the source's macro. */
const parameterSchema = z.object({ name: label, placeholder: label, alias: label });

/** PHP writes an empty map as `[]`. */
const emptyMap = z.transform((value: unknown) => (Array.isArray(value) ? {} : (value ?? {})));
const parametersSchema = z.pipe(emptyMap, z.record(z.string(), z.pipe(emptyMap, parameterSchema)));

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

export const offerSchema = z.object({
  id: idText,
  name: label,
  state: label,
  payout_value: count,
  payout_currency: label,
  payout_auto: flag,
  affiliate_network: label,
  /** Current versions have an offer's address as the payload of its action. */
  action_payload: addressText,
  url: addressText,
});

export const landerSchema = z.object({ id: idText, name: label, state: label });

/** An entry of a log; it has only the columns that were asked for and that the version knows. */
const logRowSchema = z.looseObject({
  conversion_id: label,
  event_id: label,
  sub_id: label,
  campaign_id: label,
  campaign: label,
  offer_id: label,
  offer: label,
  revenue: count,
  cost: count,
  status: label,
  tid: label,
  country_code: label,
  datetime: z.optional(z.unknown()),
  click_datetime: z.optional(z.unknown()),
  postback_datetime: z.optional(z.unknown()),
});
export type LogRowAnswer = z.infer<typeof logRowSchema>;

export const logSchema = z.object({ rows: z.array(logRowSchema), total: count });
export type LogAnswer = z.infer<typeof logSchema>;

/**
 * Labels. It is documented how they are written (value to label) but not how
 * they are read, so all plain forms are accepted: such a map, `[]` for an empty
 * one, a list of values, or a list of objects with value and label, bare or
 * under `items` or `rows`. Placements may bear those names too, and `__proto__`,
 * which no record of zod's holds.
 */
export const labelsSchema = z.pipe(
  z.transform((answer: unknown) => {
    const { items, rows }: Record<string, unknown> = Object(answer);
    const inside = [items, rows].find((one) => typeof one === 'object' && one !== null) ?? answer;
    return isMap(inside) ? new Map(Object.entries(inside)) : inside;
  }),
  z.union([
    z.array(z.union([z.string(), z.number(), z.looseObject({})])),
    z.map(z.string(), z.nullable(z.string())),
  ]),
);
const isMap = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export type LabelsAnswer = z.infer<typeof labelsSchema>;

/** The figures of a row; its dimensions stand beside them under their own names. */
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
export type ReportAnswer = z.infer<typeof reportSchema>;
