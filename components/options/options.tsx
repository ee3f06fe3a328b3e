import { useEffect, useState } from 'preact/hooks';
import type { Answers } from '../../lib/contract/calls.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import type { Access } from '../kit/access.tsx';
import { useQuery } from '../kit/client.ts';
import { DamagedNotice } from '../kit/damaged-notice.tsx';
import { DemoNotice, TryDemo } from '../kit/demo.tsx';
import { Notice, ProblemNotice, problemText } from '../kit/notice.tsx';
import { Skeletons } from '../kit/skeletons.tsx';
import { StorageNotice } from '../kit/storage-notice.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { ConnectionList } from './connection-list.tsx';
import { KeysSection } from './keys-section.tsx';
import { ShortcutList, type ShortcutsProps } from './shortcut-list.tsx';
import { Templates } from './templates.tsx';
import { TransferSection } from './transfer-section.tsx';

type Place =
  | { readonly at: 'list'; readonly shown: string }
  | { readonly at: 'add'; readonly address: string; readonly tracker: string }
  | { readonly at: 'edit'; readonly id: string };

/** `#add?tracker=…&url=…`, `#edit/<id>`, or the list, with `#access/<id>` in sight. */
function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  if (path === 'add') {
    const asked = new URLSearchParams(query);
    return { at: 'add', address: asked.get('url') ?? '', tracker: asked.get('tracker') ?? '' };
  }
  const [, at, id = ''] = /^(edit|access)\/(.+)$/.exec(path) ?? [];
  return at === 'edit'
    ? { at, id: decodeURIComponent(id) }
    : { at: 'list', shown: decodeURIComponent(id) };
}

/** Has a connection not been changed since? */
const isSame = (before: ConnectionView, now: ConnectionView): boolean =>
  JSON.stringify(before) === JSON.stringify(now);

export type OptionsProps = Access & ShortcutsProps;

export function Options({ requestHosts, shortcuts }: OptionsProps) {
  const [asked, setAsked] = useState(() => placeOf(location.hash));
  /** What was just saved, and the list that did not know of it yet. */
  const [saved, setSaved] = useState<
    (Answers['connections.save'] & { listed: Answers['connections.list'] | null }) | null
  >(null);
  useEffect(() => {
    const follow = () => {
      const next = placeOf(location.hash);
      setAsked(next);
      setSaved((one) => (next.at === 'edit' && next.id === one?.connection.id ? one : null));
    };
    addEventListener('hashchange', follow);
    // The address may have changed between the first drawing and now.
    follow();
    return () => removeEventListener('hashchange', follow);
  }, []);
  const connections = useQuery('connections.list', {});
  const trackers = useQuery('trackers.list', {});
  const managed = useQuery('managed.read', {});
  const forbidden = managed.value?.forbidden ?? [];
  const mayAdd = !forbidden.includes('add-connections');
  const known = connections.value ?? [];
  const edited = asked.at === 'edit' ? (known.find(({ id }) => id === asked.id) ?? null) : null;
  // Removed meanwhile, here or by somebody else; unless it is just on its way.
  const gone =
    asked.at === 'edit' && !edited && connections.value && connections.value !== saved?.listed;
  const place: Place = gone ? { at: 'list', shown: '' } : asked;
  const sources = trackers.value?.find(({ id }) => id === edited?.tracker)?.capabilities.sources;

  return (
    <main class="ct page stack">
      <header class="row">
        <h1 class="grow">
          <span class="brand">Crosstrack</span> {t('connections')}
        </h1>
        {place.at === 'list' && mayAdd && (
          <a class="button primary" href="#add">
            {t('addTracker')}
          </a>
        )}
        {!mayAdd && (
          <>
            <span class="small soft">{t('problem_forbidden')}</span>
            <button type="button" class="button" name="add" disabled>
              {t('addTracker')}
            </button>
          </>
        )}
      </header>
      <StorageNotice />
      {managed.value && managed.value.problems.length > 0 && (
        <Notice kind="warn">
          <p>{t('managedProblems')}</p>
          {managed.value.problems.map(({ entry, problem }) => (
            <p key={`${entry} ${problem.text}`} class="small" data-policy={entry}>
              <bdi>{entry}</bdi>: {problemText(problem)}
            </p>
          ))}
        </Notice>
      )}
      {connections.problem && <ProblemNotice problem={connections.problem} />}
      {!connections.value && !connections.problem && <Skeletons />}
      {saved && edited && isSame(saved.connection, edited) && (
        <Notice>{t('savedConnection', saved.connection.name)}</Notice>
      )}
      <DemoNotice
        connections={known}
        removable
        onRemoved={() => {
          location.hash = '';
        }}
      />
      <DamagedNotice list="connections" />
      {connections.value && (
        <ConnectionList
          connections={known}
          trackers={trackers.value ?? []}
          shown={place.at === 'list' ? place.shown : ''}
        />
      )}
      {connections.value?.length === 0 && place.at === 'list' && (
        <p>
          <TryDemo />
        </p>
      )}
      {trackers.value &&
        place.at !== 'list' &&
        ((place.at === 'add' && mayAdd) || (edited && !edited.demo)) && (
          <ConnectionForm
            key={JSON.stringify(place)}
            start={{
              edited,
              address: place.at === 'add' ? place.address : '',
              tracker: place.at === 'add' ? place.tracker : '',
              tested: saved?.tested ?? null,
            }}
            requestHosts={requestHosts}
            onSaved={(one) => {
              setSaved({ ...one, listed: connections.value });
              location.hash = `edit/${encodeURIComponent(one.connection.id)}`;
            }}
            onClose={() => {
              location.hash = '';
            }}
          />
        )}
      {edited && sources?.can && <Templates connection={edited} />}
      {place.at === 'list' && (
        // Asked for with the list, and seen with it: nothing moves away under a press.
        <div style={{ display: connections.value || connections.problem ? 'contents' : 'none' }}>
          <KeysSection />
          <TransferSection
            forbidden={forbidden.includes('export-keys')}
            connections={known}
            requestHosts={requestHosts}
          />
          <ShortcutList shortcuts={shortcuts} />
        </div>
      )}
    </main>
  );
}
