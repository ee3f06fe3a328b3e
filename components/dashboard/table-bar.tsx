import type { ComponentChildren } from 'preact';
import { locale, t } from '../../lib/i18n.ts';
import { formatCount, formatMoney } from '../../lib/report/format.ts';
import { download } from '../kit/download.ts';
import { tn } from '../kit/plural.ts';
import type { Look } from './compare-specs.ts';

/** Above a table: how many rows there are and need a look, only those with red gaps, and all as CSV. */
export function TableBar({
  count,
  rows,
  look,
  missing,
  currency,
  red,
  onRed,
  onLook,
  csv,
  fileName,
  filter,
  children,
}: {
  /** The number of rows in words. */
  count: string;
  rows: number;
  look: Omit<Look, 'missing'>;
  /** Conversions that a side lacks, and what it is called; null = none lacks any. */
  missing: { readonly count: number; readonly name: string } | null;
  /** Of the revenue that is apart. */
  currency: string;
  red: boolean;
  onRed(red: boolean): void;
  /** Puts what needs a look first. */
  onLook(): void;
  csv(): string;
  fileName: string;
  /** Chooses among the rows. */
  filter?: ComponentChildren;
  /** More to choose from, before the CSV. */
  children?: ComponentChildren;
}) {
  return (
    <div class="row table-bar">
      <span class="soft small" data-count>
        {count}
        {look.compared > 0 && (
          <>
            {' · '}
            <button type="button" class="link" name="look" onClick={onLook}>
              {t('needLook', look.count, look.compared)}
            </button>
          </>
        )}
        {look.revenue > 0 &&
          ` · ${t('revenueApart', formatMoney(look.revenue, currency, locale()))}`}
        {missing &&
          ` · ${tn('conversionsMissing', missing.count, formatCount(missing.count, locale()), missing.name)}`}
      </span>
      {filter}
      <label class="row small">
        <input
          type="checkbox"
          name="red"
          checked={red}
          onChange={({ currentTarget }) => onRed(currentTarget.checked)}
        />
        {t('onlyRed')}
      </label>
      {children}
      <button
        type="button"
        class="button"
        name="save-csv"
        disabled={rows === 0}
        onClick={() => download(csv(), fileName, 'csv', null)}
      >
        {t('saveCsv')}
      </button>
    </div>
  );
}
