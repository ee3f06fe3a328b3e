import { effect, useModel, useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { useClient } from '../kit/client.ts';
import { lazy } from '../kit/lazy.tsx';
import { LockedNotice } from '../kit/locked-notice.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { markPainted } from '../kit/paint.ts';
import { RangePicker } from '../kit/range-picker.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { CampaignButtons, PauseOverlay } from './campaign-buttons.tsx';
import { CampaignPicker } from './campaign-picker.tsx';
import { CommandPalette, KeysHelp } from './command-palette.tsx';
import { CompareTab } from './compare-tab.tsx';
import { PanelModel, TABS, type Tab } from './model.ts';
import { campaignActions, clickAction, type PanelAction, panelActions } from './panel-actions.ts';
import {
  CountedTypesNote,
  PanelFooter,
  PanelHeader,
  ResizeHandle,
  TroubleNotice,
} from './panel-frame.tsx';
import { keyOf, wrapTab } from './panel-keys.ts';
import type { PanelLink } from './panel-link.ts';
import type { PanelMemory } from './panel-memory.ts';
import { type TabProps, trackerOf } from './tab-props.ts';
import { useTaskFocus } from './task-focus.ts';

/** All but the comparison, which the panel mostly opens with, are loaded after it or when they are opened. */
const CostTab = lazy(async () => (await import('./cost-tab.tsx')).CostTab);
const BlacklistTab = lazy(async () => (await import('./blacklist-tab.tsx')).BlacklistTab);
const HistoryTab = lazy(async () => (await import('./history-tab.tsx')).HistoryTab);
const ClickLookupView = lazy(async () => (await import('../clicks/lookup.tsx')).ClickLookupView);
const LATER = [CostTab, BlacklistTab, HistoryTab, ClickLookupView];
/** By then the comparison is on the screen. */
const LATER_MS = 1_000;

interface PanelProps {
  readonly link: PanelLink;
  readonly memory: PanelMemory;
  /** Epoch ms. */
  readonly now: () => number;
}

export function Panel({ link, memory, now }: PanelProps) {
  const client = useClient();
  const model = useModel(() => new PanelModel(client, link, memory, now));
  const frame = useRef<HTMLElement>(null);
  const { value: context, problem } = model.context.value;
  const own = model.own.value;
  const subject = model.subject.value;
  const range = model.range.value;
  const tab = model.tab.value;
  const dock = model.dock.value;
  const collapsed = model.collapsed.value;
  const overlay = model.overlay.value;
  const actions = panelActions(model, link.close);

  useTaskFocus(link.task, frame, model.begin);
  // Before the drawing that shows it is painted, not after it.
  useLayoutEffect(
    () =>
      effect(() => {
        if (link.shown.value) markPainted('shown');
      }),
    [],
  );
  useSignalEffect(() => {
    document.documentElement.dataset.theme = model.shownTheme.value;
  });
  useFocusReturn(overlay !== null, frame);
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { load } of LATER) void load().catch(() => {});
    }, LATER_MS);
    return () => clearTimeout(timer);
  }, []);
  usePanelKeys(model, link, frame, actions);

  return (
    <main
      class={`ct panel ${dock ?? ''} ${collapsed ? 'collapsed' : ''}`}
      aria-label="Crosstrack"
      ref={frame}
      tabIndex={-1}
    >
      <PanelHeader
        context={context}
        title={subject?.name ?? null}
        campaign={subject && <CampaignButtons model={model} />}
        collapsed={collapsed}
        onDrag={dock === 'float' ? link.send : null}
        onRefresh={model.refresh}
        onCollapse={model.collapse}
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
              {/* The blacklist has days of its own. */}
              <div class="under-header">
                {(tab !== 'blacklist' || !subject) && (
                  <RangePicker range={range} now={now} onChange={model.chooseRange} />
                )}
                <CountedTypesNote connections={context.connections} />
              </div>
              {subject ? (
                <>
                  <Tabs
                    label={t('panelTabs')}
                    tabs={TABS.map((id) => ({ id, text: t(`tab_${id}`) }))}
                    chosen={tab}
                    onChoose={model.chooseTab}
                  />
                  <div class="body" role="tabpanel" aria-label={t(`tab_${tab}`)}>
                    <h2 class="hidden-text">{t(`tab_${tab}`)}</h2>
                    <TabBody
                      tab={tab}
                      context={context}
                      campaign={subject}
                      range={range}
                      now={now}
                    />
                  </div>
                </>
              ) : (
                <CampaignPicker
                  connection={own.id}
                  side={trackerOf(context, own.tracker)?.side ?? 'tracker'}
                  onPick={model.pick}
                />
              )}
            </>
          )}
          <PanelFooter />
          {dock && <ResizeHandle dock={dock} send={link.send} />}
        </>
      )}
      {overlay === 'pause' && own && subject && (
        <PauseOverlay
          connection={own.id}
          campaign={subject}
          isActive={model.active.value ?? true}
          onClose={() => model.show(null)}
        />
      )}
      {overlay === 'clicks' && context && (
        <div class="overlay" role="dialog" aria-label={t('findClick')}>
          <h2>{t('findClick')}</h2>
          <ClickLookupView
            connections={context.connections}
            trackers={context.trackers}
            first={model.clickId.value}
          />
          <button type="button" class="button" name="close-clicks" onClick={() => model.show(null)}>
            {t('close')}
          </button>
        </div>
      )}
      {overlay === 'keys' && <KeysHelp actions={actions} onClose={() => model.show(null)} />}
      {overlay === 'palette' && (
        <CommandPalette
          actions={[...actions, ...campaignActions(model)]}
          offer={(typed) => clickAction(model, typed)}
          onClose={() => model.show(null)}
        />
      )}
    </main>
  );
}

/** Returns the focus to where it was once the overlay closes. */
function useFocusReturn(isOpen: boolean, frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!isOpen) return;
    const before = document.activeElement;
    return () => {
      if (frame.current?.contains(document.activeElement)) return;
      const back = before instanceof HTMLElement && before.isConnected ? before : frame.current;
      back?.focus();
    };
  }, [isOpen]);
}

/** The panel's keyboard shortcuts, wherever the focus is in its document. */
function usePanelKeys(
  model: InstanceType<typeof PanelModel>,
  link: PanelLink,
  frame: RefObject<HTMLElement | null>,
  actions: readonly PanelAction[],
): void {
  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event;
    const typing =
      target instanceof HTMLInputElement ||
      target instanceof HTMLSelectElement ||
      target instanceof HTMLTextAreaElement;
    const key = keyOf(event);
    if ((event.ctrlKey || event.metaKey) && key === 'k') model.show('palette');
    else if (key === 'Escape') {
      if (model.overlay.value) model.show(null);
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
  const latest = useRef(onKeyDown);
  latest.current = onKeyDown;
  // On the document: once the focused element is removed, key events bypass the panel's own.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => latest.current(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

function TabBody({ tab, ...props }: TabProps & { tab: Tab }) {
  // Reset the tab for another campaign or other dates.
  const key = `${props.campaign.id} ${JSON.stringify(props.range)}`;
  switch (tab) {
    case 'compare':
      return <CompareTab {...props} />;
    case 'cost':
      return <CostTab key={key} {...props} />;
    case 'blacklist':
      return <BlacklistTab key={props.campaign.id} {...props} />;
    case 'history':
      return <HistoryTab key={props.campaign.id} {...props} />;
  }
}
