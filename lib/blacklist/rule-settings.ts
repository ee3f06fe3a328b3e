import { z } from '../zod.ts';

/** The user's settings for verdicts; money in the report's currency. */
export const ruleSettingsSchema = z.object({
  /** Target ROI as a ratio: 0 = break even, 0.3 = 30 %. */
  targetRoi: z.number().check(z.gte(-1), z.lte(10)),
  /** Confidence (0–1) required to cut or keep a placement. */
  confidence: z.number().check(z.gte(0.5), z.lte(0.999)),
  /** Payout per conversion; null = the average over placements with conversions. */
  payout: z.nullable(z.number().check(z.positive())),
  /** Approval rate: share (0–1) of conversions that will be paid. */
  approval: z.number().check(z.gt(0), z.lte(1)),
  /** Weight of the prior, in payouts. */
  priorWeight: z.number().check(z.gte(0), z.lte(10)),
});
export type RuleSettings = Readonly<z.infer<typeof ruleSettingsSchema>>;
