import type { RuleSettings } from '../../lib/blacklist/rule-settings.ts';
import { t } from '../../lib/i18n.ts';
import { CommittedInput } from '../kit/committed-input.tsx';

interface RuleField {
  readonly rule: keyof RuleSettings;
  readonly name: string;
  readonly text: string;
  readonly value: string;
  readonly step: string;
  readonly min: number;
  readonly max: number;
  apply(value: number): RuleSettings;
}

/** Edits the blacklist rules. Shown in percent, stored as ratios. */
export function RulesLine({
  rules,
  fixed = [],
  currency,
  payout,
  onChange,
}: {
  rules: RuleSettings;
  /** Rules set by an administrator. */
  fixed?: ReadonlyArray<keyof RuleSettings>;
  currency: string;
  /** The payout in use if none is set. */
  payout: number | null;
  onChange(rules: RuleSettings): void;
}) {
  const percent = (ratio: number) => String(Math.round(ratio * 1000) / 10);
  const fields: RuleField[] = [
    {
      rule: 'targetRoi',
      name: 'target-roi',
      text: t('ruleTarget'),
      value: percent(rules.targetRoi),
      step: '5',
      min: -90,
      max: 900,
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
      apply: (value) => ({ ...rules, approval: value / 100 }),
    },
  ];
  const note = (rule: keyof RuleSettings) =>
    fixed.includes(rule) && <span class="soft">{t('ruleFixed')}</span>;
  return (
    <div class="rules">
      {fields.map(({ rule, name, text, value, step, min, max, apply }) => (
        <label key={name} class="small">
          {text}
          {note(rule)}
          <CommittedInput
            type="number"
            name={name}
            value={value}
            readOnly={fixed.includes(rule)}
            step={step}
            min={min}
            max={max}
            onCommit={({ valueAsNumber }) => {
              if (valueAsNumber >= min && valueAsNumber <= max) onChange(apply(valueAsNumber));
            }}
          />
        </label>
      ))}
      <label class="small">
        {t('rulePayout', currency)}
        {note('payout')}
        <CommittedInput
          type="number"
          name="payout"
          readOnly={fixed.includes('payout')}
          min={0}
          step="0.1"
          value={String(rules.payout ?? '')}
          placeholder={payout === null ? '–' : payout.toFixed(2)}
          onCommit={({ valueAsNumber }) =>
            onChange({ ...rules, payout: valueAsNumber > 0 ? valueAsNumber : null })
          }
        />
      </label>
    </div>
  );
}
