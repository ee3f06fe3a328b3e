import { completeRules } from '../../lib/blacklist/default-rules.ts';
import type { RuleSettings, Thresholds } from '../../lib/blacklist/rule-settings.ts';
import { t } from '../../lib/i18n.ts';
import { CommittedInput } from '../kit/committed-input.tsx';

interface RuleField {
  readonly rule: keyof Thresholds;
  readonly name: string;
  readonly text: string;
  readonly value: string;
  readonly step: string;
  readonly min: number;
  readonly max: number;
  /** Ends of its slider, which covers the usual values; null = it has none. */
  readonly slider: readonly [min: number, max: number] | null;
  apply(value: number): RuleSettings;
}

interface RulesProps {
  readonly rules: RuleSettings;
  /** Rules set by an administrator. */
  readonly fixed?: ReadonlyArray<keyof Thresholds>;
  readonly currency: string;
  /** The payout in use if none is set. */
  readonly payout: number | null;
  /** @param settled false while a slider moves */
  onChange(rules: RuleSettings, settled: boolean): void;
}

/** Edits the blacklist rules. Shown in percent, stored as ratios. */
export function RulesLine({ rules: given, fixed = [], currency, payout, onChange }: RulesProps) {
  const rules = completeRules(given);
  const percent = (ratio: number) => String(Math.round(ratio * 1000) / 10);
  const main: RuleField[] = [
    {
      rule: 'targetRoi',
      name: 'target-roi',
      text: t('ruleTarget'),
      value: percent(rules.targetRoi),
      step: '5',
      min: -90,
      max: 900,
      slider: [-50, 100],
      apply: (value) => ({ ...rules, targetRoi: value / 100 }),
    },
    {
      rule: 'confidence',
      name: 'confidence',
      text: t('ruleConfidence'),
      value: percent(rules.confidence),
      step: '1',
      min: 50,
      max: 99.9,
      slider: [50, 99],
      apply: (value) => ({ ...rules, confidence: value / 100 }),
    },
    {
      rule: 'approval',
      name: 'approval',
      text: t('ruleApproval'),
      value: percent(rules.approval),
      step: '5',
      min: 1,
      max: 100,
      slider: [5, 100],
      apply: (value) => ({ ...rules, approval: value / 100 }),
    },
  ];
  const more: RuleField[] = [
    {
      rule: 'ownSpend',
      name: 'own-spend',
      text: t('ruleOwnSpend'),
      value: String(rules.ownSpend),
      step: '0.5',
      min: 0,
      max: 20,
      slider: [0, 10],
      apply: (value) => ({ ...rules, ownSpend: value }),
    },
    {
      rule: 'delayHours',
      name: 'delay-hours',
      text: t('ruleDelay'),
      value: String(rules.delayHours),
      step: '1',
      min: 0,
      max: 720,
      slider: null,
      apply: (value) => ({ ...rules, delayHours: value }),
    },
  ];
  const field = (one: RuleField) => (
    <RuleInput key={one.name} field={one} fixed={fixed.includes(one.rule)} onChange={onChange} />
  );
  return (
    <div class="stack tight">
      <div class="rules">
        {main.map(field)}
        <label class="small">
          {t('rulePayout', currency)}
          <CommittedInput
            type="number"
            name="payout"
            min={0}
            step="0.1"
            value={String(rules.payout ?? '')}
            placeholder={payout === null ? '–' : payout.toFixed(2)}
            onCommit={({ valueAsNumber }) =>
              onChange({ ...rules, payout: valueAsNumber > 0 ? valueAsNumber : null }, true)
            }
          />
        </label>
      </div>
      <details class="small">
        <summary>{t('moreRules')}</summary>
        <div class="rules">
          {more.map(field)}
          <label class="small wide-rule">
            {t('ruleLooks')}
            <Fixed when={fixed.includes('looks')} />
            <select
              class="input"
              name="looks"
              value={rules.looks}
              disabled={fixed.includes('looks')}
              onChange={({ currentTarget: { value } }) =>
                onChange({ ...rules, looks: value === 'many' ? 'many' : 'one' }, true)
              }
            >
              <option value="one">{t('looksOnce')}</option>
              <option value="many">{t('looksOften')}</option>
            </select>
          </label>
        </div>
      </details>
    </div>
  );
}

const Fixed = ({ when }: { when: boolean }) =>
  when ? <span class="soft">{t('ruleFixed')}</span> : null;

/** A number to type, and a slider over its usual values, which applies while it moves. */
function RuleInput({
  field: { name, text, value, step, min, max, slider, apply },
  fixed,
  onChange,
}: {
  field: RuleField;
  fixed: boolean;
  onChange: RulesProps['onChange'];
}) {
  return (
    <div class="small rule">
      <label>
        {text}
        <Fixed when={fixed} />
        <CommittedInput
          type="number"
          name={name}
          value={value}
          readOnly={fixed}
          step={step}
          min={min}
          max={max}
          onCommit={({ valueAsNumber }) => {
            if (valueAsNumber >= min && valueAsNumber <= max) onChange(apply(valueAsNumber), true);
          }}
        />
      </label>
      {slider && (
        <input
          type="range"
          name={`${name}-slider`}
          aria-label={text}
          disabled={fixed}
          min={slider[0]}
          max={slider[1]}
          step={step}
          value={value}
          onInput={({ currentTarget }) => onChange(apply(currentTarget.valueAsNumber), false)}
          onChange={({ currentTarget }) => onChange(apply(currentTarget.valueAsNumber), true)}
        />
      )}
    </div>
  );
}
