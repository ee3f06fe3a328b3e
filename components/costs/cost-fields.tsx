import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import type { CostAbility } from '../../lib/trackers/adapter.ts';
import { useQuery } from '../kit/client.ts';
import { Field } from '../kit/field.tsx';
import type { CostModel } from './model.ts';

/** What is typed and chosen to set a cost. */
export function CostFields({
  model,
  ability,
  hint,
  tokensOf,
}: {
  model: InstanceType<typeof CostModel>;
  /** null = the tracker cannot set costs. */
  ability: CostAbility | null;
  hint: string;
  /** The campaign whose source names the tokens. */
  tokensOf: { readonly connection: string; readonly campaignId: string };
}) {
  const { fields } = model;
  const stablecoin = model.stablecoin.value;
  const amount = useRef<HTMLInputElement>(null);
  const text = fields.amount.text.value;
  const untouched = fields.amount.untouched.value;
  // What is typed next replaces the last amount, also when that comes after the focus.
  useLayoutEffect(() => {
    if (untouched && document.activeElement === amount.current) amount.current?.select();
  }, [untouched, text]);
  return (
    <fieldset class="stack" disabled={!ability}>
      <legend class="hidden-text">{t('tab_cost')}</legend>
      <Field label={t('costAmount')} hint={hint} error={model.amountError.value}>
        {(attributes) => (
          <div class="row">
            <input
              {...attributes}
              ref={amount}
              class="input grow"
              name="amount"
              inputMode="decimal"
              autocomplete="off"
              placeholder={`120.50 ${model.currency.value}`}
              value={text}
              onFocus={({ currentTarget }) => currentTarget.select()}
              onInput={({ currentTarget }) => fields.amount.write(currentTarget.value)}
            />
            <select
              class="input fit"
              name="mode"
              aria-label={t('costMode')}
              value={model.form.value.mode}
              onChange={({ currentTarget }) => fields.mode.write(currentTarget.value)}
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
            checked={model.form.value.pegged}
            onChange={({ currentTarget }) =>
              fields.pegged.write(currentTarget.checked ? 'yes' : '')
            }
          />
          {t('costPegged', stablecoin)}
        </label>
      )}
      {model.rates.value.map((rate) => (
        <Field
          key={rate.name}
          label={t('costRate', rate.from, rate.to)}
          hint={t('costRateHint')}
          error={rate.error}
        >
          {(attributes) => (
            <input
              {...attributes}
              class="input"
              name={rate.name}
              inputMode="decimal"
              autocomplete="off"
              value={rate.typed}
              onInput={({ currentTarget }) => model.writeRate(rate, currentTarget.value)}
            />
          )}
        </Field>
      ))}
      {ability && ability.byToken > 0 && (
        <Segment model={model} ability={ability} tokensOf={tokensOf} />
      )}
    </fieldset>
  );
}

/** Restricts the update to some of the clicks. */
function Segment({
  model,
  ability,
  tokensOf,
}: {
  model: InstanceType<typeof CostModel>;
  ability: CostAbility;
  tokensOf: { readonly connection: string; readonly campaignId: string };
}) {
  const { fields } = model;
  const { slot, uniqueOnly } = model.form.value;
  const narrowed = slot > 0 || uniqueOnly;
  const [open, setOpen] = useState(narrowed);
  useEffect(() => {
    if (narrowed) setOpen(true);
  }, [narrowed]);
  const tokens = useQuery('tokens.list', tokensOf).value ?? [];
  const nameOf = (number: number): string => {
    const token = tokens.find((one) => one.slot === number);
    if (!token || token.name === String(number)) return t('tokenNumber', number);
    return [`${number} · ${token.name}`, token.macro].filter(Boolean).join(' ');
  };
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('costSegment')}</summary>
      <div class="row">
        <select
          class="input fit"
          name="token"
          aria-label={t('token')}
          value={slot}
          onChange={({ currentTarget }) => fields.slot.write(currentTarget.value)}
        >
          <option value={0}>{t('segmentAll')}</option>
          {Array.from({ length: ability.byToken }, (_, index) => (
            <option key={index} value={index + 1}>
              {nameOf(index + 1)}
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
          value={fields.value.text.value}
          onInput={({ currentTarget }) => fields.value.write(currentTarget.value)}
        />
      </div>
      <label class="row">
        <input
          type="checkbox"
          name="unique"
          checked={uniqueOnly}
          disabled={!ability.uniqueOnly}
          onChange={({ currentTarget }) => fields.unique.write(currentTarget.checked ? 'yes' : '')}
        />
        {t('segmentUnique')}
        {!ability.uniqueOnly && <span class="small soft">{t('refused_unique_only')}</span>}
      </label>
    </details>
  );
}
