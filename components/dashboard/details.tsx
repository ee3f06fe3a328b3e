import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Name } from '../kit/name.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { CampaignTools } from './campaign-tools.tsx';
import { type ChartChoice, ChartMetric } from './chart-choice.tsx';
import { FiguresTab } from './details-figures.tsx';
import { LinksTab } from './details-links.tsx';
import { campaignsOf, type DetailsProps } from './details-props.ts';
import { SeriesChart } from './series-chart.tsx';

const TABS = ['figures', 'days', 'links'] as const;
export type DetailsTab = (typeof TABS)[number];

/** One row in detail: its figures on each side with likely causes of gaps, its days, and its links. */
export function Details({
  tab,
  chart,
  onTab,
  onClose,
  ...of
}: DetailsProps & {
  tab: DetailsTab;
  chart: ChartChoice;
  onTab(tab: DetailsTab): void;
  onClose(): void;
}) {
  const { row, connections, trackers, range, now } = of;
  /** Id of the connection whose campaign tools are open. */
  const [toolsFor, setToolsFor] = useState<string | null>(null);
  const at = connections.findIndex(({ id }) => id === toolsFor);
  const [opened, openedCell] = [connections[at], row.cells[at]];
  if (opened && openedCell) {
    return (
      <aside class="card details stack" aria-label={t('details')}>
        <div class="row">
          <h2 class="grow">
            <Name
              text={t('workOn', opened.name, openedCell.name || openedCell.id)}
              maxLength={48}
            />
          </h2>
          <button type="button" class="button" name="back" onClick={() => setToolsFor(null)}>
            {t('back')}
          </button>
        </div>
        <CampaignTools
          connection={opened}
          campaign={openedCell}
          connections={connections}
          trackers={trackers}
          range={range}
          now={now}
        />
      </aside>
    );
  }
  return (
    <aside class="card details stack" aria-label={t('details')}>
      <div class="row">
        <h2 class="grow">
          <Name text={row.name} maxLength={40} />
        </h2>
        <IconButton name="close" label={t('close')} sign="×" onClick={onClose} />
      </div>
      <Tabs
        label={t('details')}
        tabs={TABS.map((id) => ({ id, text: t(`details_${id}`) }))}
        chosen={tab}
        onChoose={onTab}
      />
      <div class="stack" role="tabpanel" aria-label={t(`details_${tab}`)}>
        {tab === 'figures' && (
          <FiguresTab {...of} onWork={setToolsFor} onLink={() => onTab('links')} />
        )}
        {tab === 'days' && (
          <>
            <div class="row">
              <ChartMetric choice={chart} />
            </div>
            <SeriesChart
              {...of}
              sides={connections.map((connection, side) => ({
                connection,
                campaignIds: campaignsOf(row, side),
              }))}
              metric={chart.chosen.metric}
              split={row.split}
            />
          </>
        )}
        {tab === 'links' && <LinksTab {...of} />}
      </div>
    </aside>
  );
}
