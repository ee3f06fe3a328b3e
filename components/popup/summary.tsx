import { locale, t } from '../../lib/i18n.ts';
import { formatConversion, formatMoney, formatPercent } from '../../lib/report/format.ts';
import { Figure } from '../kit/figure.tsx';
import { Name } from '../kit/name.tsx';
import { Sparkline } from '../kit/sparkline.tsx';
import { rateText } from '../rates/rate-text.ts';
import type { CHOICES, Extreme } from './model.ts';
import type { Total } from './totals.ts';

/** The totals of all trackers, by currency, each campaign counted once. */
export function Totals({
  totals,
  summed,
  preset,
  onLinks,
}: {
  totals: readonly Total[];
  /** Number of trackers that a total could include. */
  summed: number;
  preset: (typeof CHOICES)[number];
  /** Shows which campaigns are taken for one. */
  onLinks(): void;
}) {
  return totals.map(({ currency, of, known, zones, metrics, change, hours, converted }) => (
    <section key={currency} class="total" data-total={currency}>
      {summed > 1 && <Counts of={of} known={known} summed={summed} onLinks={onLinks} />}
      {zones.length > 0 && (
        <p class="small soft cut" title={`${t('daysOfZonesNote')}\n${zones.join('\n')}`} data-zones>
          {t('daysOfZones', zones.join(', '))}
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
      {converted.map(({ profit, rate }, at) => (
        <p key={at} class="small soft num" data-conversion>
          {profit === null ? rateText(rate) : formatConversion(profit, rate, locale())}
        </p>
      ))}
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
      {hours && <HourLine hours={hours} isNamed={!isSame(hours.of, change?.of ?? null)} />}
      {change && (
        <p class="small trend" data-change>
          <span class={change.value < 0 ? 'loss' : 'gain'}>
            {change.value < 0 ? '▼' : '▲'}{' '}
            {t(
              preset === 'today' ? 'againstYesterday' : 'againstDayBefore',
              formatPercent(Math.abs(change.value), locale()),
            )}
          </span>
          {change.of && <OnlyOf names={change.of} />}
        </p>
      )}
    </section>
  ));
}

const isSame = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  a?.length === b?.length && (a ?? []).every((name, at) => name === b?.[at]);

/** @param isNamed false where the change beside it names the same trackers */
function HourLine({ hours, isNamed }: { hours: NonNullable<Total['hours']>; isNamed: boolean }) {
  const label = t('profitByHour');
  return (
    <>
      {hours.of && isNamed && (
        <p class="small trend" data-hours>
          <span class="soft">{label}</span>
          <OnlyOf names={hours.of} />
        </p>
      )}
      <Sparkline
        lines={[{ name: label, values: hours.value }]}
        label={hours.of ? `${label} · ${t('trendOf', hours.of.join(', '))}` : label}
      />
    </>
  );
}

/** The trackers that a figure is of, on what is left of its line. */
function OnlyOf({ names }: { names: readonly string[] }) {
  const all = names.join(', ');
  return (
    <span class="soft cut" title={all}>
      {' '}
      · {t('trendOf', all)}
    </span>
  );
}

/** Trackers that are named; the tooltip names all. */
const MOST_NAMED = 3;

/** What a total counts: the campaigns of the first tracker, and those that only the others have. */
function Counts({
  of,
  known,
  summed,
  onLinks,
}: Pick<Total, 'of' | 'known'> & { summed: number; onLinks(): void }) {
  const all = of.map(({ name, campaigns }, at) => `${name} ${at > 0 ? '+' : ''}${campaigns}`);
  return (
    <p class="small soft caption" title={[t('sumOfNote'), ...all].join('\n')} data-counts>
      {t('sumOf', known, summed)}
      {of.slice(0, MOST_NAMED).map(({ name, campaigns }, at) => (
        <span key={name}>
          {at > 0 ? ', ' : ' '}
          <Name text={name} maxLength={20} /> {at > 0 ? `+${campaigns}` : campaigns}
        </span>
      ))}
      {of.length > MOST_NAMED && ', …'}{' '}
      <button type="button" class="link" name="links" onClick={onLinks}>
        {t('view_links')}
      </button>
    </p>
  );
}

/** The best and the worst campaign of all connections. */
export function Extremes({ extremes }: { extremes: readonly Extreme[] }) {
  if (extremes.length === 0) return null;
  return (
    <div class="extremes small">
      {extremes.map(({ which, name, profit, currency }) => (
        <p key={`${which} ${currency}`} class="row">
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
