import { useEffect, useRef } from 'preact/hooks';
import type { FilterProblem } from '../../lib/compare/filter.ts';
import { t } from '../../lib/i18n.ts';
import { SearchInput } from '../kit/search-input.tsx';
import { filterProblemText } from './filter-words.ts';

/** What takes a typed sign for itself. */
const TYPED = 'input, select, textarea, [contenteditable]';
/** Id of the list of what a filter does not say. */
const PROBLEMS = 'filter-problems';

/** The filter of a table's rows, which `/` leads to, and what of it is not understood. */
export function FilterInput({
  value,
  problems,
  onValue,
}: {
  value: string;
  problems: readonly FilterProblem[];
  onValue(text: string): void;
}) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest(TYPED);
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      place.current?.querySelector<HTMLElement>('[name=search]')?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <span class="filter" ref={place}>
      <SearchInput
        name="search"
        value={value}
        hint={t('filterHint')}
        problem={problems.length > 0 ? PROBLEMS : undefined}
        onValue={onValue}
      />
      {problems.length > 0 && (
        <ul id={PROBLEMS} class="small problems">
          {problems.map((problem) => (
            <li key={`${problem.expected} ${problem.at}`} class="look">
              {filterProblemText(problem)}
            </li>
          ))}
        </ul>
      )}
    </span>
  );
}
