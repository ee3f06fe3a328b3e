import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import type { JournalRecord, Surface } from '../../lib/journal/record.ts';
import { CommittedInput } from '../kit/committed-input.tsx';
import { SearchInput } from '../kit/search-input.tsx';
import type { JournalFilter } from './select-records.ts';

const SURFACES: readonly Surface[] = ['panel', 'page', 'popup'];

type Filter = Omit<JournalFilter, 'campaign'>;

/** The filters of the journal: tracker, campaign, state, day and surface. */
export function JournalFilters({
  records,
  connections,
  filter,
  search,
  onChange,
  onSearch,
}: {
  /** All of them; only what occurs among them can be chosen. */
  records: readonly JournalRecord[];
  connections: readonly ConnectionView[];
  filter: Filter;
  search: string;
  onChange(filter: Filter): void;
  onSearch(text: string): void;
}) {
  const names = new Map(
    records.map(({ order, connectionName }) => [
      order.connection,
      connections.find(({ id }) => id === order.connection)?.name ?? connectionName,
    ]),
  );
  const states = [...new Set(records.map(({ state }) => state))];
  const choose = (
    key: keyof Filter,
    any: string,
    options: ReadonlyArray<readonly [string, string]>,
  ) => (
    <select
      class="input fit"
      name={`journal-${key}`}
      aria-label={any}
      value={filter[key]}
      onChange={({ currentTarget }) => onChange({ ...filter, [key]: currentTarget.value })}
    >
      <option value="">{any}</option>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
  return (
    <>
      <SearchInput name="search" value={search} onValue={onSearch} />
      {choose('connection', t('journalAnyConnection'), [...names])}
      {choose(
        'state',
        t('journalAnyState'),
        states.map((state) => [state, t(`state_${state}`)]),
      )}
      {choose(
        'surface',
        t('journalAnySurface'),
        SURFACES.map((surface) => [surface, t(`surface_${surface}`)]),
      )}
      <label class="row small">
        {t('journalDay')}
        <CommittedInput
          type="date"
          name="journal-day"
          value={filter.day}
          onCommit={({ value }) => onChange({ ...filter, day: value })}
        />
      </label>
    </>
  );
}
