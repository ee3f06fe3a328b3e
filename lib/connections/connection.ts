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

/** Paths below a tracker's address that its owner renamed; absent = as the tracker has them by itself. */
export const pathsSchema = z.object({
  /** Of the sign-in page. */
  login: path,
  /** Of the entry that visitors come in by. */
  click: path,
});
export type Paths = z.infer<typeof pathsSchema>;

/** One account of the user on one tracker. Holds no key: that lies sealed under `id`. */
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
  templates: z.array(sourceTemplateSchema),
  /** Every figure of it is made up: no host, no key, never mixed with real ones. */
  demo: z.optional(z.literal(true)),
  /** Turned off by the user: kept with its key, and asked nothing. */
  off: z.optional(z.boolean()),
  /** The user lets the key go to this host unencrypted. */
  plainHttp: z.optional(z.boolean()),
  /** Name of the account, as the tracker told it when the connection was saved. */
  account: z.optional(z.string()),
  /** Position in lists. */
  order: z.number(),
  /** Epoch ms. */
  createdAt: z.number(),
});
export type Connection = z.infer<typeof connectionSchema>;
