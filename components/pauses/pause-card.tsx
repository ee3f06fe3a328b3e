import { useModel } from '@preact/signals';
import type { PausePreviewed } from '../../lib/contract/pauses.ts';
import { t } from '../../lib/i18n.ts';
import type { PauseRecord } from '../../lib/journal/pause-record.ts';
import { useClient } from '../kit/client.ts';
import { Notice } from '../kit/notice.tsx';
import { WriteCard } from '../kit/write-card.tsx';
import { PauseModel, type PauseWanted } from './model.ts';

/** The name of a write: "Pause campaign". */
export const pauseText = (active: boolean): string =>
  t(active ? 'resumeCampaign' : 'pauseCampaign');

/** Pauses or resumes a campaign: the state now, a confirmation, then the outcome with its undo. */
export function PauseCard(start: { wanted: PauseWanted } | { sent: PauseRecord }) {
  const client = useClient();
  const model = useModel(() => new PauseModel(client, start));
  return (
    <WriteCard
      kind="pause"
      model={model}
      previewed={(preview) => <Preview preview={preview} />}
      confirm={({ active, undoes }) =>
        undoes === null ? pauseText(active) : t('undoConfirm', pauseText(active))
      }
      outcome={({ seen }) =>
        seen !== null && <p class="small">{t(seen ? 'pauseSeenActive' : 'pauseSeenPaused')}</p>
      }
    />
  );
}

function Preview({ preview: { active, now, refused } }: { preview: PausePreviewed }) {
  if (refused !== null) return <Notice kind="warn">{t(refused)}</Notice>;
  return (
    <>
      {now !== null && <p>{t(now ? 'pauseNow' : 'resumeNow')}</p>}
      <p class="small soft">{t(active ? 'resumeEffect' : 'pauseEffect')}</p>
    </>
  );
}
