import { useState } from 'preact/hooks';
import {
  COMPARISONS,
  type Comparison,
  type Condition,
  MEASURES,
  type Measure,
  MONEY,
} from '../../lib/blacklist/thumb-rule.ts';
import { t } from '../../lib/i18n.ts';
import { measureText, PERCENTS, SIGNS, unitOf } from '../kit/rule-words.ts';

/** What a new condition asks, as its field shows it, and what the field takes. */
interface Field {
  readonly is: Comparison;
  readonly start: number;
  readonly step: number;
  readonly min: number;
}

/** As the settings take it: a payout may be a million and more, in dong or rupiah. */
const MOST = 1_000_000_000;
const FIELDS: { readonly [M in Measure]: Field } = {
  spent: { is: 'atLeast', start: 2, step: 0.5, min: 0 },
  cost: { is: 'atLeast', start: 10, step: 1, min: 0 },
  clicks: { is: 'atLeast', start: 100, step: 10, min: 0 },
  conversions: { is: 'atMost', start: 0, step: 1, min: 0 },
  revenue: { is: 'atMost', start: 0, step: 1, min: -MOST },
  profit: { is: 'atMost', start: -10, step: 1, min: -MOST },
  roi: { is: 'below', start: -30, step: 5, min: -100 },
  cr: { is: 'below', start: 0.5, step: 0.1, min: 0 },
  epc: { is: 'below', start: 0.01, step: 0.01, min: -MOST },
  landerViews: { is: 'atLeast', start: 50, step: 10, min: 0 },
  landerCtr: { is: 'atMost', start: 0, step: 1, min: 0 },
};

const scaleOf = (measure: Measure): number => (PERCENTS.has(measure) ? 100 : 1);

/** A condition on a measure, to begin with. */
export function newCondition(measure: Measure, currency: string): Condition {
  const { is, start } = FIELDS[measure];
  const value = start / scaleOf(measure);
  return { measure, is, value, ...(MONEY.has(measure) ? { currency } : {}) };
}

/** One condition to edit: "and [ROI] [<] [−30] %". */
export function RuleCondition({
  condition,
  word,
  name,
  currency,
  onChange,
  onRemove,
}: {
  condition: Condition;
  /** Before it: "if", "and". */
  word: string;
  /** Names of its controls. */
  name(what: 'measure' | 'is' | 'value' | 'remove'): string;
  /** Of the figures, for new conditions on money. */
  currency: string;
  /** @param settled false while a figure is typed */
  onChange(condition: Condition, settled: boolean): void;
  onRemove(): void;
}) {
  const { measure, is } = condition;
  return (
    <div class="condition">
      <span class="soft">{word}</span>
      <select
        class="input measure"
        name={name('measure')}
        aria-label={t('thumbMeasure')}
        value={measure}
        onChange={({ currentTarget: { value } }) =>
          onChange(newCondition(MEASURES.find((one) => one === value) ?? measure, currency), true)
        }
      >
        {MEASURES.map((one) => (
          <option key={one} value={one}>
            {measureText(one)}
          </option>
        ))}
      </select>
      <select
        class="input is"
        name={name('is')}
        aria-label={t('thumbComparison')}
        value={is}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...condition, is: COMPARISONS.find((one) => one === value) ?? is }, true)
        }
      >
        {COMPARISONS.map((one) => (
          <option key={one} value={one} aria-label={t(`is_${one}`)}>
            {SIGNS[one]}
          </option>
        ))}
      </select>
      <Figure condition={condition} name={name('value')} onChange={onChange} />
      <span class="soft">{unitOf(condition)}</span>
      <button
        type="button"
        class="button quiet"
        name={name('remove')}
        aria-label={t('thumbRemove', measureText(measure))}
        onClick={onRemove}
      >
        ×
      </button>
    </div>
  );
}

/** The figure of a condition. What is typed counts as soon as it is one that the field takes. */
function Figure({
  condition,
  name,
  onChange,
}: {
  condition: Condition;
  name: string;
  onChange(condition: Condition, settled: boolean): void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const { measure, value } = condition;
  const { step, min } = FIELDS[measure];
  const scale = scaleOf(measure);
  const isTaken = (figure: number): boolean => figure >= min && figure <= MOST;
  /** What the field does not take leaves the condition at the last figure that it took. */
  const apply = ({ valueAsNumber: figure }: HTMLInputElement, settled: boolean): void =>
    onChange({ ...condition, value: isTaken(figure) ? figure / scale : value }, settled);
  const shown = String(Math.round(value * scale * 1e6) / 1e6);
  return (
    <input
      class="input"
      type="number"
      name={name}
      aria-label={`${measureText(measure)} ${unitOf(condition)}`.trimEnd()}
      aria-invalid={typed !== null && !isTaken(Number.parseFloat(typed))}
      step={step}
      min={min}
      max={MOST}
      value={typed ?? shown}
      onInput={({ currentTarget }) => {
        setTyped(currentTarget.value);
        apply(currentTarget, false);
      }}
      onChange={({ currentTarget }) => {
        apply(currentTarget, true);
        setTyped(null);
      }}
    />
  );
}
