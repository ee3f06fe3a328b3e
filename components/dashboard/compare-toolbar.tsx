import { GROUPINGS } from '../../lib/compare/groupings.ts';
import { t } from '../../lib/i18n.ts';
import { daysIn, type Range } from '../../lib/report/range.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { tn } from '../kit/plural.ts';
import { RangePicker } from '../kit/range-picker.tsx';
import type { Division } from './divisions.ts';
import type { PageState } from './page-state.ts';

/** What the comparison is of: days, what they are held against, grouping. */
export function CompareToolbar({
  state,
  range,
  now,
  divisions,
  onDays,
  onChange,
  onRefresh,
}: {
  state: PageState;
  range: Range;
  now: () => number;
  /** What rows can be opened to. */
  divisions: readonly Division[];
  onDays(range: Range): void;
  onChange(patch: Partial<PageState>): void;
  onRefresh(): void;
}) {
  return (
    <div class="row toolbar">
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
      <IconButton name="refresh" label={t('refresh')} sign="⟳" onClick={onRefresh} />
    </div>
  );
}
