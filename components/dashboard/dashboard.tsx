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
import { RangePicker } from '../kit/range-picker.tsx';
import { SearchInput } from '../kit/search-input.tsx';
import { Skeletons } from '../kit/skeletons.tsx';
import { StorageNotice } from '../kit/storage-notice.tsx';
import { RatesFold } from '../rates/rates-fold.tsx';
import { CompareView } from './compare.tsx';
import { JournalView } from './journal.tsx';
import { LinksView } from './links.tsx';
import { ListsView } from './lists.tsx';
import { DashboardModel } from './model.ts';
import { OffersView } from './offers.tsx';
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
  const comparing = state.view === 'compare' || state.view === 'offers';

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
      <main class={`stack ${state.view === 'compare' ? 'fills' : ''}`}>
        <h1>{t(`view_${state.view}`)}</h1>
        {problem && <ProblemNotice problem={problem} />}
        {!listed && !problem && <Skeletons />}
        {connections && <LockedNotice connections={connections} />}
        {connections && <GrantAll connections={connections} />}
        <StorageNotice />
        <OpenUpdates />
        <DemoNotice connections={comparing ? compared : (connections ?? [])} removable />
        {comparing && separate && (
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
            {state.view === 'offers' && (
              <div class="row toolbar">
                <RangePicker range={range} now={now} onChange={model.chooseDays} />
                <span class="small soft">{t('daysIn', base.zone)}</span>
                <SearchInput name="search" value={state.search} onValue={model.search} />
                <button type="button" class="button" name="refresh" onClick={model.refresh}>
                  ⟳ {t('refresh')}
                </button>
              </div>
            )}
            {comparing && <RatesFold connections={compared} base={base} now={now} />}
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
            {state.view === 'offers' && (
              <OffersView
                key={base.demo ? 'demo' : 'real'}
                page={model}
                trackers={trackers}
                range={range}
                now={now}
                onChange={model.change}
              />
            )}
            {state.view === 'links' && (
              <LinksView
                sides={{ connections: realOrDemo(connections), trackers }}
                kind={state.kind}
                search={state.search}
                onKind={(kind) => model.change({ kind })}
                onSearch={model.search}
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
