import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { PRESETS, presetOf, presetRange, type Range } from '../../lib/report/range.ts';
import { CommittedInput } from './committed-input.tsx';

/** Picks a date range: a preset or a custom one. The time zone stays. */
export function RangePicker({
  range,
  now,
  onChange,
}: {
  range: Range;
  now: () => number;
  onChange(range: Range): void;
}) {
  const dateInputs = useDateInputs();
  const preset = presetOf(range, now());
  const day = (edge: 'from' | 'to', value: string) => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return;
    const next = { ...range, [edge]: value };
    // The other end follows, so that the range never runs backwards.
    onChange(next.from <= next.to ? next : { ...next, from: value, to: value });
  };
  return (
    <span class="row range">
      <select
        class="input"
        name="preset"
        aria-label={t('range')}
        value={preset ?? 'custom'}
        onChange={({ currentTarget }) => {
          const chosen = PRESETS.find((one) => one === currentTarget.value);
          if (chosen) onChange(presetRange(chosen, now(), range.zone));
        }}
      >
        {PRESETS.map((one) => (
          <option key={one} value={one}>
            {t(`preset_${one}`)}
          </option>
        ))}
        <option value="custom">{t('presetCustom')}</option>
      </select>
      {(['from', 'to'] as const).map((edge) =>
        dateInputs ? (
          <CommittedInput
            key={edge}
            type="date"
            name={edge}
            aria-label={t(`range_${edge}`)}
            value={range[edge]}
            onCommit={({ value }) => day(edge, value)}
          />
        ) : (
          <span key={edge} class="input day">
            {range[edge]}
          </span>
        ),
      )}
    </span>
  );
}

/** By then known figures are painted. An idle callback would run earlier, while they load. */
const DATE_INPUTS_DELAY_MS = 300;

/** Delays date inputs: in Firefox the first one takes longer than the rest of the surface. */
function useDateInputs(): boolean {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), DATE_INPUTS_DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return due;
}
