import { t } from '../../lib/i18n.ts';

export function SearchInput({
  name,
  value,
  hint = t('search'),
  problem,
  onValue,
}: {
  name: string;
  value: string;
  /** What can be typed; default: a search. */
  hint?: string;
  /** Id of the element that says what is wrong with the value; absent = nothing is. */
  problem?: string | undefined;
  onValue(value: string): void;
}) {
  return (
    <input
      class="input"
      type="search"
      name={name}
      aria-label={t('search')}
      aria-invalid={problem ? 'true' : undefined}
      aria-describedby={problem}
      placeholder={hint}
      value={value}
      onInput={({ currentTarget }) => onValue(currentTarget.value)}
    />
  );
}
