import { useEffect, useRef, useState } from 'preact/hooks';
import type { Previewed } from '../../lib/contract/costs.ts';
import { parseAmount, parseRate } from '../../lib/costs/amount.ts';
import type { CostUpdate } from '../../lib/costs/update.ts';
import { CrosstrackError, isLocked, type Problem, problemOf } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { SendUpdate } from '../costs/send-update.tsx';
import { daysText } from '../costs/update-text.ts';
import { useClient } from '../kit/client.ts';
import { useDraft } from '../kit/drafts.ts';
import { Field } from '../kit/field.tsx';
import { Notice, ProblemNotice, problemText } from '../kit/notice.tsx';
import { type TabProps, trackerOf } from './tab-props.ts';

interface CostForm {
  readonly amount: string;
  readonly mode: 'total' | 'cpc';
  readonly slot: number;
  readonly value: string;
  readonly unique: boolean;
  readonly rate: string;
  /** Has the user agreed that a stablecoin is a dollar? */
  readonly pegged: boolean;
}

/** What was typed, or why it cannot be read. */
type Read<T> =
  | { readonly value: T; readonly error: null }
  | { readonly value: null; readonly error: string };

function readField<T>(parse: () => T): Read<T> {
  try {
    return { value: parse(), error: null };
  } catch (error) {
    const said = error instanceof CrosstrackError ? problemText(error.problem) : String(error);
    return { value: null, error: said };
  }
}

const EMPTY = { value: null, error: null } as const;

/** The form as read: the order if it is complete, and the error of each field. */
function readForm(props: TabProps, form: CostForm, currency: string) {
  const amount =
    form.amount.trim() === ''
      ? EMPTY
      : readField(() => parseAmount(form.amount, currency, form.mode));
  const rate = form.rate.trim() === '' ? EMPTY : readField(() => parseRate(form.rate));
  const typed = amount.value;
  const foreign = typed && typed.currency !== currency ? typed.currency : null;
  const value = form.value.trim();
  const complete =
    typed !== null &&
    (foreign === null || rate.value !== null) &&
    (typed.stablecoin === null || form.pegged) &&
    // A token without a value must not apply to the whole campaign.
    (form.slot === 0 || value !== '');
  const order: CostUpdate | null = complete
    ? {
        connection: props.context.own,
        campaignId: props.campaign.id,
        campaignName: props.campaign.name,
        range: props.range,
        mode: form.mode,
        amount: typed.amount,
        currency: typed.currency,
        rate: foreign === null ? null : rate.value,
        token: form.slot > 0 ? { slot: form.slot, value } : null,
        uniqueOnly: form.unique,
      }
    : null;
  return {
    order,
    foreign,
    stablecoin: typed?.stablecoin ?? null,
    errors: { amount: amount.error, rate: rate.error },
  };
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
  const [pegged, setPegged] = useDraft(scope, 'pegged');
  const [attempt, setAttempt] = useState(0);

  const currency = own?.currency ?? 'USD';
  const { order, foreign, stablecoin, errors } = readForm(
    props,
    { amount, mode, slot, value, unique, rate, pegged: pegged === 'yes' },
    currency,
  );
  // While the amount is being changed it may be unreadable for a moment: its rate stays.
  const lastForeign = useRef(foreign);
  if (errors.amount === null) lastForeign.current = foreign;
  const rateFrom = lastForeign.current;
  const can = ability?.can === true;
  const ready = can ? order : null;
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
          error={errors.amount}
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
        {stablecoin && (
          <label class="row">
            <input
              type="checkbox"
              name="pegged"
              checked={pegged === 'yes'}
              onChange={({ currentTarget }) => setPegged(currentTarget.checked ? 'yes' : '')}
            />
            {t('costPegged', stablecoin)}
          </label>
        )}
        {rateFrom && (
          <Field
            label={t('costRate', rateFrom, currency)}
            hint={t('costRateHint')}
            error={errors.rate}
          >
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
          <SendUpdate key={previewed.id} previewed={previewed} />
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
