import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { CHART_METRICS, type ChartSetting, DEFAULT_CHART } from '../../lib/settings/chart.ts';
import { useClient, useQuery } from '../kit/client.ts';

export interface ChartChoice {
  readonly chosen: ChartSetting;
  /** Chooses, and keeps it for the next visit. */
  choose(patch: Partial<ChartSetting>): void;
}

/** What the charts show, as the settings keep it. Charts on one page share one choice. */
export function useChartChoice(): ChartChoice {
  const client = useClient();
  const { value: settings } = useQuery('settings.read', {});
  const [changed, setChanged] = useState<ChartSetting | null>(null);
  const chosen = changed ?? settings?.chart ?? DEFAULT_CHART;
  return {
    chosen,
    choose(patch) {
      const chart = { ...chosen, ...patch };
      setChanged(chart);
      // If it cannot be kept, it still holds for this visit.
      client.call('settings.write', { chart }).catch(() => {});
    },
  };
}

/** Which metric the charts show. */
export function ChartMetric({ choice: { chosen, choose } }: { choice: ChartChoice }) {
  return (
    <select
      class="input fit"
      name="chart-metric"
      aria-label={t('chartMetric')}
      value={chosen.metric}
      onChange={({ currentTarget }) => {
        const metric = CHART_METRICS.find((one) => one === currentTarget.value);
        if (metric) choose({ metric });
      }}
    >
      {CHART_METRICS.map((metric) => (
        <option key={metric} value={metric}>
          {t(`metric_${metric}`)}
        </option>
      ))}
    </select>
  );
}
