import { GROUPINGS } from '../../lib/compare/groupings.ts';
import { t } from '../../lib/i18n.ts';
import type { Range } from '../../lib/report/range.ts';
import { RangePicker } from '../kit/range-picker.tsx';
import { SearchInput } from '../kit/search-input.tsx';
import type { PageState } from './page-state.ts';

/** What the comparison is of: days, grouping, search. */
export function CompareToolbar({
  state,
  range,
  now,
  onDays,
  onChange,
  onSearch,
  onRefresh,
}: {
  state: PageState;
  range: Range;
  now: () => number;
  onDays(range: Range): void;
  onChange(patch: Partial<PageState>): void;
  onSearch(text: string): void;
  onRefresh(): void;
}) {
  return (
    <div class="row toolbar">
      <RangePicker range={range} now={now} onChange={onDays} />
      <span class="small soft">{t('daysIn', range.zone)}</span>
      <label class="row">
        {t('groupBy')}
        <select
          class="input"
          name="by"
          value={state.by}
          onChange={({ currentTarget }) => {
            const by = GROUPINGS.find((one) => one === currentTarget.value);
            // A search for one thing finds nothing among others.
            if (by) onChange({ by, search: '', sort: '', descending: true });
          }}
        >
          {GROUPINGS.map((one) => (
            <option key={one} value={one}>
              {t(`group_${one}`)}
            </option>
          ))}
        </select>
      </label>
      <SearchInput name="search" value={state.search} onValue={onSearch} />
      <button type="button" class="button" name="refresh" onClick={onRefresh}>
        ⟳ {t('refresh')}
      </button>
    </div>
  );
}
