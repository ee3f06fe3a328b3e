import type { CostUpdate } from '../../lib/costs/update.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatMoney } from '../../lib/report/format.ts';
import { Name } from '../kit/name.tsx';
import { tn } from '../kit/plural.ts';
import type { SetInParts } from './model.ts';
import { daysText } from './update-text.ts';

/** The cost of each part before and after, in the tracker's currency. */
export function PartsCard({
  slot,
  previews,
  left,
  title = slot === null ? t('daysSplit') : tn('partsScaled', previews.length, slot),
}: SetInParts & {
  /** What is done with them. */
  title?: string;
}) {
  return (
    <div class="stack tight" data-parts>
      <p>{title}</p>
      <div class="scroll parts">
        <table class="before-after" aria-label={t('costPreview')}>
          <thead>
            <tr>
              <th scope="col">{slot === null ? t('range') : t('tokenValue')}</th>
              <th scope="col">{t('costBefore')}</th>
              <th scope="col">{t('costAfter')}</th>
            </tr>
          </thead>
          <tbody>
            {previews.map(({ id, preview: { order, before, after, trackerCurrency } }) => (
              <tr key={id}>
                <th scope="row">
                  <Name
                    text={slot === null ? daysText(order.range) : valueText(order)}
                    maxLength={20}
                  />
                </th>
                <td>{formatMoney(before.cost, trackerCurrency, locale())}</td>
                <td>
                  <b>{formatMoney(after?.cost ?? null, trackerCurrency, locale())}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {left.map((day) => (
        <p key={day} class="small look">
          {t('dayLeft', daysText({ from: day, to: day }))}
        </p>
      ))}
    </div>
  );
}

const valueText = ({ token }: CostUpdate): string => token?.value ?? t('segmentAll');
