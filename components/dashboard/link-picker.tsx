import { useEffect, useRef, useState } from 'preact/hooks';
import type { LinkKind } from '../../lib/compare/link-kinds.ts';
import type { Member } from '../../lib/compare/links.ts';
import { t } from '../../lib/i18n.ts';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { focusWhenReady } from '../kit/focus-when-ready.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { SearchInput } from '../kit/search-input.tsx';
import { MemberName, type Sides } from './link-sides.tsx';

/** Links two campaigns or offers by hand: first the one, then the other. */
export function LinkPicker({
  sides,
  kind,
  from,
  beside,
  onClose,
}: {
  sides: Sides;
  kind: LinkKind;
  /** What is linked; null = it is chosen first. */
  from: Member | null;
  /** The members of the link that the other one is added to; without any it replaces what its connection has. */
  beside: readonly Member[];
  onClose(): void;
}) {
  const client = useClient();
  const { problem, run } = useAction();
  const [first, setFirst] = useState(from);
  const pick = (member: Member) => {
    if (!first) return setFirst(member);
    void run(async () => {
      await client.call('links.join', {
        a: first,
        b: member,
        kind,
        also: beside.length > 0,
      });
      onClose();
    });
  };
  return (
    <section class="card stack tight" aria-label={t('linkByHand')}>
      <div class="row">
        <h2 class="grow row">
          {first ? (
            <>
              {t('linkWith')} <MemberName sides={sides} member={first} />
            </>
          ) : (
            t('linkFirst')
          )}
        </h2>
        <IconButton name="close-picker" label={t('close')} sign="×" onClick={onClose} />
      </div>
      {problem && <ProblemNotice problem={problem} />}
      <MemberSearch
        key={first ? 'second' : 'first'}
        sides={sides}
        kind={kind}
        from={first}
        beside={beside}
        onPick={pick}
      />
    </section>
  );
}

function MemberSearch({
  sides,
  kind,
  from,
  beside,
  onPick,
}: {
  sides: Sides;
  kind: LinkKind;
  from: Member | null;
  beside: readonly Member[];
  onPick(member: Member): void;
}) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (root.current) return focusWhenReady(root.current, '[name=link-search]');
  }, []);
  // A link within one connection joins nothing, unless another one is in it already.
  const choices = sides.connections.filter(
    ({ id }) => beside.length > 0 || id !== from?.connection,
  );
  const [chosen, setChosen] = useState(
    () => choices.find(({ id }) => id !== from?.connection)?.id ?? '',
  );
  const [text, setText] = useState('');
  const { value, problem } = useQuery(
    'links.search',
    chosen ? { kind, connection: chosen, text, like: from?.name ?? '' } : null,
  );
  return (
    <div class="stack tight" ref={root}>
      <div class="row">
        <select
          class="input"
          name="link-side"
          aria-label={t('linkSide')}
          value={chosen}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        >
          {choices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <SearchInput name="link-search" value={text} onValue={setText} />
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {value?.found.length === 0 && <p class="small soft">{t('linkNoneFound')}</p>}
      <ul class="picks">
        {value?.found
          .filter(({ id }) => !isIn(beside, chosen, id))
          .map(({ id, name }) => (
            <li key={id}>
              <button
                type="button"
                name="link-pick"
                onClick={() => onPick({ connection: chosen, campaignId: id, name })}
              >
                <Name text={name || `#${id}`} maxLength={60} />
                <span class="small soft">#{id}</span>
              </button>
            </li>
          ))}
      </ul>
      {value && value.more > 0 && <p class="small soft">{t('linkMoreFound', value.more)}</p>}
    </div>
  );
}

const isIn = (members: readonly Member[], connection: string, id: string): boolean =>
  members.some((member) => member.connection === connection && member.campaignId === id);
