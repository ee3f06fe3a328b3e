import { locale, t } from '../../lib/i18n.ts';
import { formatMoney, formatPercent } from '../../lib/report/format.ts';
import { Figure } from '../kit/figure.tsx';
import { Name } from '../kit/name.tsx';
import { Sparkline } from '../kit/sparkline.tsx';
import type { CHOICES, Extreme } from './model.ts';
import type { Total } from './totals.ts';

/** The totals of all trackers, by currency. */
export function Totals({
  totals,
  summed,
  preset,
}: {
  totals: readonly Total[];
  /** Number of trackers that a total could include. */
  summed: number;
  preset: (typeof CHOICES)[number];
}) {
  return totals.map(({ currency, count, metrics, change, hours }) => (
    <section key={currency} class="total" data-total={currency}>
      {summed > 1 && (
        <p class="small soft caption" title={t('sumOfNote')}>
          {t('sumOf', count, summed)}
        </p>
      )}
      <div class="row">
        <span class="big grow">
          <Figure metrics={metrics} metric="profit" currency={currency} />
        </span>
        <span>
          ROI <Figure metrics={metrics} metric="roi" currency={currency} />
        </span>
      </div>
      <dl class="small base">
        {(['clicks', 'conversions', 'cost', 'revenue'] as const).map((metric) => (
          <div key={metric}>
            <dt class="soft">{t(`metric_${metric}`)}</dt>
            <dd data-metric={metric}>
              <Figure metrics={metrics} metric={metric} currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
      {hours && (
        <Sparkline lines={[{ name: t('profitByHour'), values: hours }]} label={t('profitByHour')} />
      )}
      {change !== null && (
        <p class={`small ${change < 0 ? 'loss' : 'gain'}`}>
          {change < 0 ? '▼' : '▲'}{' '}
          {t(
            preset === 'today' ? 'againstYesterday' : 'againstDayBefore',
            formatPercent(Math.abs(change), locale()),
          )}
        </p>
      )}
    </section>
  ));
}

/** The best and the worst campaign of all connections. */
export function Extremes({ extremes }: { extremes: readonly Extreme[] }) {
  if (extremes.length === 0) return null;
  return (
    <div class="extremes small">
      {extremes.map(({ which, name, profit, currency }) => (
        <p key={which} class="row">
          <span class="soft">{t(which)}</span>
          <span class="grow">
            <Name text={name} maxLength={34} />
          </span>
          <span class={`num ${profit < 0 ? 'loss' : 'gain'}`}>
            {formatMoney(profit, currency, locale(), true)}
          </span>
        </p>
      ))}
    </div>
  );
}
