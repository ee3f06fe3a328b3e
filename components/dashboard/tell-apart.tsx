import type { LinkKind } from '../../lib/compare/link-kinds.ts';
import type { Member } from '../../lib/compare/links.ts';
import { t } from '../../lib/i18n.ts';
import { useAction } from '../kit/action.ts';
import { useClient } from '../kit/client.ts';
import { ProblemNotice } from '../kit/notice.tsx';

/** Says that one is not the same as the others that its name joins it with. Nothing to say without others. */
export function TellApart({
  one,
  others,
  kind = 'campaign',
}: {
  one: Member;
  others: readonly Member[];
  kind?: LinkKind;
}) {
  const client = useClient();
  const { problem, run } = useAction();
  if (others.length === 0) return null;
  const pairs = others.map((other) => ({ a: one, b: other }));
  return (
    <>
      <button
        type="button"
        class="link"
        name="tell-apart"
        aria-label={t('notSameOf', one.name || one.campaignId)}
        title={t('notSameNote')}
        onClick={() => void run(() => client.call('links.reject', { kind, pairs }))}
      >
        {t('notSame')}
      </button>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}
