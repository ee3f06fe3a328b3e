import { useEffect, useState } from 'preact/hooks';
import type { Previewed } from '../../lib/contract/costs.ts';
import { parseAmount } from '../../lib/costs/amount.ts';
import type { CostUpdate } from '../../lib/costs/update.ts';
import { CrosstrackError, isLocked, type Problem, problemOf } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { daysText } from '../costs/order-text.ts';
import { SendOrder } from '../costs/send-order.tsx';
import { useClient } from '../kit/client.ts';
import { useDraft } from '../kit/drafts.ts';
import { Field } from '../kit/field.tsx';
import { Notice, ProblemNotice, problemText } from '../kit/notice.tsx';
import { type TabProps, trackerOf } from './tab-props.ts';

/** The form as an order, or why it is not one. */
function orderOf(
  props: TabProps,
  form: {
    amount: string;
    mode: 'total' | 'cpc';
    slot: number;
    value: string;
    unique: boolean;
    rate: string;
  },
  currency: string,
): { order: CostUpdate | null; error: string | null; foreign: string | null } {
  const value = form.value.trim();
  // A token without a value must not apply to the whole campaign.
  const unfinished = form.amount.trim() === '' || (form.slot > 0 && value === '');
  if (unfinished) return { order: null, error: null, foreign: null };
  try {
    const typed = parseAmount(form.amount, currency);
    const foreign = typed.currency === currency ? null : typed.currency;
    const rate =
      foreign && form.rate.trim() !== '' ? parseAmount(form.rate, currency).amount : null;
    const order: CostUpdate = {
      connection: props.context.own,
      campaignId: props.campaign.id,
      campaignName: props.campaign.name,
      range: props.range,
      mode: form.mode,
      amount: typed.amount,
      currency: typed.currency,
      rate: rate === 0 ? null : rate,
      token: form.slot > 0 ? { slot: form.slot, value } : null,
      uniqueOnly: form.unique,
    };
    return { order, error: null, foreign };
  } catch (error) {
    const problem = error instanceof CrosstrackError ? problemText(error.problem) : String(error);
    return { order: null, error: problem, foreign: null };
  }
}

/** Sets a cost: an amount, a preview, a confirmation, then its progress. */
export function CostTab(props: TabProps) {
  const { context, range } = props;
  const own = context.connections.find(({ id }) => id === context.own);
  const ability = trackerOf(context, own?.tracker ?? '')?.capabilities.cost;
  const scope = `cost ${context.own} ${props.campaign.id}`;
  const [amount, setAmount] = useDraft(scope, 'amount');
  const [modeText, setMode] = useDraft(scope, 'mode', 'total');
  const [slotText, setSlot] = useDraft(scope, 'slot', '0');
  const [value, setValue] = useDraft(scope, 'value');
  const [uniqueText, setUnique] = useDraft(scope, 'unique');
  const [rate, setRate] = useDraft(scope, 'rate');
  const mode = modeText === 'cpc' ? 'cpc' : 'total';
  const slot = Number(slotText) || 0;
  const unique = uniqueText === 'yes';
  const [attempt, setAttempt] = useState(0);

  const currency = own?.currency ?? 'USD';
  const { order, error, foreign } = orderOf(
    props,
    { amount, mode, slot, value, unique, rate },
    currency,
  );
  const can = ability?.can === true;
  const ready = can && order !== null && (foreign === null || order.rate !== null) ? order : null;
  const { previewed, problem, busy } = usePreview(ready, attempt);

  if (!own || !ability) return null;
  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      {!ability.can && <Notice kind="info">{t(ability.reason)}</Notice>}
      <fieldset class="stack" disabled={!can}>
        <legend class="hidden-text">{t('tab_cost')}</legend>
        <Field
          label={t('costAmount')}
          hint={t('costAmountHint', currency, daysText(range), range.zone)}
          error={error}
        >
          {(attributes) => (
            <div class="row">
              <input
                {...attributes}
                class="input grow"
                name="amount"
                inputMode="decimal"
                autocomplete="off"
                placeholder={`120.50 ${currency}`}
                value={amount}
                onInput={({ currentTarget }) => setAmount(currentTarget.value)}
              />
              <select
                class="input fit"
                name="mode"
                aria-label={t('costMode')}
                value={mode}
                onChange={({ currentTarget }) => setMode(currentTarget.value)}
              >
                <option value="total">{t('costModeTotal')}</option>
                <option value="cpc">{t('costModeCpc')}</option>
              </select>
            </div>
          )}
        </Field>
        {foreign && (
          <Field label={t('costRate', foreign, currency)} hint={t('costRateHint')}>
            {(attributes) => (
              <input
                {...attributes}
                class="input"
                name="rate"
                inputMode="decimal"
                autocomplete="off"
                value={rate}
                onInput={({ currentTarget }) => setRate(currentTarget.value)}
              />
            )}
          </Field>
        )}
        {ability.can && ability.byToken > 0 && (
          <details>
            <summary>{t('costSegment')}</summary>
            <div class="row">
              <select
                class="input fit"
                name="token"
                aria-label={t('token')}
                value={slot}
                onChange={({ currentTarget }) => setSlot(currentTarget.value)}
              >
                <option value={0}>{t('segmentAll')}</option>
                {Array.from({ length: ability.byToken }, (_, index) => (
                  <option key={index} value={index + 1}>
                    {t('tokenNumber', index + 1)}
                  </option>
                ))}
              </select>
              <input
                class="input grow"
                name="token-value"
                aria-label={t('tokenValue')}
                placeholder={t('tokenValue')}
                disabled={slot === 0}
                autocomplete="off"
                value={value}
                onInput={({ currentTarget }) => setValue(currentTarget.value)}
              />
            </div>
            <label class="row">
              <input
                type="checkbox"
                name="unique"
                checked={unique}
                disabled={!ability.uniqueOnly}
                onChange={({ currentTarget }) => setUnique(currentTarget.checked ? 'yes' : '')}
              />
              {t('segmentUnique')}
              {!ability.uniqueOnly && <span class="small soft">{t('refused_unique_only')}</span>}
            </label>
          </details>
        )}
      </fieldset>
      {problem && (
        <ProblemNotice
          problem={problem}
          action={
            <button type="button" class="button" onClick={() => setAttempt(attempt + 1)}>
              {t('tryAgain')}
            </button>
          }
        />
      )}
      {busy && <div class="skeleton" />}
      {previewed && (
        <fieldset disabled={isLocked(own.problem)}>
          <SendOrder key={previewed.id} previewed={previewed} />
        </fieldset>
      )}
    </form>
  );
}

const DEBOUNCE_MS = 250;

/** The preview of an order, debounced. A newer order cancels the one before. */
function usePreview(order: CostUpdate | null, attempt: number) {
  const client = useClient();
  const [result, setResult] = useState<Partial<{ previewed: Previewed; problem: Problem }> | null>(
    null,
  );
  const key = JSON.stringify(order);
  useEffect(() => {
    setResult(null);
    if (!order) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      client.call('costs.preview', { order }, controller.signal).then(
        (previewed) => setResult({ previewed }),
        (error: unknown) => {
          if (!controller.signal.aborted) setResult({ problem: problemOf(error) });
        },
      );
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, key, attempt]);
  return { ...result, busy: order !== null && result === null };
}
