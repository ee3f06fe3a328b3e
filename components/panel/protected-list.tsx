import { t } from '../../lib/i18n.ts';
import { useAction } from '../kit/action.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import type { Blacklist } from './blacklist-model.ts';

/** Rows that are drawn; the rest is counted. */
const MOST = 200;

/** The placements that no list of the chosen source will hold, whichever campaign protected them. */
export function ProtectedList({ model }: { model: Blacklist }) {
  const { problem, run } = useAction();
  const ids = [...model.protectedIds.value];
  if (ids.length === 0) return null;
  return (
    <details class="small" data-protected>
      <summary>{tn('protectedOf', ids.length)}</summary>
      {problem && <ProblemNotice problem={problem} />}
      {ids.slice(0, MOST).map((id) => (
        <p key={id} class="row">
          <Name text={id} maxLength={40} />
          <IconButton
            name="unprotect"
            label={t('unprotectOf', id)}
            sign="×"
            onClick={() => void run(() => model.protect(id, false))}
          />
        </p>
      ))}
      {ids.length > MOST && <p>{t('andMore', ids.length - MOST)}</p>}
    </details>
  );
}
