import { type Edge, groupEdge } from '../../lib/blacklist/rule-edge.ts';
import {
  type ConditionGroup,
  type Measure,
  MOST_CONDITIONS,
} from '../../lib/blacklist/thumb-rule.ts';
import { t } from '../../lib/i18n.ts';
import type { Blacklist } from './blacklist-model.ts';
import { newCondition, RuleCondition } from './rule-condition.tsx';
import { sureText } from './verdict-words.ts';

/** Measures in the order in which conditions on them are proposed: one more than a group may have. */
const PROPOSED: readonly Measure[] = [
  'spent',
  'conversions',
  'roi',
  'clicks',
  'landerViews',
  'landerCtr',
];

/** How sure a group is at its edge, beside the sentence that says it of the whole rule. */
function shortText(edge: Edge): string {
  if (edge.kind === 'sure') return t('thumbGroupEdge', sureText(edge.flat));
  return edge.kind === 'silent' ? t('thumbGroupSilent') : '';
}

/** Conditions that must all be met, to edit. */
export function RuleGroup({
  model,
  group,
  at,
  isOne,
  currency,
  onChange,
  onRemove,
}: {
  model: Blacklist;
  group: ConditionGroup;
  /** Which group of the rule, from 0. */
  at: number;
  /** Is it the only one? */
  isOne: boolean;
  currency: string;
  /**
   * @param settled false while a figure is typed
   * @param focus what takes the focus then; null = what has it
   */
  onChange(group: ConditionGroup, settled: boolean, focus: string | null): void;
  onRemove(): void;
}) {
  const named = (what: string, nth: number) => `thumb-${what}-${at}-${nth}`;
  const judgedBy = model.judgedBy.value;
  const judged = judgedBy.thumbRule[at];
  const add = () => {
    const used = group.map(({ measure }) => measure);
    const measure = PROPOSED.find((one) => !used.includes(one)) ?? 'cost';
    const more = [...group, newCondition(measure, currency)];
    onChange(more, true, `[name=${named('value', group.length)}]`);
  };
  const remove = (nth: number) => {
    if (group.length === 1) onRemove();
    else onChange(group.toSpliced(nth, 1), true, `[name=${named('remove', Math.max(0, nth - 1))}]`);
  };
  return (
    <fieldset class="stack rule-group" data-group={at}>
      <legend class="hidden-text">{t('thumbGroup', at + 1)}</legend>
      {at > 0 && <p class="soft">{t('thumbOr')}</p>}
      {group.map((condition, nth) => (
        <RuleCondition
          key={nth}
          condition={condition}
          word={t(nth === 0 ? 'thumbIf' : 'thumbAnd')}
          name={(what) => named(what, nth)}
          currency={currency}
          onChange={(to, settled) => onChange(group.with(nth, to), settled, null)}
          onRemove={() => remove(nth)}
        />
      ))}
      <p class="row">
        <button
          type="button"
          class="link"
          name={`thumb-and-${at}`}
          disabled={group.length >= MOST_CONDITIONS}
          onClick={add}
        >
          {t('thumbAdd')}
        </button>
        {!isOne && judged && (
          <span class="soft" data-group-edge>
            {shortText(groupEdge(judged, model.scores.value.campaign, judgedBy))}
          </span>
        )}
      </p>
    </fieldset>
  );
}
