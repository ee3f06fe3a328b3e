import type { Member } from '../../lib/compare/links.ts';
import { t } from '../../lib/i18n.ts';
import { useAction } from '../kit/action.ts';
import { useClient } from '../kit/client.ts';
import { ProblemNotice } from '../kit/notice.tsx';
import type { Sides } from './link-sides.tsx';

/** Says that campaigns share the traffic. There is nothing to say unless they are of two trackers or more. */
export function SplitSwitch({
  members,
  split,
  explained = false,
  sides: { connections, trackers },
}: {
  members: readonly Member[];
  split: boolean;
  /** Does the text say below what it means? Else the tooltip does. */
  explained?: boolean;
  sides: Sides;
}) {
  const client = useClient();
  const { problem, run } = useAction();
  const isOnTracker = (member: Member): boolean => {
    const on = connections.find(({ id }) => id === member.connection);
    return trackers.some(({ id, side }) => id === on?.tracker && side === 'tracker');
  };
  // What is said of a link can be taken back, whatever is left of it.
  const [first, second, ...more] = split ? members : members.filter(isOnTracker);
  if (!first || !second) return null;
  if (new Set([first, second, ...more].map(({ connection }) => connection)).size < 2) return null;
  return (
    <>
      <label class="row small" title={explained ? undefined : t('splitHint')}>
        <input
          type="checkbox"
          name="split"
          checked={split}
          onChange={({ currentTarget: { checked } }) =>
            void run(() =>
              client.call('links.split', { members: [first, second, ...more], split: checked }),
            )
          }
        />
        {t('splitTraffic')}
      </label>
      {explained && <p class="small soft">{t('splitHint')}</p>}
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}
