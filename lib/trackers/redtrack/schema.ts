import { z } from '../../zod.ts';
import { addressText } from '../addresses.ts';
import { count, label, objectId } from '../numbers.ts';

/** Lists come bare, as `{items, total}` on some accounts, and as `null` when empty. */
function unwrapped(answer: unknown): unknown {
  if (answer === null || Array.isArray(answer)) return { items: answer };
  const { items, total } = Object(answer);
  return items === undefined && total === 0 ? { items: null, total } : answer;
}

/** A list in any of RedTrack's wrappings, with the number of rows on all pages if it is reported. */
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

/** A value of a report or a log: text, or an object with an id and a `title` or `name`. */
export const namedSchema = z.union([
  z.pipe(
    label,
    z.transform((name) => ({ id: '', name })),
  ),
  z.pipe(
    z.object({ id: label, title: label, name: label }).check(
      z.refine(({ id, title, name }) => `${id}${title}${name}` !== '', {
        error: 'without a name',
      }),
    ),
    z.transform(({ id, title, name }) => ({ id, name: title || name || id })),
  ),
]);

/** What every listed object has; its name is under `title` or `name`. */
const listedFields = { id: objectId, title: label, name: label };

/** Name of a listed object. */
export const nameOf = ({ title, name }: { readonly title: string; readonly name: string }) =>
  title || name;

/**
 * A row of /report. The figures are named here; the values of its groups stand
 * beside them under the groups' own names, and conversions by type as
 * `convtype1` and so on. Without `total_` the figures are those of the
 * account's default conversion type. `roi`, `cr` and the like are not read:
 * they are ratios here, percent in /campaigns, and derived anyway.
 * `approved`, `pending` and `declined` exist only in accounts with statuses.
 */
export const reportRowSchema = z.looseObject({
  clicks: count,
  unique_clicks: count,
  lp_views: count,
  lp_clicks: count,
  conversions: count,
  total_conversions: count,
  approved: count,
  pending: count,
  declined: count,
  cost: count,
  revenue: count,
  total_revenue: count,
});
export type ReportRowAnswer = z.infer<typeof reportRowSchema>;

/** `status`: 1 active, 2 paused or archived, 3 deleted. */
export const campaignSchema = z.object({
  ...listedFields,
  serial_number: label,
  status: count,
  source_id: label,
  source_title: label,
});

const subSchema = z.object({ alias: label, hint: label, role: label, value: label });

/** Now `subs` in slot order; in the old document `sub1`…`sub10` beside `hints`. */
export const sourceSchema = z.looseObject({
  ...listedFields,
  subs: z.optional(z.nullable(z.array(z.nullable(subSchema)))),
  hints: z.optional(z.nullable(z.record(z.string(), label))),
});
export type SourceAnswer = z.infer<typeof sourceSchema>;

/** The payout is `payment.amount` in the documents, `payout` in some answers. */
export const offerSchema = z.object({
  ...listedFields,
  status: count,
  payout: count,
  payment: z.optional(z.nullable(z.object({ amount: count, currency: label }))),
  network_title: label,
  url: addressText,
});

export const landerSchema = z.object({ ...listedFields, status: count });

/** `conv_time` today, `created_at` in the old document; `type` is the name of its conversion type. */
export const conversionSchema = z.looseObject({
  id: label,
  clickid: label,
  campaign: namedSchema,
  campaign_id: label,
  offer: namedSchema,
  offer_id: label,
  type: label,
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
  campaign: namedSchema,
  campaign_id: label,
  country: label,
  cost: count,
  track_time: z.optional(z.unknown()),
  created_at: z.optional(z.unknown()),
});
export type ClickAnswer = z.infer<typeof clickSchema>;

const text = z.catch(label, '');

/**
 * What an account says of itself. Only what is shown is read: the answer of
 * `/auth` also holds the key and a hash of the password. `/me/settings` answers
 * a list of table layouts, which says nothing; older accounts named zone and
 * currency there.
 */
export const accountSchema = z.pipe(
  z.transform((answer: unknown) =>
    typeof answer === 'object' && !Array.isArray(answer) ? answer : {},
  ),
  z.object({
    email: text,
    currency: text,
    timezone: z.catch(z.union([z.object({ zone: label }), label]), ''),
  }),
);

/** Answer of a write: usually no body, sometimes something that says nothing. */
export const acceptedSchema = z.optional(z.unknown());
