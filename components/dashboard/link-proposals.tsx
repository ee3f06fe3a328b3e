import { useEffect, useState } from 'preact/hooks';
import type { LinkKind } from '../../lib/compare/link-kinds.ts';
import type { Proposed, Reason } from '../../lib/compare/link-proposals.ts';
import type { Link } from '../../lib/compare/links.ts';
import type { LinkProposals } from '../../lib/contract/links.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatGap, formatPercent } from '../../lib/report/format.ts';
import { useAction } from '../kit/action.ts';
import { useClient } from '../kit/client.ts';
import { useFirstOf } from '../kit/first-of.tsx';
import { ProblemNotice, problemText } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import { MemberName, SideBadge, type Sides } from './link-sides.tsx';

/** What is proposed, with its reasons, to be accepted or rejected. */
export function ProposalList({
  sides,
  kind,
  answer,
  busy,
}: {
  sides: Sides;
  kind: LinkKind;
  answer: LinkProposals;
  /** Is a newer answer on its way? */
  busy: boolean;
}) {
  const client = useClient();
  const { problem, run } = useAction();
  const [refused, setRefused] = useState(0);
  /** Keys of what is settled, until an answer knows it: one that was on its way does not. */
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const listed = new Set(answer.proposals.map(keyOf));
    setSettled((keys) => keys.intersection(listed));
  }, [answer]);
  const open = answer.proposals.filter((one) => !settled.has(keyOf(one)));
  const { shown, more } = useFirstOf(open, 'more-proposals');
  const clear = open.filter((one) => one.clear);

  const settle = (those: readonly Proposed[], act: () => Promise<unknown>) =>
    run(async () => {
      const keys = new Set(those.map(keyOf));
      setSettled((all) => all.union(keys));
      try {
        await act();
      } catch (error) {
        setSettled((all) => all.difference(keys));
        throw error;
      }
    });
  const accept = (those: readonly Proposed[]) =>
    settle(those, async () => {
      const pairs = those.map(({ a, b, reasons }) => ({ a, b, how: howOf(reasons[0]) }));
      setRefused((await client.call('links.accept', { kind, pairs })).refused);
    });
  const reject = (those: readonly Proposed[]) =>
    settle(those, () =>
      client.call('links.reject', { kind, pairs: those.map(({ a, b }) => ({ a, b })) }),
    );

  return (
    <section class="stack tight" aria-labelledby="link-proposals" aria-busy={busy}>
      <div class="row">
        <h2 class="grow" id="link-proposals">
          {t('linkProposals')} {open.length + answer.more > 0 && `(${open.length + answer.more})`}
        </h2>
        {open.length > 1 && (
          <>
            <button
              type="button"
              class="button"
              name="accept-all"
              disabled={clear.length === 0}
              title={clear.length === 0 ? t('linkNoneClear') : undefined}
              onClick={() => void accept(clear)}
            >
              {tn('linkAcceptAll', clear.length)}
            </button>
            <button
              type="button"
              class="button"
              name="reject-all"
              onClick={() => void reject(open)}
            >
              {tn('linkRejectAll', open.length)}
            </button>
          </>
        )}
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {refused > 0 && <p class="small look">{tn('linkRefused', refused)}</p>}
      {open.length === 0 && <p class="soft">{busy ? t('linkProposing') : t('linkNoProposals')}</p>}
      <ul class="proposals">
        {shown.map((one) => (
          <li key={keyOf(one)} class="row" data-proposal>
            <MemberName sides={sides} member={one.a} />
            <span aria-hidden="true">↔</span>
            <MemberName sides={sides} member={one.b} />
            <span class="why small soft">
              {one.reasons.map(reasonText).join(' · ')}
              {one.clear ? '' : ` · ${t('linkAmbiguous')}`}
            </span>
            <button
              type="button"
              class="button"
              name="accept"
              aria-label={t('linkAcceptOf', one.a.name, one.b.name)}
              onClick={() => void accept([one])}
            >
              {t('linkAccept')}
            </button>
            <button
              type="button"
              class="button"
              name="reject"
              aria-label={t('linkRejectOf', one.a.name, one.b.name)}
              onClick={() => void reject([one])}
            >
              {t('linkReject')}
            </button>
          </li>
        ))}
      </ul>
      {more}
      {answer.unread.map(({ connection, what, problem: why }) => (
        <p key={`${connection} ${what}`} class="row small soft" data-unread={what}>
          <SideBadge sides={sides} connection={connection} />
          <span class="grow">
            {t(`linkUnread_${what}`)} {problemText(why)}
          </span>
        </p>
      ))}
    </section>
  );
}

const keyOf = ({ a, b }: Proposed): string =>
  JSON.stringify([a.connection, a.campaignId, b.connection, b.campaignId]);

const howOf = (reason: Reason | undefined): Exclude<Link['how'], 'hand' | 'offer'> =>
  reason === undefined || reason.by === 'similar' ? 'name' : reason.by;

function reasonText(reason: Reason): string {
  switch (reason.by) {
    case 'id':
      return t('linkReason_id', reason.value);
    case 'figures':
      return t(
        'linkReason_figures',
        // 1 would claim that both counted the same.
        Math.min(0.99, reason.correlation).toLocaleString(locale(), { maximumFractionDigits: 2 }),
        formatGap(reason.level, locale()),
      );
    case 'address':
      return t('linkReason_address');
    case 'name':
      return t('linkReason_name');
    case 'similar':
      return t('linkReason_similar', formatPercent(reason.likeness, locale()));
  }
}
