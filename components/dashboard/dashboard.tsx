import { useModel } from '@preact/signals';
import { t } from '../../lib/i18n.ts';
import { ClickLookupView } from '../clicks/lookup.tsx';
import { OpenUpdates } from '../costs/open-updates.tsx';
import { GrantAll } from '../kit/access.tsx';
import { useClient } from '../kit/client.ts';
import { realOrDemo } from '../kit/connections.ts';
import { DemoNotice, TryDemo } from '../kit/demo.tsx';
import { LockedNotice } from '../kit/locked-notice.tsx';
import { Notice, ProblemNotice } from '../kit/notice.tsx';
import { Skeletons } from '../kit/skeletons.tsx';
import { StorageNotice } from '../kit/storage-notice.tsx';
import { CompareView } from './compare.tsx';
import { JournalView } from './journal.tsx';
import { ListsView } from './lists.tsx';
import { DashboardModel } from './model.ts';
import { VIEWS, writeState } from './page-state.ts';

export function Dashboard({ now }: { now: () => number }) {
  const client = useClient();
  const model = useModel(() => new DashboardModel(client, now));
  const state = model.state.value;
  const { value: listed, problem } = model.listed.value;
  const connections = model.connections.value;
  const trackers = model.trackers.value;
  const base = model.base.value;
  const range = model.range.value;
  const compared = model.compared.value;
  const separate = model.separate.value;

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
        <button type="button" class="nav-link" onClick={model.openSettings}>
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
        <OpenUpdates />
        <DemoNotice
          connections={state.view === 'compare' ? compared : (connections ?? [])}
          removable
        />
        {state.view === 'compare' && separate && (
          <p class="small soft">
            {t('demoApart')}{' '}
            <button
              type="button"
              class="link"
              name="show-apart"
              onClick={() => model.change({ base: separate.id, sort: '' })}
            >
              {t(separate.demo ? 'demoShow' : 'demoHide')}
            </button>
          </p>
        )}
        {connections?.length === 0 && (
          <Notice
            action={
              <span class="row">
                <button type="button" class="button primary" onClick={model.openSettings}>
                  {t('addTracker')}
                </button>
                <TryDemo />
              </span>
            }
          >
            {t('dashboardEmpty')}
          </Notice>
        )}
        {connections && connections.length > 0 && trackers && range && base && (
          <>
            {state.view === 'compare' && (
              <CompareView
                key={base.demo ? 'demo' : 'real'}
                page={model}
                trackers={trackers}
                range={range}
                now={now}
                onDays={model.chooseDays}
                onSearch={model.search}
                onRefresh={model.refresh}
                onChange={model.change}
              />
            )}
            {state.view === 'clicks' && (
              <ClickLookupView
                connections={realOrDemo(connections)}
                trackers={trackers}
                first={state.click}
                onFind={(click) => model.change({ click })}
              />
            )}
            {state.view === 'journal' && (
              <JournalView
                connections={connections}
                trackers={trackers}
                state={state}
                onChange={model.change}
                onSearch={model.search}
              />
            )}
            {state.view === 'lists' && <ListsView connections={connections} />}
          </>
        )}
      </main>
    </div>
  );
}
