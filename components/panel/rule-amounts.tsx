import { type Edge, edgeOf } from '../../lib/blacklist/rule-edge.ts';
import { isOfOther } from '../../lib/blacklist/thumb-rule.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatCount } from '../../lib/report/format.ts';
import { tn } from '../kit/plural.ts';
import type { Blacklist } from './blacklist-model.ts';
import { goodText, savingText, sureText } from './verdict-words.ts';

const VERDICT_ORDER = ['cut', 'wait', 'keep', 'unknown'] as const;

/** What a rule of thumb amounts to: what it picks here, and how sure it is at its edge. */
export function RuleAmounts({ model, currency }: { model: Blacklist; currency: string }) {
  const { campaign, rule } = model.scores.value;
  const judgedBy = model.judgedBy.value;
  const { picked, young, kinds, sure, expectedGood, savingPerDay } = rule;
  const verdicts = VERDICT_ORDER.filter((kind) => kinds[kind] > 0);
  return (
    <div aria-live="polite" data-amounts>
      <p>
        <b>{picked === 0 ? t('thumbPicksNone') : tn('thumbPicks', picked)}</b>
        {sure !== null &&
          ` · ${t('thumbSure', sureText(sure))} · ${goodText(expectedGood)} · ${savingText(savingPerDay, currency)}`}
        {picked > 0 && sure === null && ` · ${t('thumbUntold')}`}
      </p>
      {verdicts.length > 0 && (
        <p class="soft">
          {verdicts.map((kind, at) => (
            <span key={kind} class={kind === 'keep' ? 'look' : ''}>
              {at > 0 && ' · '}
              {t(`verdict_${kind}`)} {formatCount(kinds[kind], locale())}
            </span>
          ))}
        </p>
      )}
      {young > 0 && (
        <p class="small look" data-young>
          {tn('thumbYoung', young)}
        </p>
      )}
      <p data-edge>{edgeText(edgeOf(judgedBy.thumbRule, campaign, judgedBy))}</p>
      {model.rules.value.thumbRule.flat().some((one) => isOfOther(one, currency)) && (
        <p class="look">{t('thumbCurrency')}</p>
      )}
    </div>
  );
}

/** How sure a rule is at its edge, or why that cannot be told. */
function edgeText(edge: Edge): string {
  switch (edge.kind) {
    case 'sure': {
      const [flat, own] = [sureText(edge.flat), sureText(edge.own)];
      return flat === own ? t('thumbEdge', flat) : t('thumbEdgeOwn', flat, own);
    }
    case 'silent':
      return t(edge.isAll ? 'thumbSilent' : 'thumbSilentPart');
    case 'noPayout':
      return t('thumbNoPayout');
    case 'never':
      return t('thumbNever');
  }
}
