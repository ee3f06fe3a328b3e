import { t } from '../../lib/i18n.ts';
import { PANEL_THEMES } from '../../lib/page/panel-themes.ts';
import { DOCKS } from '../../lib/page/protocol.ts';
import { type PanelModel, TABS, type Tab } from './model.ts';

const TAB_KEYS: Readonly<Record<Tab, string>> = {
  compare: 'e',
  cost: 'c',
  blacklist: 'b',
  history: 'h',
};

/** One thing that the panel can do. */
export interface PanelAction {
  /** Key that does it in our UI; '' = none. */
  readonly key: string;
  readonly text: string;
  /** Is it so already? */
  readonly on?: boolean;
  /** Shown only when something is typed. */
  readonly typedOnly?: boolean;
  run(): void;
}

/** Everything that the panel can do, by key or by name. */
export function panelActions(
  model: InstanceType<typeof PanelModel>,
  close: () => void,
): PanelAction[] {
  return [
    ...TABS.map((id) => ({
      key: TAB_KEYS[id],
      text: t(`tab_${id}`),
      on: id === model.tab.value,
      run: () => model.chooseTab(id),
    })),
    { key: 'r', text: t('refresh'), run: model.refresh },
    { key: 'd', text: t('openDashboard'), run: model.openDashboard },
    { key: 's', text: t('openSettings'), run: model.openSettings },
    ...DOCKS.map((id) => ({
      key: '',
      text: t(`dock_${id}`),
      on: id === model.dock.value,
      run: () => model.chooseDock(id),
    })),
    ...PANEL_THEMES.map((id) => ({
      key: '',
      text: t(`panelTheme_${id}`),
      on: id === model.theme.value,
      run: () => model.chooseTheme(id),
    })),
    { key: '?', text: t('keys'), run: () => model.show('keys') },
    { key: 'Esc', text: t('close'), run: close },
  ];
}

/** The campaigns of the tracker, for the palette: each makes the panel be about it. */
export const campaignActions = (model: InstanceType<typeof PanelModel>): PanelAction[] =>
  (model.campaigns.value.value?.campaigns ?? []).map(({ id, name }) => ({
    key: '',
    text: name || `#${id}`,
    typedOnly: true,
    run: () => model.pick({ id, name }),
  }));
