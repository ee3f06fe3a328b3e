import { BASES } from '../report/question.ts';
import { z } from '../zod.ts';
import { conversionTypesSchema, pathsSchema } from './connection.ts';

const id = z.string().check(z.minLength(1), z.maxLength(200));

/** A connection as the user enters it. */
export const draftSchema = z.object({
  /** Id of the adapter. */
  tracker: id,
  name: z.string().check(z.maxLength(200)),
  /** As pasted; cleaned by the adapter. */
  address: z.string().check(z.maxLength(2000)),
  /** ISO 4217. */
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  /** IANA name. */
  zone: id,
  basis: z.enum(BASES),
  /** Absent = the tracker's default type. */
  conversionTypes: z.optional(conversionTypesSchema),
  /** The user accepts that the key travels to this host unencrypted. */
  plainHttp: z.optional(z.boolean()),
  paths: z.optional(pathsSchema),
});
export type ConnectionDraft = z.infer<typeof draftSchema>;
