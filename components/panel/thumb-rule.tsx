import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Thresholds } from '../../lib/blacklist/rule-settings.ts';
import {
  type ConditionGroup,
  LIST_BY,
  MOST_GROUPS,
  type ThumbRule,
} from '../../lib/blacklist/thumb-rule.ts';
import { t } from '../../lib/i18n.ts';
import { tn } from '../kit/plural.ts';
import type { Blacklist } from './blacklist-model.ts';
import { RuleAmounts } from './rule-amounts.tsx';
import { newCondition } from './rule-condition.tsx';
import { RuleGroup } from './rule-group.tsx';
import { rulePresets } from './rule-presets.ts';

interface FoldProps {
  readonly model: Blacklist;
  /** Rules set by an administrator. */
  readonly fixed: ReadonlyArray<keyof Thresholds>;
  readonly currency: string;
}

/** A rule of thumb: its groups of conditions, what it amounts to, and what it does to the list. */
export function ThumbRuleFold({ model, fixed, currency }: FoldProps) {
  const root = useRef<HTMLDetailsElement>(null);
  /** What takes the focus once it is drawn. */
  const next = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (next.current) root.current?.querySelector<HTMLElement>(next.current)?.focus();
    next.current = null;
  });
  const rules = model.rules.value;
  const { thumbRule: rule, listBy } = rules;
  const isFixed = fixed.includes('thumbRule');
  const change = (to: ThumbRule, settled = true, focus: string | null = null) => {
    next.current = focus;
    // A rule that is begun anew makes no list until that is chosen.
    const by = to.length > 0 ? listBy : 'verdict';
    model.changeRules({ ...rules, thumbRule: to, listBy: by }, settled);
  };
  return (
    <details class="small" ref={root} data-thumb>
      <summary>
        {t('thumbRule')}
        {rule.length > 0 && (
          <span class="soft">
            {` · ${tn('placementsOf', model.scores.value.rule.picked)}`}
            {listBy !== 'verdict' && ` · ${t(`listBy_${listBy}`)}`}
          </span>
        )}
      </summary>
      <div class="stack tight thumb">
        <fieldset class="stack tight" disabled={isFixed}>
          <legend class="hidden-text">{t('thumbRule')}</legend>
          {isFixed && <p class="soft">{t('ruleFixed')}</p>}
          {rule.map((group, at) => (
            <RuleGroup
              key={at}
              model={model}
              group={group}
              at={at}
              isOne={rule.length === 1}
              currency={currency}
              onChange={(to, settled, focus) => change(rule.with(at, to), settled, focus)}
              onRemove={() => change(rule.toSpliced(at, 1), true, '[name=thumb-own]')}
            />
          ))}
          {!isFixed && (
            <Additions
              model={model}
              rule={rule}
              currency={currency}
              onAdd={(group) =>
                change([...rule, group], true, `[name=thumb-value-${rule.length}-0]`)
              }
            />
          )}
        </fieldset>
        {rule.length > 0 && <RuleAmounts model={model} currency={currency} />}
        {rule.length > 0 && <ListByChoice model={model} fixed={fixed.includes('listBy')} />}
      </div>
    </details>
  );
}

/** Groups that can be added: usual ones with the campaign's figures, and one to fill in. */
function Additions({
  model,
  rule,
  currency,
  onAdd,
}: {
  model: Blacklist;
  rule: ThumbRule;
  currency: string;
  onAdd(group: ConditionGroup): void;
}) {
  const isFull = rule.length >= MOST_GROUPS;
  const own = [newCondition('spent', currency), newCondition('conversions', currency)];
  return (
    <div class="row presets">
      <span class="soft">{t(rule.length > 0 ? 'thumbOr' : 'thumbUsual')}</span>
      {rulePresets(model.scores.value.campaign).map(({ name, text, group }) => (
        <button
          key={name}
          type="button"
          class="button"
          name={`thumb-${name}`}
          disabled={isFull || rule.some((one) => isSame(one, group))}
          onClick={() => onAdd(group)}
        >
          {text}
        </button>
      ))}
      <button
        type="button"
        class="button"
        name="thumb-own"
        disabled={isFull}
        onClick={() => onAdd(own)}
      >
        {t('thumbOwn')}
      </button>
    </div>
  );
}

const isSame = (one: ConditionGroup, other: ConditionGroup): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What makes the list. */
function ListByChoice({ model, fixed }: { model: Blacklist; fixed: boolean }) {
  const rules = model.rules.value;
  return (
    <label class="row">
      {t('listBy')}
      <select
        class="input list-by"
        name="list-by"
        value={rules.listBy}
        disabled={fixed}
        onChange={({ currentTarget: { value } }) => {
          const listBy = LIST_BY.find((by) => by === value);
          if (listBy) model.changeRules({ ...rules, listBy }, true);
        }}
      >
        {LIST_BY.map((by) => (
          <option key={by} value={by}>
            {t(`listBy_${by}`)}
          </option>
        ))}
      </select>
      {fixed && <span class="soft">{t('ruleFixed')}</span>}
    </label>
  );
}
