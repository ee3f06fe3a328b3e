import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { PRESETS, presetRange, type Range } from '../../lib/report/range.ts';
import { GrantAll } from '../kit/access.tsx';
import { useAsk, useClient } from '../kit/client.ts';
import { countedTogether, DemoNotice, TryDemo } from '../kit/demo.tsx';
import { LockedNotice } from '../kit/locked-notice.tsx';
import { Notice, ProblemNotice } from '../kit/notice.tsx';
import { RangePicker } from '../kit/range-picker.tsx';
import { Skeletons } from '../kit/skeletons.tsx';
import { StorageNotice } from '../kit/storage-notice.tsx';
import { CompareView } from './compare.tsx';
import { JournalView } from './journal.tsx';
import { ListsView } from './lists.tsx';
import { type PageState, rangeIn, readState, VIEWS, writeState } from './page-state.ts';

export function Dashboard({ now }: { now: () => number }) {
  const client = useClient();
  const [state, setState] = useState(() => readState(location.hash));
  const [again, setAgain] = useState(0);
  useEffect(() => {
    const follow = () => setState(readState(location.hash));
    addEventListener('hashchange', follow);
    // The address may have changed between the first drawing and now.
    follow();
    return () => removeEventListener('hashchange', follow);
  }, []);
  const change = (patch: Partial<PageState>, keep = true) => {
    const hash = writeState({ ...state, ...patch });
    if (keep) location.hash = hash;
    else {
      // Typing a search is one step back, not one for each letter.
      history.replaceState(null, '', hash);
      setState({ ...state, ...patch });
    }
  };
  const { value: listed, problem } = useAsk('connections.list', {}, again);
  const connections = listed?.filter(({ off }) => !off);
  const { value: trackers } = useAsk('trackers.list', {});
  const base =
    connections?.find(({ id }) => id === state.base) ?? countedTogether(connections ?? [])[0];
  // Made-up figures and real ones are never in one table.
  const together = connections?.filter(({ demo }) => demo === base?.demo) ?? [];
  const apart = connections?.find(({ demo }) => demo !== base?.demo);
  const range = base ? rangeIn(state, now(), base.zone) : null;

  return (
    <div class="ct dashboard">
      <nav aria-label={t('views')}>
        <b class="brand">Crosstrack</b>
        {VIEWS.map((view) => (
          <a
            key={view}
            href={writeState({ ...state, view })}
            aria-current={view === state.view ? 'page' : undefined}
          >
            {t(`view_${view}`)}
          </a>
        ))}
        <button type="button" class="nav-link" onClick={() => void client.call('options.open', {})}>
          {t('connections')}
        </button>
      </nav>
      <main class="stack">
        <h1>{t(`view_${state.view}`)}</h1>
        {problem && <ProblemNotice problem={problem} />}
        {!listed && !problem && <Skeletons />}
        {connections && <LockedNotice connections={connections} />}
        {connections && <GrantAll connections={connections} />}
        <StorageNotice />
        <DemoNotice
          connections={state.view === 'compare' ? together : (connections ?? [])}
          onRemoved={() => setAgain((count) => count + 1)}
        />
        {state.view === 'compare' && apart && (
          <p class="small soft">
            {t('demoApart')}{' '}
            <button
              type="button"
              class="link"
              name="show-apart"
              onClick={() => change({ base: apart.id, sort: '' })}
            >
              {t(apart.demo ? 'demoShow' : 'demoHide')}
            </button>
          </p>
        )}
        {connections?.length === 0 && (
          <Notice
            action={
              <span class="row">
                <button
                  type="button"
                  class="button primary"
                  onClick={() => void client.call('options.open', {})}
                >
                  {t('addTracker')}
                </button>
                <TryDemo onAdded={() => setAgain((count) => count + 1)} />
              </span>
            }
          >
            {t('dashboardEmpty')}
          </Notice>
        )}
        {connections && connections.length > 0 && trackers && range && base && (
          <>
            {state.view === 'compare' && (
              <div class="row toolbar">
                <RangePicker
                  range={range}
                  now={now}
                  onChange={(next) => change({ days: daysOf(next, now(), base.zone) })}
                />
                <span class="small soft">{t('daysIn', base.zone)}</span>
                <input
                  class="input search"
                  type="search"
                  name="search"
                  aria-label={t('search')}
                  placeholder={t('search')}
                  value={state.search}
                  onInput={({ currentTarget }) => change({ search: currentTarget.value }, false)}
                />
                <button
                  type="button"
                  class="button"
                  name="refresh"
                  onClick={() => setAgain(again + 1)}
                >
                  ⟳ {t('refresh')}
                </button>
              </div>
            )}
            {state.view === 'compare' && (
              <CompareView
                key={base.demo ? 'demo' : 'real'}
                connections={together}
                trackers={trackers}
                base={base}
                range={range}
                state={state}
                again={again}
                now={now}
                onChange={change}
              />
            )}
            {state.view === 'journal' && (
              <JournalView connections={connections} trackers={trackers} />
            )}
            {state.view === 'lists' && <ListsView connections={connections} />}
          </>
        )}
      </main>
    </div>
  );
}

/** A preset where the days are one, so that a bookmark of "today" stays today. */
function daysOf(range: Range, now: number, zone: string): PageState['days'] {
  const preset = PRESETS.find((one) => {
    const { from, to } = presetRange(one, now, zone);
    return from === range.from && to === range.to;
  });
  return preset ?? { from: range.from, to: range.to };
}
