import { z } from '../../zod.ts';
import { count, label, objectId } from '../numbers.ts';

/** Lists come bare, as `{items, total}` on some accounts, and as `null` when there is nothing. */
function unwrapped(answer: unknown): unknown {
  if (answer === null || Array.isArray(answer)) return { items: answer };
  const { items, total } = Object(answer);
  return items === undefined && total === 0 ? { items: null, total } : answer;
}

/** A list in any of RedTrack's wrappings, with the number of rows on all pages where it is told. */
export function listOf<T>(row: z.ZodMiniType<T>) {
  return z.pipe(
    z.pipe(
      z.transform(unwrapped),
      z.object({ items: z.nullable(z.array(row)), total: z.optional(z.unknown()) }),
    ),
    // With `total_stat` the total is an object of figures.
    z.transform(({ items, total }) => ({
      rows: items ?? [],
      total: typeof total === 'number' ? total : null,
    })),
  );
}

/**
 * A row of /report. The figures are named here; the group's values stand
 * beside them under the groups' own names. `roi`, `cr` and the like are not
 * read: they are ratios here and percent in /campaigns, and derived anyway.
 * `approved`, `pending` and `declined` come only where the account has statuses.
 */
export const reportRowSchema = z.looseObject({
  clicks: count,
  unique_clicks: count,
  lp_views: count,
  lp_clicks: count,
  conversions: count,
  approved: count,
  pending: count,
  declined: count,
  cost: count,
  revenue: count,
});
export type ReportRowAnswer = z.infer<typeof reportRowSchema>;

/** `status`: 1 active, 2 paused or archived, 3 deleted. */
export const campaignSchema = z.object({
  id: objectId,
  serial_number: label,
  title: label,
  status: count,
  source_id: label,
  source_title: label,
});

const subSchema = z.object({ alias: label, hint: label, role: label, value: label });

/** Now `subs` in slot order; in the old document `sub1`…`sub10` beside `hints`. */
export const sourceSchema = z.looseObject({
  id: objectId,
  title: label,
  subs: z.optional(z.nullable(z.array(z.nullable(subSchema)))),
  hints: z.optional(z.nullable(z.record(z.string(), label))),
});
export type SourceAnswer = z.infer<typeof sourceSchema>;

/** The payout is `payment.amount` in the old document, `payout` in current answers. */
export const offerSchema = z.object({
  id: objectId,
  title: label,
  status: count,
  payout: count,
  payment: z.optional(z.nullable(z.object({ amount: count, currency: label }))),
  network_title: label,
});

export const landerSchema = z.object({ id: objectId, title: label, status: count });

/** `conv_time` today, `created_at` in the old document. */
export const conversionSchema = z.looseObject({
  id: label,
  clickid: label,
  campaign: label,
  campaign_id: label,
  offer: label,
  offer_id: label,
  status: label,
  payout: count,
  currency: label,
  external_id: label,
  track_time: z.optional(z.unknown()),
  conv_time: z.optional(z.unknown()),
  created_at: z.optional(z.unknown()),
});

export const clickSchema = z.looseObject({
  id: label,
  campaign: label,
  campaign_id: label,
  country: label,
  cost: count,
  track_time: z.optional(z.unknown()),
  created_at: z.optional(z.unknown()),
});
export type ClickAnswer = z.infer<typeof clickSchema>;

/** Only what is shown: the answer also holds the key and a hash of the password. */
export const accountSchema = z.object({
  email: label,
  currency: label,
  timezone: z.optional(z.nullable(z.object({ zone: label }))),
});

/** Settings prove the key; whether they name the account's zone and currency differs. */
export const settingsSchema = z.looseObject({
  email: z.optional(z.unknown()),
  currency: z.optional(z.unknown()),
  timezone: z.optional(z.unknown()),
});

/** Answer of a cost update: usually no body, sometimes something that says nothing. */
export const acceptedSchema = z.optional(z.unknown());
