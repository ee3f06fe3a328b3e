import { useState } from 'preact/hooks';
import { type Rate, rateBetween } from '../../lib/compare/rates.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatRate } from '../../lib/report/format.ts';
import { dayOf } from '../../lib/report/range.ts';
import { readRate } from '../costs/read-form.ts';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { CommittedInput } from '../kit/committed-input.tsx';
import { Field } from '../kit/field.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { ProblemNotice } from '../kit/notice.tsx';

/**
 * Exchange rates by hand, each with its day: of the given currencies into one of them, and all that
 * were entered before. Nothing where there is only one currency.
 *
 * @param of.now epoch ms
 */
export function Rates({
  currencies,
  into,
  now,
}: {
  currencies: readonly string[];
  into: string;
  now: () => number;
}) {
  const { value: rates } = useQuery('rates.list', {});
  if (!rates) return null;
  const wanted = [...new Set(currencies)].filter((from) => from !== into);
  const pairs = [
    ...wanted.map((from) => ({ from, to: into })),
    ...rates.filter(
      ({ from, to }) =>
        !wanted.some((one) => [from, to].includes(one) && [from, to].includes(into)),
    ),
  ];
  const today = dayOf(now(), Intl.DateTimeFormat().resolvedOptions().timeZone);
  return (
    <>
      {pairs.map(({ from, to }) => (
        <RateRow
          key={`${from} ${to}`}
          from={from}
          to={to}
          known={rateBetween(rates, from, to)}
          today={today}
        />
      ))}
    </>
  );
}

function RateRow({
  from,
  to,
  known,
  today,
}: Pick<Rate, 'from' | 'to'> & {
  known: Rate | null;
  today: string;
}) {
  const client = useClient();
  const { problem, run } = useAction();
  /** What is being typed; null = nothing. */
  const [typed, setTyped] = useState<string | null>(null);
  const read = readRate(typed ?? '');
  const save = (change: Partial<Rate>) =>
    void run(async () => {
      const rate = change.rate ?? known?.rate;
      if (rate === undefined) return;
      await client.call('rates.set', { from, to, rate, day: change.day ?? known?.day ?? today });
      setTyped(null);
    });
  return (
    <div class="row wrap rate" data-rate={`${from} ${to}`}>
      <Field label={t('costRate', from, to)} error={read.error}>
        {(attributes) => (
          <input
            {...attributes}
            class="input fit"
            name="rate"
            inputMode="decimal"
            autocomplete="off"
            value={typed ?? (known ? formatRate(known.rate, locale()) : '')}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
            onChange={() => {
              // A new rate is of today unless its day is changed.
              if (read.value !== null) save({ rate: read.value, day: today });
              else if (typed === '') setTyped(null);
            }}
          />
        )}
      </Field>
      <CommittedInput
        type="date"
        name="rate-day"
        aria-label={t('rateDay', from, to)}
        value={known?.day ?? today}
        readOnly={known === null}
        onCommit={({ value }) => {
          if (value !== '') save({ day: value });
        }}
      />
      {known && (
        <IconButton
          name="remove-rate"
          label={t('rateRemove', from, to)}
          sign="×"
          onClick={() => void run(() => client.call('rates.remove', { from, to }))}
        />
      )}
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}
