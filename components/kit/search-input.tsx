import { t } from '../../lib/i18n.ts';

export function SearchInput({
  name,
  value,
  onValue,
}: {
  name: string;
  value: string;
  onValue(value: string): void;
}) {
  return (
    <input
      class="input"
      type="search"
      name={name}
      aria-label={t('search')}
      placeholder={t('search')}
      value={value}
      onInput={({ currentTarget }) => onValue(currentTarget.value)}
    />
  );
}
