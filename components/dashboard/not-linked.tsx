import type { ComparedSide } from '../../lib/compare/comparison.ts';
import { t } from '../../lib/i18n.ts';
import { useQuery } from '../kit/client.ts';
import { tn } from '../kit/plural.ts';

/** Says how many campaigns only one of several trackers has and what is proposed, and leads to the links. */
export function NotLinkedLine({ sides, href }: { sides: readonly ComparedSide[]; href: string }) {
  const several = sides.filter(({ kind }) => kind === 'tracker').length > 1;
  const { value } = useQuery(
    'links.proposals',
    several ? { kind: 'campaign', fresh: false } : null,
  );
  if (!value) return null;
  const alone = value.unlinked.reduce((sum, { campaigns }) => sum + campaigns.length, 0);
  const proposals = value.proposals.length + value.more;
  if (alone + proposals === 0) return null;
  return (
    <p class="small soft" data-not-linked>
      {t('linkNotLinked', alone)}
      {proposals > 0 && ` · ${tn('linkSumProposals', proposals)}`}{' '}
      <a href={href}>{t('linkReview')}</a>
    </p>
  );
}
