import { t } from '../../lib/i18n.ts';
import type { RowMark } from './blacklist-model.ts';

const SIGNS: Readonly<Record<RowMark, string>> = {
  blacklist: '⊘',
  whitelist: '✓',
  other: '•',
  part: '◐',
};

/** What mark a row's placements bear in the tracker. */
export function MarkSign({ mark }: { mark: RowMark | null }) {
  if (mark === null) return null;
  const text = t(`marked_${mark}`);
  return (
    <span class="soft" role="img" aria-label={text} title={text} data-marked={mark}>
      {SIGNS[mark]}
    </span>
  );
}
