import { computed, createModel, effect, signal, untracked } from '@preact/signals';
import type { PanelTheme } from '../../lib/page/panel-themes.ts';
import type { Dock, PanelPlace, PanelTask } from '../../lib/page/protocol.ts';
import { type Range, seenRange } from '../../lib/report/range.ts';
import type { Settings } from '../../lib/settings/settings.ts';
import type { QueryClient } from '../kit/query.ts';
import type { PanelLink } from './panel-link.ts';
import type { PanelMemory } from './panel-memory.ts';
import { type Subject, type TabProps, trackerOf } from './tab-props.ts';

export const TABS = ['compare', 'cost', 'blacklist', 'history'] as const;
export type Tab = (typeof TABS)[number];
/** A stored tab. Earlier versions called the comparison 'elsewhere'. */
const tabIn = (name: string | null | undefined): Tab | null =>
  name === 'elsewhere' ? 'compare' : (TABS.find((one) => one === name) ?? null);

/** What can lie over the panel's body. */
export type PanelOverlay = 'keys' | 'palette' | 'pause' | 'clicks';

/** The panel's campaign and dates, its place on the page, and its overlay. */
export const PanelModel = createModel(
  (client: QueryClient, link: PanelLink, memory: PanelMemory, now: () => number) => {
    const context = computed(() => client.query('panel.context', {}, link.context));
    const own = computed(() => {
      const { own: id, connections } = context.value.value ?? {};
      return connections?.find((one) => one.id === id) ?? null;
    });

    /** Settings changed in this panel. The context does not have them yet. */
    const changed = signal<Partial<Settings>>({});
    const settings = computed(
      () => context.value.value && { ...context.value.value.settings, ...changed.value },
    );
    const write = (patch: Partial<Settings>) => {
      changed.value = { ...changed.value, ...patch };
      void client.call('settings.write', patch).catch(() => {});
    };
    effect(() => {
      const { at, size } = link.placed.value ?? {};
      const patch = { ...(size ? { panelSize: size } : {}), ...(at ? { panelAt: at } : {}) };
      if (at || size) untracked(() => write(patch));
    });
    /** As JSON, so that only a real change is sent to the page. */
    const place = computed(() => {
      if (!settings.value) return 'null';
      const { panelDock: dock, panelAt: at = null, panelSize: size = null } = settings.value;
      return JSON.stringify({ dock, at, size, collapsed: memory.read().collapsed });
    });
    effect(() => {
      const wanted: PanelPlace | null = JSON.parse(place.value);
      if (wanted) link.place(wanted);
    });

    const view = computed(() => JSON.stringify(link.view.value));
    // On another page of the tracker the user's choices no longer apply.
    effect(() => {
      const { view: of, picked, range } = untracked(memory.read);
      if (view.value === 'null' || of === view.value || (!picked && !range)) return;
      memory.change({ view: view.value, picked: null, range: null });
    });
    /** The user's choices on this page. */
    const chosen = computed(() => {
      const { view: of, picked, range } = memory.read();
      return of === view.value ? { picked, range } : { picked: null, range: null };
    });
    const campaign = computed((): Subject | null => {
      const { campaignId = null, campaignName = null } = link.view.value ?? {};
      return chosen.value.picked ?? (campaignId ? { id: campaignId, name: campaignName } : null);
    });
    const campaigns = computed(() =>
      client.query(
        'campaigns.list',
        own.value && campaign.value ? { connection: own.value.id, fresh: false } : null,
      ),
    );
    const theme = computed(() => settings.value?.panelTheme ?? 'page');
    const overlay = signal<PanelOverlay | null>(null);
    const clickId = signal('');
    const showTab = (tab: Tab) => memory.change({ tab });

    return {
      context,
      own,
      campaigns,
      /** The campaign with the best name known; null = none is selected. */
      subject: computed((): TabProps['campaign'] | null => {
        if (!campaign.value) return null;
        const { id, name: pageName } = campaign.value;
        const { value, problem } = campaigns.value;
        const name = value?.campaigns.find((one) => one.id === id)?.name ?? pageName;
        const named = name !== null || value !== null || problem !== null;
        return { id, name: name ?? `#${id}`, named };
      }),
      /** The click id with which the look-up opens; '' = none. */
      clickId,
      findClick(id: string): void {
        clickId.value = id;
        overlay.value = 'clicks';
      },
      /** Is the campaign active, as the tracker last said? null = not known. */
      active: computed(
        () =>
          campaigns.value.value?.campaigns.find(({ id }) => id === campaign.value?.id)?.active ??
          null,
      ),
      /** What the page's tracker can and cannot do; null until known. */
      capabilities: computed(
        () => trackerOf(context.value.value, own.value?.tracker ?? '')?.capabilities ?? null,
      ),
      range: computed(() => {
        if (!own.value) return null;
        return (
          chosen.value.range ?? seenRange(link.view.value?.range ?? null, now(), own.value.zone)
        );
      }),
      tab: computed(
        (): Tab => tabIn(memory.read().tab) ?? tabIn(settings.value?.panelTab) ?? 'compare',
      ),
      collapsed: computed(() => memory.read().collapsed),
      dock: computed(() => settings.value?.panelDock ?? null),
      theme,
      /** The theme to draw: `page` is resolved. */
      shownTheme: computed(() => (theme.value === 'page' ? link.theme.value : theme.value)),
      overlay,
      pick: (picked: Subject) => memory.change({ view: view.value, picked }),
      chooseRange: (range: Range) => memory.change({ view: view.value, range }),
      chooseTab(tab: Tab): void {
        showTab(tab);
        write({ panelTab: tab });
      },
      chooseDock: (panelDock: Dock) => write({ panelDock }),
      chooseTheme: (panelTheme: PanelTheme) => write({ panelTheme }),
      collapse: () => memory.change({ collapsed: !memory.read().collapsed }),
      /** Opens the tab of a task. */
      begin(task: PanelTask): void {
        const tab = tabIn(task);
        if (tab) showTab(tab);
        memory.change({ collapsed: false });
        overlay.value = null;
      },
      show(next: PanelOverlay | null): void {
        overlay.value = next;
      },
      refresh: client.refresh,
      openCampaign(): void {
        if (!own.value || !campaign.value) return;
        const opened = { connection: own.value.id, campaignId: campaign.value.id };
        void client.call('campaign.open', opened).catch(() => {});
      },
      openDashboard: () => void client.call('dashboard.open', { view: null }),
      openSettings: () => void client.call('options.open', {}),
    };
  },
);
