import { computed, createModel, effect, signal, untracked } from '@preact/signals';
import type { PanelTheme } from '../../lib/page/panel-themes.ts';
import type { Dock, PanelPlace, PanelTask } from '../../lib/page/protocol.ts';
import { presetRange, type Range } from '../../lib/report/range.ts';
import type { Settings } from '../../lib/settings/settings.ts';
import type { PageView } from '../../lib/trackers/page.ts';
import type { QueryClient } from '../kit/query.ts';
import type { PanelLink } from './panel-link.ts';
import type { PanelMemory } from './panel-memory.ts';
import type { Subject, TabProps } from './tab-props.ts';

export const TABS = ['compare', 'cost', 'blacklist', 'history'] as const;
export type Tab = (typeof TABS)[number];
/** A stored tab. Earlier versions called the comparison 'elsewhere'. */
const tabIn = (name: string | null | undefined): Tab | null =>
  name === 'elsewhere' ? 'compare' : (TABS.find((one) => one === name) ?? null);

/** What the panel is about, how it stands, and what lies over it. */
export const PanelModel = createModel(
  (client: QueryClient, link: PanelLink, memory: PanelMemory, now: () => number) => {
    const context = computed(() => client.query('panel.context', {}, link.context));
    const own = computed(() => {
      const { own: id, connections } = context.value.value ?? {};
      return connections?.find((one) => one.id === id) ?? null;
    });

    /** Settings that were changed here; those of the context are of before. */
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
    /** As text, so that only what is another place is told. */
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
    // Another page of the tracker: what was picked by hand belongs to the one before.
    effect(() => {
      if (view.value === 'null' || untracked(memory.read).view === view.value) return;
      memory.change({ view: view.value, picked: null, range: null });
    });
    /** What was chosen by hand on this page. */
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
    const over = signal<'keys' | 'palette' | null>(null);
    const showTab = (tab: Tab) => memory.change({ tab });

    return {
      context,
      own,
      campaigns,
      /** The campaign with its name, as far as that is known; null = none is chosen. */
      subject: computed((): TabProps['campaign'] | null => {
        if (!campaign.value) return null;
        const { id, name: told } = campaign.value;
        const { value, problem } = campaigns.value;
        const name = value?.campaigns.find((one) => one.id === id)?.name ?? told;
        const named = name !== null || value !== null || problem !== null;
        return { id, name: name ?? `#${id}`, named };
      }),
      range: computed(() => {
        if (!own.value) return null;
        return chosen.value.range ?? rangeOf(link.view.value?.range ?? null, now(), own.value.zone);
      }),
      tab: computed(
        (): Tab => tabIn(memory.read().tab) ?? tabIn(settings.value?.panelTab) ?? 'compare',
      ),
      collapsed: computed(() => memory.read().collapsed),
      dock: computed(() => settings.value?.panelDock ?? null),
      theme,
      /** The theme in use, where the chosen one is the page's. */
      shownTheme: computed(() => (theme.value === 'page' ? link.theme.value : theme.value)),
      over,
      pick: (picked: Subject) => memory.change({ view: view.value, picked }),
      chooseRange: (range: Range) => memory.change({ view: view.value, range }),
      chooseTab(tab: Tab): void {
        showTab(tab);
        write({ panelTab: tab });
      },
      chooseDock: (panelDock: Dock) => write({ panelDock }),
      chooseTheme: (panelTheme: PanelTheme) => write({ panelTheme }),
      collapse: () => memory.change({ collapsed: !memory.read().collapsed }),
      /** A command brings its tab to the front. */
      begin(task: PanelTask): void {
        const tab = tabIn(task);
        if (tab) showTab(tab);
        memory.change({ collapsed: false });
        over.value = null;
      },
      show(next: 'keys' | 'palette' | null): void {
        over.value = next;
      },
      refresh: client.refresh,
      openDashboard: () => void client.call('dashboard.open', { view: null }),
      openSettings: () => void client.call('options.open', {}),
    };
  },
);

/** The page's days in the connection's zone; today when the page does not say. */
function rangeOf(seen: PageView['range'], now: number, zone: string): Range {
  if (seen === null) return presetRange('today', now, zone);
  return 'preset' in seen ? presetRange(seen.preset, now, zone) : { ...seen, zone };
}
