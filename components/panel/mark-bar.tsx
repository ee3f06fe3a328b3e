import { useState } from 'preact/hooks';
import type { TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { Notice } from '../kit/notice.tsx';
import { MarksCard } from '../marks/marks-card.tsx';
import type { MarksWanted } from '../marks/model.ts';
import type { Blacklist } from './blacklist-model.ts';

/** Marks the list in the tracker itself, where that takes marks; else says why not. */
export function MarkBar({ model, tracker }: { model: Blacklist; tracker: TrackerView }) {
  const [opened, setOpened] = useState<MarksWanted | null>(null);
  const { marks } = tracker.capabilities;
  const write = marks.can ? marks.write : marks;
  const count = model.toMark.value;
  const wanted = model.markWanted.value;
  const open = () => {
    setOpened(wanted);
    model.showMarks();
  };
  if (!write.can) {
    const reason = t(write.reason);
    return (
      <div class="row" data-mark>
        <button type="button" class="button" name="mark-list" title={reason} disabled>
          {t('markIn', tracker.name)}
        </button>
        <span class="small soft">{reason}</span>
      </div>
    );
  }
  return (
    <div class="stack tight" data-mark>
      <div class="row">
        <button
          type="button"
          class="button"
          name="mark-list"
          aria-expanded={opened !== null}
          onClick={() => (opened ? setOpened(null) : open())}
        >
          {count ? t('markCountIn', count, tracker.name) : `${t('markIn', tracker.name)}…`}
        </button>
      </div>
      {opened && (
        <div class="card stack tight">
          <MarksCard
            key={JSON.stringify(opened)}
            wanted={opened}
            tracker={tracker.name}
            stale={
              JSON.stringify(opened) !== JSON.stringify(wanted) && (
                <Notice
                  action={
                    <button type="button" class="button" name="preview-again" onClick={open}>
                      {t('marksPreviewAgain')}
                    </button>
                  }
                >
                  {t('marksStale')}
                </Notice>
              )
            }
          />
          <div class="row">
            <button type="button" class="link" name="close-marks" onClick={() => setOpened(null)}>
              {t('close')}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
