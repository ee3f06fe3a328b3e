import { useComputed, useSignalEffect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answers } from '../../lib/contract/calls.ts';
import { t } from '../../lib/i18n.ts';
import { PANEL_THEMES, type PanelTheme } from '../../lib/page/panel-themes.ts';
import { DOCKS, type Dock, type Pair, type PanelTask } from '../../lib/page/protocol.ts';
import { presetRange, type Range } from '../../lib/report/range.ts';
import type { Settings } from '../../lib/settings/settings.ts';
import type { PageView } from '../../lib/trackers/page.ts';
import { useAsk, useClient } from '../kit/client.ts';
import { LockedNotice } from '../kit/locked-notice.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { markOnScreen } from '../kit/on-screen.ts';
import { RangePicker } from '../kit/range-picker.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { BlacklistTab } from './blacklist.tsx';
import { CampaignPicker } from './campaign-picker.tsx';
import { CostTab } from './cost.tsx';
import { ElsewhereTab } from './elsewhere.tsx';
import { HistoryTab } from './history.tsx';
import { KeysHelp, Palette, type PaletteAction } from './palette.tsx';
import { PanelFooter, PanelHeader, SizeGrip, TroubleNotice } from './panel-frame.tsx';
import { keyOf, wrapTab } from './panel-keys.ts';
import type { PanelLink } from './panel-link.ts';
import type { PanelMemory } from './panel-memory.ts';
import { useTaskFocus } from './task-focus.ts';

const TABS = ['elsewhere', 'cost', 'blacklist', 'history'] as const;
type Tab = (typeof TABS)[number];

/** The campaign that the panel is about. */
export interface Subject {
  readonly id: string;
  /** As the page or the tracker names it; null until known. */
  readonly name: string | null;
}

export interface TabProps {
  readonly context: Answers['panel.context'];
  /** `named`: is that its name, as far as it will ever be known? */
  readonly campaign: Subject & { readonly name: string; readonly named: boolean };
  readonly range: Range;
  /** Counts up when everything is to be asked anew. */
  readonly again: number;
  readonly now: () => number;
}

interface PanelProps {
  readonly link: PanelLink;
  readonly memory: PanelMemory;
  readonly now: () => number;
}

const TAB_OF_TASK: Partial<Record<PanelTask, Tab>> = {
  elsewhere: 'elsewhere',
  cost: 'cost',
  blacklist: 'blacklist',
};
const tabIn = (name: string | null | undefined): Tab | null =>
  TABS.find((one) => one === name) ?? null;

export function Panel({ link, memory, now }: PanelProps) {
  const before = memory.read();
  const seen = link.view.value;
  const view = JSON.stringify(seen);
  const [picked, setPicked] = useState<Subject | null>(null);
  const [collapsed, setCollapsed] = useState(before.collapsed);
  const [tab, setTab] = useState<Tab | null>(tabIn(before.tab));
  const [chosenRange, setChosenRange] = useState<Range | null>(null);
  const [again, setAgain] = useState(0);
  const { value: context, problem } = useAsk('panel.context', {}, again, link.context);
  const [placed, setPlaced] = useState<{ dock?: Dock; at?: Pair; size?: Pair }>({});
  const [theme, setTheme] = useState<PanelTheme | null>(null);
  const [over, setOver] = useState<'keys' | 'palette' | null>(null);
  const frame = useRef<HTMLElement>(null);
  const client = useClient();
  const write = (settings: Partial<Settings>) =>
    void client.call('settings.write', settings).catch(() => {});

  // Another page of the tracker: what was picked by hand belongs to the one before.
  useEffect(() => {
    if (seen === null) return;
    const kept = memory.read();
    const same = kept.view === view;
    setPicked(same ? kept.picked : null);
    setChosenRange(same ? kept.range : null);
    if (!same) memory.change({ view, picked: null, range: null });
  }, [view]);
  const pick = (campaign: Subject | null) => {
    setPicked(campaign);
    memory.change({ view, picked: campaign });
  };
  const chooseRange = (range: Range | null) => {
    setChosenRange(range);
    memory.change({ view, range });
  };
  const collapse = (next: boolean) => {
    setCollapsed(next);
    memory.change({ collapsed: next });
  };
  const showTab = (next: Tab) => {
    setTab(next);
    memory.change({ tab: next });
  };

  // A command brings its tab to the front and the keyboard into it.
  useTaskFocus(link.task, frame, (task) => {
    const wanted = TAB_OF_TASK[task];
    if (wanted) showTab(wanted);
    collapse(false);
    setOver(null);
  });
  useSignalEffect(() => {
    if (link.shown.value) markOnScreen('shown');
  });
  useSignalEffect(() => {
    const moved = link.placed.value;
    if (!moved) return;
    const { at, size } = moved;
    setPlaced((known) => ({ ...known, ...(size ? { size } : {}), ...(at ? { at } : {}) }));
    write({ ...(size ? { panelSize: size } : {}), ...(at ? { panelAt: at } : {}) });
  });

  const settings = context?.settings;
  const dock = placed.dock ?? settings?.panelDock ?? null;
  const at = placed.at ?? settings?.panelAt ?? null;
  const size = placed.size ?? settings?.panelSize ?? null;
  const place = JSON.stringify([dock, at, size, collapsed]);
  useEffect(() => {
    if (dock) link.place({ dock, at, size, collapsed });
  }, [place]);

  const pageTheme = useComputed(() => link.theme.value);
  const chosenTheme = theme ?? settings?.panelTheme ?? 'page';
  const shownTheme = chosenTheme === 'page' ? pageTheme.value : chosenTheme;
  useEffect(() => {
    document.documentElement.dataset.theme = shownTheme;
  }, [shownTheme]);

  const own = context?.connections.find(({ id }) => id === context.own);
  const campaign: Subject | null =
    picked ?? (seen?.campaignId ? { id: seen.campaignId, name: seen.campaignName } : null);
  const { value: listed, problem: unlisted } = useAsk(
    'campaigns.list',
    own && campaign ? { connection: own.id, fresh: false } : null,
  );
  const name =
    listed?.campaigns.find(({ id }) => id === campaign?.id)?.name ?? campaign?.name ?? null;
  const active: Tab = tab ?? tabIn(settings?.panelTab) ?? 'elsewhere';
  const range: Range | null = own
    ? (chosenRange ?? rangeOf(seen?.range ?? null, now(), own.zone))
    : null;

  const choose = (next: Tab) => {
    showTab(next);
    write({ panelTab: next });
  };
  const refresh = () => setAgain((count) => count + 1);
  const actions: PaletteAction[] = [
    ...TABS.map((id) => ({
      key: id[0] ?? '',
      text: t(`tab_${id}`),
      on: id === active,
      run: () => choose(id),
    })),
    { key: 'r', text: t('refresh'), run: refresh },
    {
      key: 'd',
      text: t('openDashboard'),
      run: () => void client.call('dashboard.open', { view: null }),
    },
    { key: 's', text: t('openSettings'), run: () => void client.call('options.open', {}) },
    ...DOCKS.map((id) => ({
      key: '',
      text: t(`dock_${id}`),
      on: id === dock,
      run: () => {
        setPlaced((known) => ({ ...known, dock: id }));
        write({ panelDock: id });
      },
    })),
    ...PANEL_THEMES.map((id) => ({
      key: '',
      text: t(`panelTheme_${id}`),
      on: id === chosenTheme,
      run: () => {
        setTheme(id);
        write({ panelTheme: id });
      },
    })),
    { key: '?', text: t('keys'), run: () => setOver('keys') },
    { key: 'Esc', text: t('close'), run: link.close },
  ];

  // What lies over the panel takes the keyboard, and gives it back.
  const isOver = over !== null;
  useEffect(() => {
    if (!isOver) return;
    const before = document.activeElement;
    return () => {
      if (frame.current?.contains(document.activeElement)) return;
      const back = before instanceof HTMLElement && before.isConnected ? before : frame.current;
      back?.focus();
    };
  }, [isOver]);

  const press = (event: KeyboardEvent) => {
    const { target } = event;
    const typing =
      target instanceof HTMLInputElement ||
      target instanceof HTMLSelectElement ||
      target instanceof HTMLTextAreaElement;
    const key = keyOf(event);
    if ((event.ctrlKey || event.metaKey) && key === 'k') setOver('palette');
    else if (key === 'Escape') {
      if (over) setOver(null);
      else link.close();
    } else if (key === 'Tab') {
      if (!frame.current || !wrapTab(event, frame.current)) return;
    } else if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    else {
      const action = actions.find((one) => one.key !== '' && one.key === key);
      if (!action) return;
      action.run();
    }
    event.preventDefault();
  };
  const pressed = useRef(press);
  pressed.current = press;
  // Not of the panel's element: what had the focus may have gone, and then the document has it.
  useEffect(() => {
    const hear = (event: KeyboardEvent) => pressed.current(event);
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);

  return (
    <main
      class={`ct panel ${dock ?? ''} ${collapsed ? 'collapsed' : ''}`}
      aria-label="Crosstrack"
      ref={frame}
      tabIndex={-1}
    >
      <PanelHeader
        context={context}
        title={campaign && (name ?? `#${campaign.id}`)}
        collapsed={collapsed}
        onDrag={dock === 'float' ? link.send : null}
        onRefresh={refresh}
        onCollapse={() => collapse(!collapsed)}
        onClose={link.close}
      />
      {!collapsed && (
        <>
          <TroubleNotice trouble={link.trouble.value} />
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
                <RangePicker range={range} now={now} onChange={chooseRange} />
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
                    <h2 class="hidden-text">{t(`tab_${active}`)}</h2>
                    <TabBody
                      tab={active}
                      context={context}
                      campaign={{
                        id: campaign.id,
                        name: name ?? `#${campaign.id}`,
                        named: name !== null || listed !== null || unlisted !== null,
                      }}
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
                  onPick={pick}
                />
              )}
            </>
          )}
          <PanelFooter />
          {dock && <SizeGrip dock={dock} send={link.send} />}
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
              run: () => pick({ id, name: text }),
            })),
          ]}
          onClose={() => setOver(null)}
        />
      )}
    </main>
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

export function trackerOf(context: Answers['panel.context'] | null, id: string) {
  return context?.trackers.find((tracker) => tracker.id === id);
}

/** The page's days in the connection's zone; today when the page does not say. */
function rangeOf(seen: PageView['range'], now: number, zone: string): Range {
  if (seen === null) return presetRange('today', now, zone);
  return 'preset' in seen ? presetRange(seen.preset, now, zone) : { ...seen, zone };
}
