import { useEffect, useRef } from 'preact/hooks';
import type { FilterProblem } from '../../lib/compare/filter.ts';
import { GROUPINGS } from '../../lib/compare/groupings.ts';
import { t } from '../../lib/i18n.ts';
import { daysIn, type Range } from '../../lib/report/range.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { tn } from '../kit/plural.ts';
import { RangePicker } from '../kit/range-picker.tsx';
import { SearchInput } from '../kit/search-input.tsx';
import type { Division } from './divisions.ts';
import { filterProblemText } from './filter-words.ts';
import type { PageState } from './page-state.ts';

/** What takes a typed sign for itself. */
const TYPED = 'input, select, textarea, [contenteditable]';
/** Id of the list of what a filter does not say. */
const PROBLEMS = 'filter-problems';

/** What the comparison is of: days, what they are held against, grouping, filter. */
export function CompareToolbar({
  state,
  range,
  now,
  problems,
  divisions,
  onDays,
  onChange,
  onSearch,
  onRefresh,
}: {
  state: PageState;
  range: Range;
  now: () => number;
  /** What of the filter is not understood. */
  problems: readonly FilterProblem[];
  /** What rows can be opened to. */
  divisions: readonly Division[];
  onDays(range: Range): void;
  onChange(patch: Partial<PageState>): void;
  onSearch(text: string): void;
  onRefresh(): void;
}) {
  const toolbar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest(TYPED);
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      toolbar.current?.querySelector<HTMLElement>('[name=search]')?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div class="row toolbar" ref={toolbar}>
      <RangePicker range={range} now={now} onChange={onDays} />
      <span class="small soft">{t('daysIn', range.zone)}</span>
      <label class="row">
        {t('versus')}
        <select
          class="input"
          name="versus"
          value={state.versus ?? ''}
          onChange={({ currentTarget }) =>
            onChange({ versus: currentTarget.value === 'before' ? 'before' : null })
          }
        >
          <option value="">{t('versusNone')}</option>
          <option value="before">{tn('daysBefore', daysIn(range))}</option>
        </select>
      </label>
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
      <label class="row">
        {t('thenBy')}
        <select
          class="input"
          name="then"
          value={state.inner === state.by ? '' : (state.inner ?? '')}
          onChange={({ currentTarget }) =>
            onChange({ inner: GROUPINGS.find((one) => one === currentTarget.value) ?? null })
          }
        >
          <option value="">{t('thenNone')}</option>
          {divisions.map(({ by, possible, missing }) => (
            <option key={by} value={by} disabled={!possible}>
              {t(`group_${by}`)}
              {!possible && missing[0] && ` (${t(missing[0].reason)})`}
            </option>
          ))}
        </select>
      </label>
      <SearchInput
        name="search"
        value={state.search}
        hint={t('filterHint')}
        problem={problems.length > 0 ? PROBLEMS : undefined}
        onValue={onSearch}
      />
      <IconButton name="refresh" label={t('refresh')} sign="⟳" onClick={onRefresh} />
      {problems.length > 0 && (
        <ul id={PROBLEMS} class="small problems">
          {problems.map((problem) => (
            <li key={`${problem.expected} ${problem.at}`} class="look">
              {filterProblemText(problem)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
