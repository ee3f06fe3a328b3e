import type { CostPreview, CostState, Remark } from '../../lib/costs/preview.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatCount, formatMoney, formatPercent } from '../../lib/report/format.ts';
import { Notice } from '../kit/notice.tsx';

const FIGURES = ['cost', 'cpc', 'profit', 'roi'] as const;

function show(state: CostState | null, figure: (typeof FIGURES)[number], currency: string): string {
  const value = state?.[figure] ?? null;
  if (figure === 'roi') return formatPercent(value, locale(), true);
  return formatMoney(value, currency, locale(), figure === 'profit');
}

const said = ({ key, values }: Remark): string => t(key, ...values);

/** How the tracker spreads the cost, and what else is routine, in one paragraph. */
function factsOf({ clicks, after, facts, trackerCurrency }: CostPreview): string {
  const each = after?.cpc ?? null;
  const spread =
    clicks !== null && each !== null
      ? [
          t(
            'factSpread',
            formatCount(clicks, locale()),
            formatMoney(each, trackerCurrency, locale()),
          ),
        ]
      : [];
  return [...spread, ...facts.map(said)].join(' ');
}

/** Several remarks as one notice. */
function Remarks({ kind, remarks }: { kind: 'warn' | 'error'; remarks: readonly Remark[] }) {
  if (remarks.length === 0) return null;
  return (
    <Notice kind={kind}>
      {remarks.map((remark) => (
        <p key={remark.key}>{said(remark)}</p>
      ))}
    </Notice>
  );
}

/** A cost update's figures before and after, with its remarks. Money in the tracker's currency. */
export function PreviewCard({ preview }: { preview: CostPreview }) {
  const { before, after, trackerCurrency, refused } = preview;
  const facts = factsOf(preview);
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
      {facts !== '' && <p class="small soft">{facts}</p>}
      <Remarks kind="error" remarks={refused ? [refused] : preview.dangers} />
      <Remarks kind="warn" remarks={preview.warnings} />
    </div>
  );
}
