import { z } from '../zod.ts';

/** A campaign or offer of a connection; a network's offers are its campaigns. */
export const memberSchema = z.object({
  connection: z.string(),
  campaignId: z.string(),
  name: z.string(),
});
export type Member = z.infer<typeof memberSchema>;

/** Counterparts on several connections; a connection may have several, whose figures are summed. */
export const linkSchema = z.object({
  id: z.string(),
  members: z.array(memberSchema),
  /** Absent: campaigns. */
  kind: z.optional(z.literal('offer')),
  how: z.enum(['hand', 'name', 'offer', 'id', 'address', 'figures']),
  /** Do trackers' campaigns share the traffic, each with a part of its own? Absent: the same events. */
  split: z.optional(z.literal(true)),
  /** Epoch ms. */
  createdAt: z.number(),
});
export type Link = z.infer<typeof linkSchema>;

/** A proposed pair that the user does not want linked, so that it is never proposed again. */
export const rejectionSchema = z.object({
  /** `pairKey` of its members. */
  id: z.string(),
  /** Absent: campaigns. */
  kind: z.optional(z.literal('offer')),
  members: z.tuple([memberSchema, memberSchema]),
  /** Epoch ms. */
  rejectedAt: z.number(),
});
export type Rejection = z.infer<typeof rejectionSchema>;
