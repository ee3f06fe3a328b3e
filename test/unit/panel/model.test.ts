import { effect, signal } from '@preact/signals';
import { afterEach, expect, test } from 'vitest';
import { createQueryClient } from '../../../components/kit/query.ts';
import { PanelModel } from '../../../components/panel/model.ts';
import { createPanelMemory } from '../../../components/panel/panel-memory.ts';
import type { ConnectionView } from '../../../lib/contract/connections.ts';
import type { PanelContext } from '../../../lib/contract/panel.ts';
import type { PanelState } from '../../../lib/page/panel-state.ts';
import type { PanelPlace } from '../../../lib/page/protocol.ts';
import { DEFAULT_SETTINGS } from '../../../lib/settings/settings.ts';
import type { PageView } from '../../../lib/trackers/page-recogniser.ts';

const context: PanelContext = {
  own: 'k',
  connections: [{ id: 'k', zone: 'Europe/Madrid' } as ConnectionView],
  trackers: [],
  settings: { ...DEFAULT_SETTINGS, fixedRules: [], panelTab: 'history' },
  formats: [],
};
const viewOf = (campaignId: string | null): PageView => ({
  view: 'campaign',
  campaignId,
  campaignName: campaignId && 'Summer',
  range: null,
  groupBy: null,
});
const DAYS = { from: '2026-07-01', to: '2026-07-05', zone: 'Europe/Madrid' };

const stops: Array<() => void> = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** The panel's model on a page that shows a campaign, with what was kept of the document before. */
function open(before: PanelState | null = null) {
  const places: PanelPlace[] = [];
  const written: unknown[] = [];
  const link = {
    view: signal<PageView | null>(viewOf('12')),
    shown: signal(true),
    task: signal(null),
    theme: signal<'light' | 'dark'>('light'),
    trouble: signal(null),
    seen: signal<ReadonlySet<number>>(new Set()),
    placed: signal<{
      at: readonly [number, number] | null;
      size: readonly [number, number] | null;
    } | null>(null),
    ...{ context, before, figures: null },
    place: (place: PanelPlace) => void places.push(place),
    send: () => {},
    close: () => {},
  };
  const client = createQueryClient({
    async call(name, input) {
      if (name === 'settings.write') written.push(input);
      if (name === 'campaigns.list') {
        return { campaigns: [{ id: '13', name: 'Winter' }], fetchedAt: 0 } as never;
      }
      return null as never;
    },
    onChange: () => () => {},
  });
  const memory = createPanelMemory(before, () => {});
  const now = () => Date.parse('2026-08-02T12:00:00Z');
  const model = new PanelModel(client, link, memory, now);
  stops.push(
    () => model[Symbol.dispose](),
    effect(() => void [model.subject.value, model.range.value, model.tab.value]),
  );
  return { model, link, places, written, memory };
}

test('what was chosen by hand is of one page, and forgotten on the next', () => {
  const { model, link } = open();
  expect(model.subject.value).toEqual({ id: '12', name: 'Summer', named: true });
  expect(model.range.value).toMatchObject({ from: '2026-08-02', to: '2026-08-02' });
  model.pick({ id: '13', name: 'Winter' });
  model.chooseRange(DAYS);
  expect(model.subject.value?.name).toBe('Winter');
  expect(model.range.value).toEqual(DAYS);
  link.view.value = viewOf('14');
  expect(model.subject.value?.id).toBe('14');
  expect(model.range.value).not.toEqual(DAYS);
  link.view.value = viewOf('12');
  expect(model.subject.value?.id).toBe('12');
  expect(model.range.value).not.toEqual(DAYS);
});

test('the next document of the same page goes on where the last one was', () => {
  const { model, memory } = open({
    tab: 'cost',
    collapsed: true,
    view: JSON.stringify(viewOf('12')),
    picked: { id: '13', name: 'Winter' },
    range: DAYS,
    drafts: {},
  });
  expect([model.tab.value, model.collapsed.value]).toEqual(['cost', true]);
  expect([model.subject.value?.id, model.range.value]).toEqual(['13', DAYS]);
  model.begin('blacklist');
  expect([model.tab.value, model.collapsed.value]).toEqual(['blacklist', false]);
  expect(memory.read()).toMatchObject({ tab: 'blacklist', collapsed: false });
});

test('a comparison stored under its earlier name is opened again', () => {
  const { model } = open({
    tab: 'elsewhere',
    collapsed: false,
    view: 'null',
    picked: null,
    range: null,
    drafts: {},
  });
  expect(model.tab.value).toBe('compare');
});

test('a name is known when the tracker’s list has it, or it will never be', async () => {
  const { model, link } = open();
  link.view.value = { ...viewOf('13'), campaignName: null };
  expect(model.subject.value).toEqual({ id: '13', name: '#13', named: false });
  await expect.poll(() => model.subject.value?.name).toBe('Winter');
  link.view.value = { ...viewOf('99'), campaignName: null };
  expect(model.subject.value).toEqual({ id: '99', name: '#99', named: true });
});

test('the page is told where the panel stands, once for each place', () => {
  const { model, link, places, written } = open();
  expect(places).toEqual([{ dock: 'right', at: null, size: null, collapsed: false }]);
  model.chooseTheme('dark');
  model.pick({ id: '13', name: 'Winter' });
  expect(places).toHaveLength(1);
  model.chooseDock('float');
  link.placed.value = { at: [5, 6], size: null };
  link.placed.value = { at: null, size: [300, 400] };
  model.collapse();
  expect(places.slice(1)).toEqual([
    { dock: 'float', at: null, size: null, collapsed: false },
    { dock: 'float', at: [5, 6], size: null, collapsed: false },
    { dock: 'float', at: [5, 6], size: [300, 400], collapsed: false },
    { dock: 'float', at: [5, 6], size: [300, 400], collapsed: true },
  ]);
  expect(written).toEqual([
    { panelTheme: 'dark' },
    { panelDock: 'float' },
    { panelAt: [5, 6] },
    { panelSize: [300, 400] },
  ]);
});

test('tab and theme are those of the settings until others are chosen', () => {
  const { model, link, written } = open();
  expect([model.tab.value, model.shownTheme.value]).toEqual(['history', 'light']);
  link.theme.value = 'dark';
  expect(model.shownTheme.value).toBe('dark');
  model.chooseTheme('light');
  model.chooseTab('cost');
  expect([model.tab.value, model.theme.value, model.shownTheme.value]).toEqual([
    'cost',
    'light',
    'light',
  ]);
  expect(written).toEqual([{ panelTheme: 'light' }, { panelTab: 'cost' }]);
});
