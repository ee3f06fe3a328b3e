import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import type { Range } from '../../lib/report/range.ts';
import { type ChartChoice, ChartMetric } from './chart-choice.tsx';
import { SeriesChart } from './series-chart.tsx';

/**
 * The chart of all campaigns together, above the table. While it is folded it asks no tracker: reports
 * are scarce where a tracker limits them.
 */
export function ChartStrip({
  connections,
  choice,
  ...of
}: {
  /** The base first. */
  connections: readonly ConnectionView[];
  choice: ChartChoice;
  trackers: readonly TrackerView[];
  colourOf(connection: ConnectionView): number;
  range: Range;
  now: () => number;
  /** Of each side: how many split tests between it and the base its figures hold. */
  halves: readonly number[];
}) {
  const { open, metric } = choice.chosen;
  return (
    <section class="card chart-strip stack tight" aria-label={t('chart')}>
      <div class="row">
        <button
          type="button"
          class="button quiet"
          name="fold-chart"
          aria-expanded={open}
          onClick={() => choice.choose({ open: !open })}
        >
          <span aria-hidden="true">{open ? '▾' : '▸'}</span> {t('chart')}
        </button>
        {open && (
          <>
            <ChartMetric choice={choice} />
            <span class="small soft">{t('chartAllCampaigns')}</span>
          </>
        )}
      </div>
      {open && (
        <SeriesChart
          {...of}
          sides={connections.map((connection) => ({ connection, campaignIds: null }))}
          metric={metric}
        />
      )}
    </section>
  );
}
