import type { RuleSettings, Thresholds } from './rule-settings.ts';

/** Rules of which none is missing. */
export type CompleteRules = {
  readonly [R in keyof RuleSettings]-?: Exclude<RuleSettings[R], undefined>;
};

/**
 * Break even at 95 %, every conversion paid, a prior learnt from the campaign, one payout of own
 * spend, conversions within a day, one look, no rule of thumb.
 */
export const DEFAULT_RULES: CompleteRules = {
  targetRoi: 0,
  confidence: 0.95,
  payout: null,
  approval: 1,
  priorWeight: null,
  ownSpend: 1,
  delayHours: 24,
  looks: 'one',
  thumbRule: [],
  listBy: 'verdict',
};

const { payout: _, ...thresholds } = DEFAULT_RULES;
/** Those that are the same for all campaigns. */
export const DEFAULT_THRESHOLDS: Thresholds = thresholds;

/** The rules with defaults for those that older settings do not have. No rule of thumb makes no list. */
export const completeRules = (rules: RuleSettings): CompleteRules => ({
  ...rules,
  ownSpend: rules.ownSpend ?? DEFAULT_RULES.ownSpend,
  delayHours: rules.delayHours ?? DEFAULT_RULES.delayHours,
  looks: rules.looks ?? DEFAULT_RULES.looks,
  thumbRule: rules.thumbRule ?? DEFAULT_RULES.thumbRule,
  listBy: (rules.thumbRule?.length && rules.listBy) || DEFAULT_RULES.listBy,
});
