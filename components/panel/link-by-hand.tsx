import { useState } from 'preact/hooks';
import type { Match } from '../../lib/contract/figures.ts';
import { t } from '../../lib/i18n.ts';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { SearchInput } from '../kit/search-input.tsx';

interface From {
  readonly connection: string;
  readonly campaignId: string;
  readonly name: string;
}

/** The linked campaign on another side, with a way to choose a different one. */
export function LinkByHand({ from, target, match }: { from: From; target: string; match: Match }) {
  const client = useClient();
  const [open, setOpen] = useState(false);
  const { problem, run } = useAction();
  const { member } = match;
  const link = (campaignId: string, name: string) =>
    run(async () => {
      await client.call('links.join', { a: from, b: { connection: target, campaignId, name } });
      setOpen(false);
    });
  return (
    <div class="stack tight grow">
      <span class="row small">
        {member ? (
          <>
            <span class="soft" title={t(`matched_${member.how}`)}>
              → <Name text={member.name || `#${member.campaignId}`} maxLength={26} />
            </span>
            <button type="button" class="link" name="change-link" onClick={() => setOpen(!open)}>
              {t('linkChange')}
            </button>
            {member.how === 'name' && (
              <button
                type="button"
                class="link"
                name="tell-apart"
                title={t('notSameNote')}
                onClick={() =>
                  void run(async () => {
                    const { campaignId, name } = member;
                    const b = { connection: target, campaignId, name };
                    await client.call('links.tellApart', { a: from, b });
                    setOpen(false);
                  })
                }
              >
                {t('notSame')}
              </button>
            )}
            {member.how === 'hand' && (
              <button
                type="button"
                class="link"
                name="unlink"
                onClick={() =>
                  void run(async () => {
                    const { campaignId } = member;
                    await client.call('links.part', { connection: target, campaignId });
                    setOpen(false);
                  })
                }
              >
                {t('linkPart')}
              </button>
            )}
          </>
        ) : (
          <>
            <span class="soft">{t('notLinked')}</span>
            <button type="button" class="link" name="link" onClick={() => setOpen(!open)}>
              {t('linkTo')}
            </button>
          </>
        )}
      </span>
      {problem && <ProblemNotice problem={problem} />}
      {open && <Candidates target={target} match={match} onPick={link} />}
    </div>
  );
}

const MAX_SHOWN = 8;

function Candidates({
  target,
  match,
  onPick,
}: {
  target: string;
  match: Match;
  onPick(campaignId: string, name: string): void;
}) {
  const [typed, setTyped] = useState('');
  const { value } = useQuery('campaigns.list', { connection: target, fresh: false });
  const all = (value?.campaigns ?? []).map(({ id, name }) => ({ campaignId: id, name }));
  const found =
    typed === ''
      ? [
          ...match.proposals,
          ...all.filter(
            ({ campaignId }) => !match.proposals.some((one) => one.campaignId === campaignId),
          ),
        ]
      : all.filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase()));
  return (
    <div class="stack tight">
      <SearchInput name="link-search" value={typed} onValue={setTyped} />
      <ul class="picks">
        {found.slice(0, MAX_SHOWN).map(({ campaignId, name }) => (
          <li key={campaignId}>
            <button type="button" name="link-pick" onClick={() => onPick(campaignId, name)}>
              <Name text={name || `#${campaignId}`} maxLength={40} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
