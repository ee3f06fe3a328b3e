import type { Campaign } from '../../lib/blacklist/placement.ts';
import type { ConditionGroup } from '../../lib/blacklist/thumb-rule.ts';
import { t } from '../../lib/i18n.ts';

/** A rule that many buyers use, with the figures of a campaign. */
export interface RulePreset {
  readonly name: string;
  readonly text: string;
  readonly group: ConditionGroup;
}

/** A lander CTR of 0 is no accident with more chance than this. */
const NO_ACCIDENT = 0.05;

const NO_CONVERSION = { measure: 'conversions', is: 'atMost', value: 0 } as const;

/** The presets that a campaign has the figures for. */
export function rulePresets({
  clicks,
  conversions,
  landerViews,
  landerClicks,
}: Pick<Campaign, 'clicks' | 'conversions' | 'landerViews' | 'landerClicks'>): RulePreset[] {
  const presets: RulePreset[] = [2, 3].map((payouts) => ({
    name: `spent-${payouts}`,
    text: t('thumbSpent', payouts),
    group: [{ measure: 'spent', is: 'atLeast', value: payouts }, NO_CONVERSION],
  }));
  presets.push({
    name: 'roi',
    text: t('thumbRoi', '−30\u202f%'),
    group: [
      { measure: 'spent', is: 'atLeast', value: 1 },
      { measure: 'roi', is: 'below', value: -0.3 },
    ],
  });
  if (clicks >= conversions && conversions > 0) {
    const enough = Math.ceil(clicks / conversions);
    presets.push({
      name: 'clicks',
      text: t('thumbClicks', enough),
      group: [{ measure: 'clicks', is: 'atLeast', value: enough }, NO_CONVERSION],
    });
  }
  const usual = landerClicks / landerViews;
  if (usual > 0 && usual < 1) {
    const enough = Math.ceil(Math.log(NO_ACCIDENT) / Math.log(1 - usual));
    presets.push({
      name: 'lander',
      text: t('thumbLander', enough),
      group: [
        { measure: 'landerViews', is: 'atLeast', value: enough },
        { measure: 'landerCtr', is: 'atMost', value: 0 },
      ],
    });
  }
  return presets;
}
