import {
  type Comparison,
  type Condition,
  type Measure,
  MONEY,
  type ThumbRule,
} from '../../lib/blacklist/thumb-rule.ts';
import { locale, t } from '../../lib/i18n.ts';

export const SIGNS: { readonly [C in Comparison]: string } = {
  atLeast: '≥',
  above: '>',
  atMost: '≤',
  below: '<',
};

/** Those that are shown in percent. */
export const PERCENTS: ReadonlySet<Measure> = new Set(['roi', 'cr', 'landerCtr']);

export const measureText = (measure: Measure): string =>
  t(measure === 'spent' ? 'measureSpent' : `metric_${measure}`);

/** What the figure of a condition is counted in: "%", "USD". */
export function unitOf({
  measure,
  currency = '',
}: Pick<Condition, 'measure' | 'currency'>): string {
  if (PERCENTS.has(measure)) return '%';
  return MONEY.has(measure) ? currency : '';
}

/** "Spend in payouts ≥ 2 and Conv ≤ 0 or ROI < −30 %". */
export const ruleWords = (rule: ThumbRule): string =>
  rule
    .map((group) => group.map(conditionText).join(` ${t('thumbAnd')} `))
    .join(` ${t('thumbOr')} `);

function conditionText(condition: Condition): string {
  const { measure, is, value } = condition;
  const figure = new Intl.NumberFormat(locale(), { maximumFractionDigits: 4 })
    .format(PERCENTS.has(measure) ? value * 100 : value)
    .replace('-', '−');
  return `${measureText(measure)} ${SIGNS[is]} ${figure} ${unitOf(condition)}`.trimEnd();
}
