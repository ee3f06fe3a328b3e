import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import type { PageWatch, PanelTask } from '../../lib/page/handoff.ts';
import { presetRange, type Range } from '../../lib/report/range.ts';
import type { Results } from '../../lib/rpc/results.ts';
import { useAsk, useClient } from '../kit/client.ts';
import { LockedNotice } from '../kit/locked-notice.tsx';
import { Mark } from '../kit/mark.tsx';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { RangePicker } from '../kit/range-picker.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { BlacklistTab } from './blacklist.tsx';
import { CampaignPicker } from './campaign-picker.tsx';
import { CostTab } from './cost.tsx';
import { drag, insetOf, type Spot } from './drag.ts';
import { ElsewhereTab } from './elsewhere.tsx';
import { HistoryTab } from './history.tsx';
import { KeysHelp, Palette, type PaletteAction } from './palette.tsx';

const TABS = ['elsewhere', 'cost', 'blacklist', 'history'] as const;
type Tab = (typeof TABS)[number];
const DOCKS = ['right', 'left', 'bottom', 'float'] as const;

/** The campaign that the panel is about. */
export interface Subject {
  readonly id: string;
  /** As the page or the tracker names it; null until known. */
  readonly name: string | null;
}

export interface TabProps {
  readonly context: Results['panel.context'];
  readonly campaign: Subject & { readonly name: string };
  readonly range: Range;
  /** Counts up when everything is to be asked anew. */
  readonly again: number;
  readonly now: () => number;
}

interface PanelProps {
  readonly page: PageWatch;
  readonly task: PanelTask;
  readonly runs: number;
  readonly now: () => number;
  onClose(): void;
}

const TAB_OF_TASK: Partial<Record<PanelTask, Tab>> = {
  elsewhere: 'elsewhere',
  cost: 'cost',
  blacklist: 'blacklist',
};

export function Panel({ page, task, runs, now, onClose }: PanelProps) {
  const [seen, setSeen] = useState(page.current());
  useEffect(() => page.subscribe(setSeen), [page]);
  const [picked, setPicked] = useState<Subject | null>(null);
  const [collapsed, setCollapsed] = useState(false);
  const [tab, setTab] = useState<Tab | null>(TAB_OF_TASK[task] ?? null);
  const [chosenRange, setChosenRange] = useState<Range | null>(null);
  const [again, setAgain] = useState(0);
  const { value: context, problem } = useAsk('panel.context', {}, again);
  const [dock, setDock] = useState<(typeof DOCKS)[number] | null>(null);
  const [spot, setSpot] = useState<Spot | null>(null);
  const [over, setOver] = useState<'keys' | 'palette' | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const client = useClient();

  // Another page of the tracker: what was picked by hand belongs to the one before.
  const view = JSON.stringify(seen);
  useEffect(() => {
    setPicked(null);
    setChosenRange(null);
  }, [view]);
  // A command brings its tab to the front and the keyboard into the panel.
  useEffect(() => {
    const wanted = TAB_OF_TASK[task];
    if (wanted) setTab(wanted);
    setCollapsed(false);
    frame.current?.focus();
  }, [task, runs]);

  const own = context?.connections.find(({ id }) => id === context.own);
  const campaign: Subject | null =
    picked ?? (seen?.campaignId ? { id: seen.campaignId, name: seen.campaignName } : null);
  const { value: listed } = useAsk(
    'campaigns.list',
    own && campaign ? { connection: own.id, fresh: false } : null,
  );
  const name =
    listed?.campaigns.find(({ id }) => id === campaign?.id)?.name ?? campaign?.name ?? null;
  const active: Tab = tab ?? TABS.find((one) => one === context?.settings.panelTab) ?? 'elsewhere';
  const place = dock ?? context?.settings.panelDock ?? 'right';
  const at = place === 'float' ? (spot ?? context?.settings.panelAt) : undefined;

  const choose = (next: Tab) => {
    setTab(next);
    void client.call('settings.write', { panelTab: next }).catch(() => {});
  };
  const moveTo = (next: (typeof DOCKS)[number]) => {
    setDock(next);
    void client.call('settings.write', { panelDock: next }).catch(() => {});
  };

  const actions: PaletteAction[] = [
    ...TABS.map((id) => ({
      key: id[0] ?? '',
      text: t(`tab_${id}`),
      on: id === active,
      run: () => choose(id),
    })),
    { key: 'r', text: t('refresh'), run: () => setAgain((count) => count + 1) },
    {
      key: 'd',
      text: t('openDashboard'),
      run: () => void client.call('dashboard.open', { view: null }),
    },
    { key: 's', text: t('openSettings'), run: () => void client.call('options.open', {}) },
    ...DOCKS.map((id) => ({
      key: '',
      text: t(`dock_${id}`),
      on: id === place,
      run: () => moveTo(id),
    })),
    { key: '?', text: t('keys'), run: () => setOver('keys') },
    { key: 'Esc', text: t('close'), run: onClose },
  ];

  const press = (event: KeyboardEvent) => {
    // Our keys are ours alone: the page must not act on what is typed here.
    event.stopPropagation();
    const { target } = event;
    const typing =
      target instanceof HTMLInputElement ||
      target instanceof HTMLSelectElement ||
      target instanceof HTMLTextAreaElement;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') setOver('palette');
    else if (event.key === 'Escape') {
      if (over) setOver(null);
      else onClose();
    } else if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    else {
      const action = actions.find(({ key }) => key !== '' && key === event.key);
      if (!action) return;
      action.run();
    }
    event.preventDefault();
  };
  const hush = (event: Event) => event.stopPropagation();

  const range: Range | null = own
    ? (chosenRange ?? rangeOf(seen?.range ?? null, now(), own.zone))
    : null;

  return (
    <section
      class={`ct panel ${place} ${collapsed ? 'collapsed' : ''}`}
      aria-label="Crosstrack"
      ref={frame}
      style={at ? { inset: insetOf(at) } : undefined}
      tabIndex={-1}
      onKeyDown={press}
      onKeyUp={hush}
      onKeyPress={hush}
    >
      <header
        onPointerDown={(event) => {
          if (place !== 'float') return;
          drag(event, setSpot, (panelAt) => {
            void client.call('settings.write', { panelAt }).catch(() => {});
          });
        }}
      >
        <b class="brand">Crosstrack</b>
        {own && (
          <Mark
            initial={trackerOf(context, own.tracker)?.initial ?? '?'}
            name={own.name}
            index={context?.connections.indexOf(own) ?? 0}
          />
        )}
        <h2 class="grow title">
          {campaign && <Name text={name ?? `#${campaign.id}`} most={34} />}
        </h2>
        <button
          type="button"
          class="button quiet"
          name="refresh"
          title={t('refresh')}
          aria-label={t('refresh')}
          onClick={() => setAgain((count) => count + 1)}
        >
          ⟳
        </button>
        <button
          type="button"
          class="button quiet"
          name="collapse"
          title={t(collapsed ? 'expand' : 'collapse')}
          aria-label={t(collapsed ? 'expand' : 'collapse')}
          aria-expanded={!collapsed}
          onClick={() => setCollapsed(!collapsed)}
        >
          {collapsed ? '⌃' : '⌄'}
        </button>
        <button
          type="button"
          class="button quiet"
          name="close"
          title={t('close')}
          aria-label={t('close')}
          onClick={onClose}
        >
          ×
        </button>
      </header>
      {!collapsed && (
        <>
          {problem && <ProblemNotice problem={problem} />}
          {context && <LockedNotice connections={context.connections} />}
          {!context && !problem && (
            <div class="body stack">
              <div class="skeleton" />
            </div>
          )}
          {context && own && range && (
            <>
              <div class="under-header">
                <RangePicker range={range} now={now} onChange={setChosenRange} />
              </div>
              {campaign ? (
                <>
                  <Tabs
                    label={t('panelTabs')}
                    tabs={TABS.map((id) => ({ id, text: t(`tab_${id}`) }))}
                    chosen={active}
                    onChoose={choose}
                  />
                  <div class="body" role="tabpanel" aria-label={t(`tab_${active}`)}>
                    <TabBody
                      tab={active}
                      context={context}
                      campaign={{ id: campaign.id, name: name ?? `#${campaign.id}` }}
                      range={range}
                      again={again}
                      now={now}
                    />
                  </div>
                </>
              ) : (
                <CampaignPicker
                  connection={own.id}
                  side={trackerOf(context, own.tracker)?.side ?? 'tracker'}
                  onPick={setPicked}
                />
              )}
            </>
          )}
          <footer class="small soft">
            <span>
              <kbd>Ctrl K</kbd> {t('keyAnything')}
            </span>
            <span>
              <kbd>C</kbd> {t('tab_cost')}
            </span>
            <span>
              <kbd>B</kbd> {t('tab_blacklist')}
            </span>
            <span>
              <kbd>?</kbd> {t('keys')}
            </span>
          </footer>
        </>
      )}
      {over === 'keys' && <KeysHelp actions={actions} onClose={() => setOver(null)} />}
      {over === 'palette' && (
        <Palette
          actions={[
            ...actions,
            ...(listed?.campaigns ?? []).map(({ id, name: text }) => ({
              key: '',
              text: text || `#${id}`,
              typedOnly: true,
              run: () => setPicked({ id, name: text }),
            })),
          ]}
          onClose={() => setOver(null)}
        />
      )}
    </section>
  );
}

function TabBody({ tab, ...props }: TabProps & { tab: Tab }) {
  // Another campaign or other days start the tab anew.
  const key = `${props.campaign.id} ${JSON.stringify(props.range)}`;
  switch (tab) {
    case 'elsewhere':
      return <ElsewhereTab {...props} />;
    case 'cost':
      return <CostTab key={key} {...props} />;
    case 'blacklist':
      return <BlacklistTab key={key} {...props} />;
    case 'history':
      return <HistoryTab {...props} />;
  }
}

export function trackerOf(context: Results['panel.context'] | null, id: string) {
  return context?.trackers.find((tracker) => tracker.id === id);
}

type SeenRange = NonNullable<ReturnType<PageWatch['current']>>['range'];

/** The page's days in the connection's zone; today when the page does not say. */
function rangeOf(seen: SeenRange, now: number, zone: string): Range {
  if (seen === null) return presetRange('today', now, zone);
  return 'preset' in seen ? presetRange(seen.preset, now, zone) : { ...seen, zone };
}
