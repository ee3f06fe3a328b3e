import { z } from '../../zod.ts';
import { addressText } from '../addresses.ts';
import { count, label, objectId } from '../numbers.ts';

/** An object that PHP writes as `[]` when empty. */
function object<T>(shape: z.ZodMiniType<T>) {
  return z.pipe(
    z.transform((value: unknown) => (Array.isArray(value) && value.length === 0 ? {} : value)),
    shape,
  );
}

/** `next_page` is a number, in newer answers only, and absent or empty on the last page. */
const paginationSchema = z.optional(
  z.nullable(
    object(z.object({ per_page: count, total_count: count, next_page: z.optional(z.unknown()) })),
  ),
);

/** An offer; `id` is the number that statistics filter by, not the 24-hex `offer_id`. */
const offerSchema = z.object({
  id: objectId,
  title: label,
  status: label,
  payments: z.optional(
    z.nullable(z.array(z.object({ revenue: count, currency: label, type: label }))),
  ),
  caps: z.optional(
    z.nullable(z.array(z.object({ period: label, type: label, value: count, goal_type: label }))),
  ),
  caps_status: z.optional(z.nullable(z.array(label))),
  /** The affiliate's own tracking link, which an administrator's list lacks. */
  link: addressText,
});
export type OfferAnswer = z.infer<typeof offerSchema>;

export const offersSchema = z.object({
  offers: z.nullable(z.array(offerSchema)),
  pagination: paginationSchema,
});

/**
 * For an affiliate `revenue` is what the network pays; `charge` (what the
 * advertiser pays) and `earning` (the network's margin) are not the buyer's.
 */
const actionSchema = object(z.object({ count, revenue: count }));
const action = z.optional(z.nullable(actionSchema));

/** A row of statistics. `ratio` ("1:NaN") and other derived figures are not read. */
const statSchema = z.object({
  slice: object(z.record(z.string(), z.unknown())),
  traffic: z.optional(z.nullable(object(z.object({ raw: count, uniq: count })))),
  actions: z.optional(
    z.nullable(
      object(
        z.object({
          total: action,
          confirmed: action,
          pending: action,
          declined: action,
          hold: action,
          not_found: action,
        }),
      ),
    ),
  ),
  currency: label,
});
export type StatAnswer = z.infer<typeof statSchema>;
export type ActionAnswer = z.infer<typeof actionSchema>;

export const statsSchema = z.object({
  stats: z.nullable(z.array(statSchema)),
  pagination: paginationSchema,
});
export type Pagination = z.infer<typeof paginationSchema>;

/** Money by currency code; only the codes are used. */
export const balanceSchema = z.object({
  balance: z.optional(z.nullable(object(z.record(z.string(), z.unknown())))),
});

/** An offer within a slice is an object with a title, or null when it is gone. */
export const namedSchema = z.object({ id: label, title: label });

const offerIn = z.optional(z.nullable(object(namedSchema)));

/**
 * A conversion. The names of its id, click and status differ by version.
 * `payouts` is what the affiliate gets. `revenue` is what the advertiser pays;
 * an affiliate's key often sees only that.
 */
const conversionSchema = z.looseObject({
  id: label,
  conversion_id: label,
  action_id: label,
  clickid: label,
  click_id: label,
  cbid: label,
  status: z.union([z.object({ id: label, name: label }), label]),
  offer: offerIn,
  payouts: count,
  revenue: count,
  currency: label,
  click_time: z.optional(z.unknown()),
  created_at: z.optional(z.unknown()),
});
export type ConversionAnswer = z.infer<typeof conversionSchema>;

export const conversionsSchema = z.object({
  conversions: z.nullable(z.array(conversionSchema)),
  pagination: paginationSchema,
});

const clickSchema = z.looseObject({
  id: label,
  click_id: label,
  cbid: label,
  offer: offerIn,
  country: label,
  created_at: z.optional(z.unknown()),
});
export type ClickAnswer = z.infer<typeof clickSchema>;

export const clicksSchema = z.object({
  clicks: z.nullable(z.array(clickSchema)),
  pagination: paginationSchema,
});

/** Id and date (seconds, microseconds) are Mongo's, as PHP's driver writes them. */
const postbackSchema = z.object({
  _id: z.union([
    z.pipe(
      z.object({ $id: label }),
      z.transform(({ $id }) => $id),
    ),
    label,
  ]),
  date: z.union([
    z.pipe(
      z.object({ sec: count }),
      z.transform(({ sec }) => sec ?? null),
    ),
    label,
  ]),
  lead_id: label,
  postback_url: label,
  http_code: count,
  status: label,
});

export const postbacksSchema = z.object({
  postbacks: z.nullable(z.array(postbackSchema)),
  pagination: paginationSchema,
});

/** An import is queued; the answer repeats what was sent. */
export const importedSchema = z.object({ status: label });

const level = z.optional(z.nullable(z.object({ level: label })));

/**
 * A user's own data. `type` is "affiliate", "advertiser" or a kind of
 * administrator ("common_manager"). The key, which the answer repeats, is not read.
 */
export const userSchema = z.object({
  user: z.object({
    email: label,
    login: label,
    type: label,
    timezone: label,
    permissions: z.catch(
      z.optional(
        z.nullable(
          object(
            z.object({ stats: z.optional(object(z.object({ 'conversions-import': level }))) }),
          ),
        ),
      ),
      null,
    ),
  }),
});

/** A list that only an administrator may read; its content does not matter. */
export const anySchema = z.looseObject({});
