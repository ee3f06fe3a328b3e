import { z } from '../zod.ts';
import {
  COMPARISONS,
  LIST_BY,
  MEASURES,
  MOST_CONDITIONS,
  MOST_GROUPS,
  type ThumbRule,
} from './thumb-rule.ts';

const conditionSchema = z.object({
  measure: z.enum(MEASURES),
  is: z.enum(COMPARISONS),
  value: z.number().check(z.gte(-1e9), z.lte(1e9)),
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
});
const groupSchema = z.array(conditionSchema).check(z.minLength(1), z.maxLength(MOST_CONDITIONS));
const thumbRuleSchema: z.ZodMiniType<ThumbRule> = z
  .array(groupSchema)
  .check(z.maxLength(MOST_GROUPS));

/** The settings for verdicts that are the same for all campaigns. */
export const thresholdsSchema = z.object({
  /** Target ROI as a ratio: 0 = break even, 0.3 = 30 %. */
  targetRoi: z.number().check(z.gte(-1), z.lte(10)),
  /** Confidence (0–1) required to cut or keep a placement. */
  confidence: z.number().check(z.gte(0.5), z.lte(0.999)),
  /** Approval rate: share (0–1) of conversions that will be paid. */
  approval: z.number().check(z.gt(0), z.lte(1)),
  /** Weight of the prior, in payouts; null = learnt from how much the campaign's placements differ. */
  priorWeight: z.nullable(z.number().check(z.gte(0), z.lte(10))),
  /** Payouts that a placement must have spent itself before it is cut. */
  ownSpend: z.optional(z.number().check(z.gte(0), z.lte(20))),
  /** Hours after the click by which conversions have arrived, where the tracker does not tell. */
  delayHours: z.optional(z.number().check(z.gte(0), z.lte(720))),
  /** `one`: the confidence is that of a single look; `many`: it holds however often one looks. */
  looks: z.optional(z.enum(['one', 'many'])),
  /** A rule of thumb beside the verdicts. */
  thumbRule: z.optional(thumbRuleSchema),
  /** What makes the list where there is such a rule. */
  listBy: z.optional(z.enum(LIST_BY)),
});
export type Thresholds = Readonly<z.infer<typeof thresholdsSchema>>;

/** Payout per conversion that is entered for a campaign, in its report's currency. */
export const payoutSchema = z.number().check(z.positive());

/** What a campaign's verdicts are made by. */
export const ruleSettingsSchema = z.extend(thresholdsSchema, {
  /** Payout per conversion; null = the average over placements with conversions. */
  payout: z.nullable(payoutSchema),
});
export type RuleSettings = Readonly<z.infer<typeof ruleSettingsSchema>>;
