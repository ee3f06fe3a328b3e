import type { CostPreview, CostState } from '../../lib/costs/preview.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatCount, formatMoney, formatPercent } from '../../lib/report/format.ts';
import { Notice } from '../kit/notice.tsx';

const FIGURES = ['cost', 'cpc', 'profit', 'roi'] as const;

function show(state: CostState | null, figure: (typeof FIGURES)[number], currency: string): string {
  const value = state?.[figure] ?? null;
  if (figure === 'roi') return formatPercent(value, locale(), true);
  return formatMoney(value, currency, locale(), figure === 'profit');
}

/** A cost update's figures before and after, with its warnings. Money in the tracker's currency. */
export function PreviewCard({ preview }: { preview: CostPreview }) {
  const { before, after, trackerCurrency } = preview;
  return (
    <div class="stack">
      <table class="before-after" aria-label={t('costPreview')}>
        <thead>
          <tr>
            <th scope="col">{t('clicksOf', formatCount(preview.clicks, locale()))}</th>
            <th scope="col">{t('costBefore')}</th>
            <th scope="col">{t('costAfter')}</th>
          </tr>
        </thead>
        <tbody>
          {FIGURES.map((figure) => (
            <tr key={figure}>
              <th scope="row">{t(`metric_${figure}`)}</th>
              <td>{show(before, figure, trackerCurrency)}</td>
              <td>
                <b>{show(after, figure, trackerCurrency)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {preview.refused && (
        <Notice kind="error">{t(preview.refused.key, ...preview.refused.values)}</Notice>
      )}
      {preview.warnings.map(({ key, values }) => (
        <Notice key={key} kind="warn">
          {t(key, ...values)}
        </Notice>
      ))}
    </div>
  );
}
