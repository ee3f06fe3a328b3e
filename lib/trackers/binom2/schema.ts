import { z } from '../../zod.ts';
import { addressText } from '../addresses.ts';
import { statRowSchema } from '../binom/schema.ts';
import { count, figure, flag, idText, label } from '../numbers.ts';

/** Names under which versions wrap rows; some send them bare. */
const WRAPPINGS = ['report', 'data', 'rows', 'items', 'stats'];

/** The list in an answer, wrapped or bare; `null` is an empty one. */
export function listOf<T>(row: z.ZodMiniType<T>) {
  return z.pipe(
    z.transform((answer: unknown) => {
      const inside: Record<string, unknown> = Object(answer);
      const name = WRAPPINGS.find((each) => Array.isArray(inside[each]) || inside[each] === null);
      return (Array.isArray(answer) || !name ? answer : inside[name]) ?? [];
    }),
    z.array(row),
  );
}

/** {@link listOf} without a total at its end: lists of `/info` and `/stats` have one, and others may. */
export const rowsOf = <T>(row: z.ZodMiniType<T>) =>
  z.pipe(
    z.pipe(
      listOf(z.unknown()),
      z.transform((list) => list.filter((each) => Object(each).id !== 'totals')),
    ),
    z.array(row),
  );

export const roleSchema = z.object({ role: label });

/** A payout where it is more than a number. */
const payoutSchema = z.object({
  money: z.optional(z.nullable(z.object({ amount: count, currency: label }))),
  isAuto: flag,
});

/**
 * An element of `/info/…` and `/stats/…`. The last one of a list is its total:
 * `id: "totals"`, with the number of all elements beside the sums.
 */
export const objectSchema = z.extend(statRowSchema, {
  id: idText,
  name: label,
  is_deleted: flag,
  /** Seconds. */
  mean_time_to_convert: count,
  traffic_source: label,
  affiliate_network: label,
  url: addressText,
  payout: z.optional(z.union([payoutSchema, figure])),
  total_count: count,
});
export type ObjectAnswer = z.infer<typeof objectSchema>;

/** A row of `/report/campaign`; its mark, if any, is a colour or a word. */
export const reportRowSchema = z.extend(statRowSchema, {
  unique_campaign_clicks: count,
  mark: z.optional(z.unknown()),
});

/** `/trends`: an hour as `00:00 - 01:00`, and its number. */
export const trendSchema = z.extend(statRowSchema, { date: label, key: count });

export const sourceSchema = z.object({ id: idText, name: label });

const tokenSchema = z.looseObject({});
export type TokenAnswer = z.infer<typeof tokenSchema>;

/**
 * Tokens of `/traffic_source/{id}`: an object by slot, `[]` where it is empty
 * (PHP), or a list; the names of a token's fields differ by version.
 */
export const sourceDetailsSchema = z.looseObject({
  tokens: z.optional(
    z.nullable(z.union([z.array(z.nullable(tokenSchema)), z.record(z.string(), tokenSchema)])),
  ),
});

export const conversionSchema = z.looseObject({
  id: label,
  campaign_id: label,
  campaign: label,
  offer_id: label,
  offer: label,
  status: label,
  payout: count,
  clicked_at: z.optional(z.unknown()),
  conversed_at: z.optional(z.unknown()),
});
export type ConversionAnswer = z.infer<typeof conversionSchema>;

/** A background task. Of its words only those of cost updates are known. */
export const taskSchema = z.object({ type: label, status: label, progress: count });

/** Writes are answered with no body, or with one that says nothing. */
export const acceptedSchema = z.optional(z.unknown());
