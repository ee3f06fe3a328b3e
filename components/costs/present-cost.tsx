import { locale, t } from '../../lib/i18n.ts';
import { formatMoney, formatPercent } from '../../lib/report/format.ts';
import { metricOf, sumMetrics } from '../../lib/report/metrics.ts';
import { addDays, daysIn, type Range } from '../../lib/report/range.ts';
import { useQuery } from '../kit/client.ts';
import { DayBars } from '../kit/day-bars.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { daysText } from './update-text.ts';

/** Days of the chart, with those before a shorter range; a longer range shows its last ones. */
const LEAST_DAYS = 14;
const MOST_DAYS = 62;

const chartRange = (range: Range): Range => {
  const days = Math.min(Math.max(daysIn(range), LEAST_DAYS), MOST_DAYS);
  return { ...range, from: addDays(range.to, 1 - days) };
};

/** What a campaign costs now: the range's cost, CPC and ROI in one sentence, and a bar per day. */
export function PresentCost({
  connection,
  campaignId,
  range,
}: {
  connection: string;
  campaignId: string;
  range: Range;
}) {
  const chart = chartRange(range);
  // A range longer than the chart is asked for as a whole, and its last days are drawn.
  const asked = range.from < chart.from ? range : chart;
  const { value, problem, busy } = useQuery('side.days', {
    connection,
    campaignId,
    range: asked,
    fresh: 'soon',
  });
  const report = value?.report ?? null;
  const failed = problem ?? value?.problem ?? null;
  if (!report) {
    if (failed) return <ProblemNotice problem={failed} />;
    // What is below keeps its place until the figures are there.
    return busy ? <div class="skeleton present" /> : null;
  }
  const dayOf = (row: (typeof report.rows)[number]) => row.values[0]?.id ?? '';
  const within = report.rows.filter((row) => range.from <= dayOf(row) && dayOf(row) <= range.to);
  const total = sumMetrics(within.map(({ metrics }) => metrics));
  const money = (amount: number | null) => formatMoney(amount, report.currency, locale());
  const days = Array.from({ length: daysIn(chart) }, (_, index) => {
    const day = addDays(chart.from, index);
    const rows = report.rows.filter((row) => dayOf(row) === day);
    return { day, cost: sumMetrics(rows.map(({ metrics }) => metrics)).cost };
  });
  return (
    <section class="stack tight" aria-label={t('presentCost')} data-present>
      <p>
        <b>
          {t(
            'presentIs',
            daysText(range),
            money(total.cost),
            money(metricOf(total, 'cpc')),
            formatPercent(metricOf(total, 'roi'), locale(), true),
          )}
        </b>
        {report.complete ? '' : ` · ${t('incomplete')}`}
      </p>
      <DayBars
        label={t('costByDay')}
        bars={days.map(({ day, cost }) => ({
          name: daysText({ from: day, to: day }),
          value: cost,
          text: money(cost),
          strong: range.from <= day,
        }))}
      />
    </section>
  );
}
