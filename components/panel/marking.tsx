import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { Notice } from '../kit/notice.tsx';
import { MarksCard } from '../marks/marks-card.tsx';
import type { MarksWanted } from '../marks/model.ts';
import type { Blacklist } from './blacklist-model.ts';

/** A button that opens the marking of the list, and what it opens; where the tracker takes no marks, why. */
export interface Marking {
  readonly button: ComponentChildren;
  readonly below: ComponentChildren;
}

/** What was asked for, and the list as it stood on the screen then. */
interface Opened {
  readonly wanted: MarksWanted;
  /** null = it was on its way. */
  readonly values: readonly string[] | null;
}

export function useMarking(model: Blacklist, tracker: TrackerView | undefined): Marking {
  const [opened, setOpened] = useState<Opened | null>(null);
  if (!tracker) return { button: null, below: null };
  const { marks } = tracker.capabilities;
  const write = marks.can ? marks.write : marks;
  if (!write.can) {
    const reason = t(write.reason);
    return {
      button: (
        <button type="button" class="button" name="mark-list" title={reason} disabled>
          {t('markIn', tracker.name)}
        </button>
      ),
      below: (
        <p class="small soft" data-mark>
          {reason}
        </p>
      ),
    };
  }
  const values = model.toMark.value;
  const count = values?.length;
  const wanted = model.markWanted.value;
  const open = () => {
    setOpened({ wanted, values });
    model.showMarks();
  };
  return {
    button: (
      <button
        type="button"
        class="button"
        name="mark-list"
        aria-expanded={opened !== null}
        onClick={() => (opened ? setOpened(null) : open())}
      >
        {count ? t('markCountIn', count, tracker.name) : t('markIn', tracker.name)}
      </button>
    ),
    below: opened && (
      <div class="card stack tight" data-mark>
        <MarksCard
          key={JSON.stringify(opened)}
          wanted={opened.wanted}
          tracker={tracker.name}
          stale={
            hasChanged(opened, { wanted, values }) && (
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
    ),
  };
}

/**
 * Is it no longer what was opened? Newer figures change a list as well, and so does a placement that is
 * protected meanwhile.
 */
const hasChanged = (opened: Opened, { wanted, values }: Opened): boolean =>
  JSON.stringify(opened.wanted) !== JSON.stringify(wanted) ||
  (values !== null && JSON.stringify(opened.values) !== JSON.stringify(values));
