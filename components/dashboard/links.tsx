import { useState } from 'preact/hooks';
import { LINK_KINDS, type LinkKind } from '../../lib/compare/link-kinds.ts';
import type { Link, Member } from '../../lib/compare/links.ts';
import type { Rejection } from '../../lib/compare/rejections.ts';
import type { LinkProposals } from '../../lib/contract/links.ts';
import { locale, t } from '../../lib/i18n.ts';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { DamagedNotice } from '../kit/damaged-notice.tsx';
import { DataTable } from '../kit/data-table.tsx';
import { useFirstOf } from '../kit/first-of.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import { SearchInput } from '../kit/search-input.tsx';
import { Skeletons } from '../kit/skeletons.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { LinkPicker } from './link-picker.tsx';
import { ProposalList } from './link-proposals.tsx';
import { MemberName, type Sides } from './link-sides.tsx';
import { SplitSwitch } from './split-switch.tsx';
import { TellApart } from './tell-apart.tsx';

/** What the picker links. */
interface Picking {
  /** null = it is chosen first. */
  readonly from: Member | null;
  /** The members of the link that another one is added to; empty = none. */
  readonly beside: readonly Member[];
}

/** The links of campaigns or offers: what is linked, proposed, not linked and rejected. */
export function LinksView({
  sides,
  kind,
  search,
  onKind,
  onSearch,
}: {
  sides: Sides;
  kind: LinkKind;
  search: string;
  onKind(kind: LinkKind): void;
  onSearch(text: string): void;
}) {
  const client = useClient();
  const [picking, setPicking] = useState<Picking | null>(null);
  const { value: links } = useQuery('links.list', { kind });
  const { value: rejected } = useQuery('links.rejected', { kind });
  const asked = client.query('links.proposals', { kind, fresh: 'soon' });
  const answer = asked.value;
  const fits = (...names: string[]): boolean =>
    names.some((name) => name.toLowerCase().includes(search.toLowerCase()));
  return (
    <>
      <DamagedNotice list="links" />
      <DamagedNotice list="rejections" />
      {answer && <p data-answer>{summaryOf(answer, links?.length ?? 0)}</p>}
      <div class="row toolbar">
        <Tabs
          label={t('linkKinds')}
          tabs={LINK_KINDS.map((id) => ({ id, text: t(`linkKind_${id}`) }))}
          chosen={kind}
          onChoose={(next) => {
            setPicking(null);
            onKind(next);
          }}
        />
        <span class="grow" />
        <SearchInput name="search" value={search} onValue={onSearch} />
        <button
          type="button"
          class="button"
          name="link-by-hand"
          onClick={() => setPicking({ from: null, beside: [] })}
        >
          {t('linkByHand')}
        </button>
      </div>
      {asked.problem && <ProblemNotice problem={asked.problem} />}
      {picking && (
        <LinkPicker
          key={JSON.stringify(picking)}
          sides={sides}
          kind={kind}
          {...picking}
          onClose={() => setPicking(null)}
        />
      )}
      {!answer && !asked.problem && <Skeletons />}
      {answer && (
        <ProposalList key={kind} sides={sides} kind={kind} answer={answer} busy={asked.busy} />
      )}
      {answer && links && (
        <LinkList
          sides={sides}
          kind={kind}
          links={links.filter(({ members }) => fits(...members.map(({ name }) => name)))}
          onAdd={(members) => setPicking({ from: members[0] ?? null, beside: members })}
        />
      )}
      {answer && answer.byName.length > 0 && (
        <ByName
          sides={sides}
          kind={kind}
          rows={answer.byName.filter((members) => fits(...members.map(({ name }) => name)))}
        />
      )}
      {answer && (
        <NotLinked
          sides={sides}
          members={answer.unlinked.flatMap(({ connection, campaigns }) =>
            campaigns
              .filter(({ name }) => fits(name))
              .map(({ id, name }) => ({ connection, campaignId: id, name })),
          )}
          onLink={(from) => setPicking({ from, beside: [] })}
        />
      )}
      {rejected && rejected.length > 0 && <Rejected sides={sides} rejected={rejected} />}
    </>
  );
}

function summaryOf(answer: LinkProposals, links: number): string {
  const alone = answer.unlinked.reduce((sum, { campaigns }) => sum + campaigns.length, 0);
  return [
    tn('linkSumProposals', answer.proposals.length + answer.more),
    tn('linkSumLinks', links),
    tn('linkSumByName', answer.byName.length),
    tn('linkSumAlone', alone),
  ].join(' · ');
}

function LinkList({
  sides,
  kind,
  links,
  onAdd,
}: {
  sides: Sides;
  kind: LinkKind;
  links: readonly Link[];
  onAdd(members: readonly Member[]): void;
}) {
  const client = useClient();
  const { problem, run } = useAction();
  const part = ({ connection, campaignId }: Member) =>
    run(() => client.call('links.part', { connection, campaignId, kind }));
  return (
    <section class="stack tight" aria-labelledby="link-list">
      <h2 id="link-list">
        {t('linkLinks')} {links.length > 0 && `(${links.length})`}
      </h2>
      {problem && <ProblemNotice problem={problem} />}
      {links.length === 0 && <p class="soft">{t('linkNoLinks')}</p>}
      <ul class="proposals">
        {links
          .toSorted((a, b) => b.createdAt - a.createdAt)
          .map(({ id, members, how, split = false, createdAt }) => (
            <li key={id} class="row" data-link>
              {members.map((member) => (
                <span key={JSON.stringify(member)} class="row member">
                  <MemberName sides={sides} member={member} />
                  <IconButton
                    name="unlink"
                    label={t('linkPartOf', member.name || member.campaignId)}
                    sign="×"
                    onClick={() => void part(member)}
                  />
                </span>
              ))}
              <span class="why small soft">
                {t(`matched_${how}`)} ·{' '}
                {new Date(createdAt).toLocaleDateString(locale(), { dateStyle: 'medium' })}
              </span>
              {kind === 'campaign' && <SplitSwitch members={members} split={split} sides={sides} />}
              <button type="button" class="button" name="add-member" onClick={() => onAdd(members)}>
                {t('linkAdd')}
              </button>
            </li>
          ))}
      </ul>
    </section>
  );
}

/** What the same name joins, each of which may be told apart from the others. */
function ByName({
  sides,
  kind,
  rows,
}: {
  sides: Sides;
  kind: LinkKind;
  rows: ReadonlyArray<readonly Member[]>;
}) {
  const { shown, more } = useFirstOf(rows, 'more-named');
  return (
    <details data-by-name>
      <summary>{t('linkByName', rows.length)}</summary>
      <ul class="proposals">
        {shown.map((members) => (
          <li key={JSON.stringify(members[0])} class="row" data-named>
            {members.map((one, at) => (
              <span key={JSON.stringify(one)} class="row member">
                <MemberName sides={sides} member={one} />
                {/* Of two, one answer tells both apart. */}
                {(members.length > 2 || at === 1) && (
                  <TellApart
                    one={one}
                    others={members.filter((other) => other !== one)}
                    kind={kind}
                  />
                )}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {more}
    </details>
  );
}

/** Rows of the table at most in view; the rest scrolls. */
const IN_VIEW = 12;

function NotLinked({
  sides,
  members,
  onLink,
}: {
  sides: Sides;
  members: readonly Member[];
  onLink(from: Member): void;
}) {
  const label = t('linkAlone');
  return (
    <section class="stack tight" aria-labelledby="link-alone">
      <h2 id="link-alone">
        {label} {members.length > 0 && `(${members.length})`}
      </h2>
      {members.length === 0 ? (
        <p class="soft">{t('linkNoneAlone')}</p>
      ) : (
        <DataTable
          label={label}
          height={`${(Math.min(members.length, IN_VIEW) + 1) * 28 + 2}px`}
          columns={[
            {
              id: 'name',
              title: t('linkName'),
              label: t('linkName'),
              cell: (member) => <MemberName sides={sides} member={member} />,
              text: ({ name }) => name,
            },
            {
              id: 'id',
              title: 'ID',
              label: 'ID',
              cell: ({ campaignId }) => <Name text={campaignId} maxLength={28} />,
              text: ({ campaignId }) => campaignId,
            },
          ]}
          rows={members}
          keyOf={({ connection, campaignId }) => JSON.stringify([connection, campaignId])}
          onOpen={onLink}
        />
      )}
    </section>
  );
}

function Rejected({ sides, rejected }: { sides: Sides; rejected: readonly Rejection[] }) {
  const client = useClient();
  const { problem, run } = useAction();
  return (
    <details>
      <summary>{t('linkRejected', rejected.length)}</summary>
      {problem && <ProblemNotice problem={problem} />}
      <ul class="proposals">
        {rejected.map(({ id, members: [a, b] }) => (
          <li key={id} class="row" data-rejected>
            <MemberName sides={sides} member={a} />
            <span aria-hidden="true">↔</span>
            <MemberName sides={sides} member={b} />
            <span class="grow" />
            <button
              type="button"
              class="button"
              name="restore"
              aria-label={t('linkRestoreOf', a.name, b.name)}
              onClick={() => void run(() => client.call('links.restore', { id }))}
            >
              {t('linkRestore')}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
