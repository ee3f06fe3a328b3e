import { useEffect, useRef, useState } from 'preact/hooks';
import { parseAmount } from '../../lib/costs/amount.ts';
import { type CostPreview, confirmationOf } from '../../lib/costs/preview.ts';
import type { CostUpdate } from '../../lib/costs/update.ts';
import { t } from '../../lib/i18n.ts';
import type { Box } from '../../lib/page/protocol.ts';
import { ConfirmButton } from '../kit/confirm-button.tsx';
import { Field } from '../kit/field.tsx';
import { focusWhenReady } from '../kit/focus-when-ready.ts';

/** A second press this soon after the first is the same double-click (ms). */
const SECOND_AFTER_MS = 600;

interface ConfirmStepsProps {
  previews: readonly CostPreview[];
  /** The amount that they have in common. */
  amount: Pick<CostUpdate, 'amount' | 'currency'>;
  label: string;
  disabled: boolean;
  onConfirm(at: Box): void;
}

/**
 * The foot of a preview, always in sight: the button that sends previewed updates with one amount,
 * pressed once, twice, or only after the amount was typed again, as the strictest preview demands. The
 * preview is a `.footed` element.
 */
export const ConfirmSteps = ({
  locked = false,
  ...steps
}: ConfirmStepsProps & {
  /** Can nothing be sent, as keys are locked? */
  locked?: boolean;
}) => (
  <fieldset class="foot" disabled={locked}>
    <Steps {...steps} />
  </fieldset>
);

function Steps({ previews, amount, label, disabled, onConfirm }: ConfirmStepsProps) {
  const demanded = previews.map(confirmationOf);
  const step = { label, disabled, onConfirm };
  if (demanded.includes('typed')) return <TypedAgain amount={amount} {...step} />;
  if (demanded.includes('twice')) return <PressedTwice {...step} />;
  return (
    <ConfirmButton name="send-cost" disabled={disabled} onConfirm={onConfirm}>
      {label}
    </ConfirmButton>
  );
}

interface StepProps {
  label: string;
  disabled: boolean;
  onConfirm(at: Box): void;
}

function PressedTwice({ label, disabled, onConfirm }: StepProps) {
  const [pressed, setPressed] = useState(false);
  const [late, setLate] = useState(false);
  const step = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!pressed) return;
    const timer = setTimeout(() => setLate(true), SECOND_AFTER_MS);
    return () => clearTimeout(timer);
  }, [pressed]);
  // The button that had the focus is gone: the next one takes it as soon as it can be pressed.
  useEffect(() => {
    if (!late || !step.current) return;
    return focusWhenReady(step.current, '[name=send-cost-again]:enabled');
  }, [late]);
  if (!pressed) {
    return (
      <button
        type="button"
        class="button primary"
        name="send-cost"
        disabled={disabled}
        onClick={() => setPressed(true)}
      >
        {label}
      </button>
    );
  }
  return (
    <div class="stack tight" ref={step}>
      <p role="status">{t('confirmTwice')}</p>
      <div class="row">
        <ConfirmButton name="send-cost-again" disabled={disabled || !late} onConfirm={onConfirm}>
          {label}
        </ConfirmButton>
        <button type="button" class="button" name="not-now" onClick={() => setPressed(false)}>
          {t('confirmNo')}
        </button>
      </div>
    </div>
  );
}

function TypedAgain({
  amount: { amount, currency },
  label,
  disabled,
  onConfirm,
}: StepProps & { amount: Pick<CostUpdate, 'amount' | 'currency'> }) {
  const [typed, setTyped] = useState('');
  const same = isSame(typed, amount, currency);
  return (
    <div class="stack tight">
      <Field label={t('confirmTyped', `${written(amount)} ${currency}`)}>
        {(attributes) => (
          <input
            {...attributes}
            class="input"
            name="amount-again"
            inputMode="decimal"
            autocomplete="off"
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
      </Field>
      <ConfirmButton name="send-cost" disabled={disabled || !same} onConfirm={onConfirm}>
        {label}
      </ConfirmButton>
    </div>
  );
}

/** With all its digits, as one would type it. */
const written = (amount: number): string =>
  amount.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 10 });

function isSame(typed: string, amount: number, currency: string): boolean {
  return (['cpc', 'total'] as const).some((mode) => {
    try {
      const again = parseAmount(typed, currency, mode);
      return again.amount === amount && again.currency === currency;
    } catch {
      return false;
    }
  });
}
