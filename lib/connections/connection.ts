import { BASES } from '../report/question.ts';
import { z } from '../zod.ts';

/**
 * Which token of a tracker holds which id of the traffic source.
 * Slots are token numbers from 1; null = not passed.
 */
export const sourceTemplateSchema = z.object({
  /** Id of the source in the tracker. */
  sourceId: z.string(),
  sourceName: z.string(),
  campaign: z.nullable(z.int().check(z.gte(1))),
  adSet: z.nullable(z.int().check(z.gte(1))),
  ad: z.nullable(z.int().check(z.gte(1))),
  placement: z.nullable(z.int().check(z.gte(1))),
});
export type SourceTemplate = z.infer<typeof sourceTemplateSchema>;

const path = z.optional(z.string().check(z.maxLength(100)));

/** Paths below a tracker's address that its owner renamed; absent = the tracker's default. */
export const pathsSchema = z.object({
  /** Path of the sign-in page. */
  login: path,
  /** Path of the click URL. */
  click: path,
});
export type Paths = z.infer<typeof pathsSchema>;

/** Conversion types that count, where they are not the tracker's default one alone. */
export const conversionTypesSchema = z
  .array(
    z.object({
      /** The tracker's id of it. */
      id: z.string().check(z.minLength(1), z.maxLength(100)),
      /** Its name in the account when it was chosen. */
      name: z.string().check(z.maxLength(200)),
    }),
  )
  .check(z.minLength(1), z.maxLength(100));

/** One account of the user on one tracker, without its key, which is stored sealed under `id`. */
export const connectionSchema = z.object({
  id: z.string(),
  /** Id of the adapter. */
  tracker: z.string(),
  /** The user's name for it. */
  name: z.string(),
  /** API base without trailing slash: scheme, host, port, sub-folder. */
  api: z.url(),
  /** Origins of the web UI on which panels appear ("https://app.example.com"). */
  pages: z.array(z.string()),
  /** Name of the script that answers, for trackers with one ("index.php"). */
  script: z.optional(z.string()),
  paths: z.optional(pathsSchema),
  /** ISO 4217 code that the tracker reports in. */
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  /** IANA zone of the tracker's day. */
  zone: z.string(),
  basis: z.enum(BASES),
  /** Absent = the tracker's default type. */
  conversionTypes: z.optional(conversionTypesSchema),
  templates: z.array(sourceTemplateSchema),
  /** A demo: no host, no key, never mixed with real connections. */
  demo: z.optional(z.literal(true)),
  /** Turned off by the user: stored with its key, but never queried. */
  off: z.optional(z.boolean()),
  /** The user accepts that the key travels to this host unencrypted. */
  plainHttp: z.optional(z.boolean()),
  /** The account's name at the tracker when the connection was saved. */
  account: z.optional(z.string()),
  /** Position in lists. */
  order: z.number(),
  /** Epoch ms. */
  createdAt: z.number(),
});
export type Connection = z.infer<typeof connectionSchema>;
