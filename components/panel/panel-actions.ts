import { t } from '../../lib/i18n.ts';
import { PANEL_THEMES } from '../../lib/page/panel-themes.ts';
import { DOCKS } from '../../lib/page/protocol.ts';
import { idIn } from '../clicks/model.ts';
import { type PanelModel, TABS, type Tab } from './model.ts';

const TAB_KEYS: Readonly<Record<Tab, string>> = {
  compare: 'e',
  cost: 'c',
  blacklist: 'b',
  history: 'h',
};

/** A command of the panel. */
export interface PanelAction {
  /** Keyboard shortcut within the panel; '' = none. */
  readonly key: string;
  readonly text: string;
  /** Is it the current choice? */
  readonly checked?: boolean;
  /** Listed only while the user searches. */
  readonly searchOnly?: boolean;
  run(): void;
}

/** The panel's commands. */
export function panelActions(
  model: InstanceType<typeof PanelModel>,
  close: () => void,
): PanelAction[] {
  return [
    ...TABS.map((id) => ({
      key: TAB_KEYS[id],
      text: t(`tab_${id}`),
      checked: id === model.tab.value,
      run: () => model.chooseTab(id),
    })),
    ...ofCampaign(model),
    { key: 'r', text: t('refresh'), run: model.refresh },
    { key: 'f', text: t('findClick'), run: () => model.findClick('') },
    { key: 'd', text: t('openDashboard'), run: model.openDashboard },
    { key: 's', text: t('openSettings'), run: model.openSettings },
    ...DOCKS.map((id) => ({
      key: '',
      text: t(`dock_${id}`),
      checked: id === model.dock.value,
      run: () => model.chooseDock(id),
    })),
    ...PANEL_THEMES.map((id) => ({
      key: '',
      text: t(`panelTheme_${id}`),
      checked: id === model.theme.value,
      run: () => model.chooseTheme(id),
    })),
    { key: '?', text: t('keys'), run: () => model.show('keys') },
    { key: 'Esc', text: t('close'), run: close },
  ];
}

/** Commands for the campaign that is shown, as far as its tracker has them. */
function ofCampaign(model: InstanceType<typeof PanelModel>): PanelAction[] {
  const can = model.capabilities.value;
  if (!model.subject.value || !can) return [];
  const active = model.active.value;
  return [
    ...(can.campaignPage.can
      ? [{ key: 'o', text: t('openInTracker'), run: model.openCampaign }]
      : []),
    ...(can.pause.can && active !== null
      ? [
          {
            key: 'p',
            text: t(active ? 'pauseCampaign' : 'resumeCampaign'),
            run: () => model.show('pause'),
          },
        ]
      : []),
  ];
}

/** Looks up a click whose id was pasted into the palette; null = the text is none. */
export function clickAction(
  model: InstanceType<typeof PanelModel>,
  text: string,
): PanelAction | null {
  const id = idIn(text);
  if (!/^(?=.*\d)[\w.:~+/=-]{6,}$/.test(id)) return null;
  return { key: '', text: t('findClickId', id), run: () => model.findClick(id) };
}

/** The tracker's campaigns, as commands that show them in the panel. */
export const campaignActions = (model: InstanceType<typeof PanelModel>): PanelAction[] =>
  (model.campaigns.value.value?.campaigns ?? []).map(({ id, name }) => ({
    key: '',
    text: name || `#${id}`,
    searchOnly: true,
    run: () => model.pick({ id, name }),
  }));
