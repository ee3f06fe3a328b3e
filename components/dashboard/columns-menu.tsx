import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { COMPARED_METRICS, type CompareColumns } from '../../lib/settings/compare-columns.ts';
import { DropDown } from '../kit/drop-down.tsx';

/** Chooses the table's metrics, its sides, and what stands together. */
export function ColumnsMenu({
  columns,
  connections,
  base,
  onChange,
}: {
  columns: CompareColumns;
  /** All that can be shown. */
  connections: readonly ConnectionView[];
  base: ConnectionView;
  onChange(columns: CompareColumns): void;
}) {
  const { metrics, without, layout } = columns;
  return (
    <DropDown name="columns" title={t('columns')}>
      <fieldset class="columns">
        <legend>{t('columnsMetrics')}</legend>
        {COMPARED_METRICS.map((metric) => (
          <label key={metric}>
            <input
              type="checkbox"
              name={metric}
              checked={metrics.includes(metric)}
              // A table without figures shows nothing.
              disabled={metrics.length === 1 && metrics[0] === metric}
              onChange={({ currentTarget: { checked } }) =>
                onChange({
                  ...columns,
                  metrics: COMPARED_METRICS.filter((one) =>
                    one === metric ? checked : metrics.includes(one),
                  ),
                })
              }
            />
            {t(`metric_${metric}`)}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('columnsSides')}</legend>
        {connections.map(({ id, name }) => (
          <label key={id}>
            <input
              type="checkbox"
              name="side"
              value={id}
              checked={id === base.id || !without.includes(id)}
              disabled={id === base.id}
              onChange={({ currentTarget: { checked } }) =>
                onChange({
                  ...columns,
                  without: checked ? without.filter((one) => one !== id) : [...without, id],
                })
              }
            />
            <bdi>{name}</bdi>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('columnsLayout')}</legend>
        {(['metric', 'tracker'] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="layout"
              value={one}
              checked={layout === one}
              onChange={() => onChange({ ...columns, layout: one })}
            />
            {t(`layout_${one}`)}
          </label>
        ))}
      </fieldset>
    </DropDown>
  );
}
