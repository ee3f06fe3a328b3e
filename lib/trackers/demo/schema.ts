import { z } from '../../zod.ts';

/** A cost that was set, as the demo remembers it. */
export const setCostSchema = z.object({
  campaign: z.string(),
  from: z.string(),
  to: z.string(),
  /** null = all clicks of the campaign. */
  token: z.nullable(z.object({ slot: z.number(), value: z.string() })),
  /** Cost of one click. */
  cpc: z.number(),
  /** Epoch ms; where two cover a click, the later one counts. */
  at: z.number(),
});
export type SetCost = z.infer<typeof setCostSchema>;
