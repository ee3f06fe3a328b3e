import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { useQuery } from '../kit/client.ts';
import { MarksCard, marksText } from '../marks/marks-card.tsx';
import { PauseCard, pauseText } from '../pauses/pause-card.tsx';
import { WritesList } from './writes-list.tsx';

const ALL = { connection: null, campaignId: null };

/** The journal's writes that change no cost. */
export function OtherWrites({
  connections,
  trackers,
}: {
  connections: readonly ConnectionView[];
  trackers: readonly TrackerView[];
}) {
  const pauses = useQuery('pauses.list', ALL);
  const marks = useQuery('marks.list', ALL);
  const trackerName = (tracker: string) =>
    trackers.find(({ id }) => id === tracker)?.name ?? tracker;
  return (
    <>
      <WritesList
        title={t('pausesTitle')}
        asked={pauses}
        connections={connections}
        text={({ active }) => pauseText(active)}
        card={(record) => <PauseCard sent={record} />}
      />
      <WritesList
        title={t('marksTitle')}
        asked={marks}
        connections={connections}
        text={(record) => marksText(record, trackerName(record.tracker))}
        card={(record) => <MarksCard sent={record} tracker={trackerName(record.tracker)} />}
      />
    </>
  );
}
