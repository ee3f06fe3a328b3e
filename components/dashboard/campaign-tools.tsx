import { useState } from 'preact/hooks';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import type { Range } from '../../lib/report/range.ts';
import { useQuery } from '../kit/client.ts';
import { Tabs } from '../kit/tabs.tsx';
import { BlacklistTab } from '../panel/blacklist-tab.tsx';
import { CostTab } from '../panel/cost-tab.tsx';

const TABS = ['cost', 'blacklist'] as const;

/** The panel's cost and blacklist tabs for one campaign. */
export function CampaignTools({
  connection,
  campaign,
  connections,
  trackers,
  range,
  now,
}: {
  connection: ConnectionView;
  campaign: { readonly id: string; readonly name: string };
  connections: readonly ConnectionView[];
  trackers: readonly TrackerView[];
  range: Range;
  now: () => number;
}) {
  const [tab, setTab] = useState<(typeof TABS)[number]>('cost');
  const { value: settings } = useQuery('settings.read', {});
  const { value: formats } = useQuery('formats.list', {});
  if (!settings || !formats) return <div class="skeleton" />;
  const context = { own: connection.id, connections, trackers, settings, formats };
  // Days begin and end in the connection's time zone, not in the base's.
  const props = {
    context,
    campaign: { ...campaign, named: true },
    range: { ...range, zone: connection.zone },
    now,
  };
  return (
    <div class="stack">
      <Tabs
        label={t('panelTabs')}
        tabs={TABS.map((id) => ({ id, text: t(`tab_${id}`) }))}
        chosen={tab}
        onChoose={(id) => setTab(id)}
      />
      <div role="tabpanel" aria-label={t(`tab_${tab}`)}>
        {tab === 'cost' ? <CostTab {...props} /> : <BlacklistTab {...props} />}
      </div>
    </div>
  );
}
