import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import dashboardStyle from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import { mountPanel } from '../../components/panel/mount.tsx';
import style from '../../components/panel/panel.css?inline';
import type { Answers } from '../../lib/contract/calls.ts';
import type { PauseRecord } from '../../lib/journal/pause-record.ts';
import type { JournalState } from '../../lib/journal/record.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import { cannot } from '../../lib/trackers/adapter.ts';
import {
  connection,
  fakeClient,
  fakeLink,
  openRoot,
  report,
  settings,
  tracker,
  useEnglish,
} from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

const pause = (state: JournalState, change: Partial<PauseRecord> = {}): PauseRecord => ({
  id: 'p1',
  kind: 'pause',
  connection: 'k',
  connectionName: 'k main',
  tracker: 'k',
  campaignId: '12',
  campaignName: 'Summer',
  active: false,
  seen: null,
  state,
  history: [{ at: 0, state }],
  readBacks: 0,
  undoes: null,
  createdAt: 0,
  ...change,
});

/** A tracker with one campaign, whose pauses are settled by the test. */
function world(capabilities: Partial<ReturnType<typeof tracker>['capabilities']> = {}) {
  const state = { active: true, record: pause('planned'), refused: null as null | 'pause_pending' };
  const previewed = (active: boolean, undoes: string | null): Answers['pauses.preview'] => ({
    id: `preview ${active}`,
    campaignName: 'Summer',
    active,
    now: state.active,
    refused: state.refused,
    undoes,
  });
  const trackers = [
    tracker('k', { capabilities: { ...tracker('k').capabilities, ...capabilities } }),
  ];
  const client = fakeClient({
    'panel.context': () => ({
      own: 'k',
      connections: [connection('k')],
      trackers,
      settings: { ...settings, panelTab: 'history' },
      formats: [],
    }),
    'connections.list': () => [connection('k')],
    'trackers.list': () => trackers,
    'links.list': () => [],
    'campaigns.list': () => ({
      campaigns: [{ id: '12', name: 'Summer', active: state.active, source: null }],
      fetchedAt: 0,
    }),
    'campaigns.figures': () => ({
      report: report([
        {
          values: [{ id: '12', name: 'Summer' }],
          metrics: metricsOf({ clicks: 9, conversions: 1, cost: 1, revenue: 1 }),
        },
      ]),
      problem: null,
    }),
    'journal.list': () => [],
    'exports.list': () => [],
    'marks.list': () => [],
    'pauses.list': () => (state.record.state === 'planned' ? [] : [state.record]),
    'pauses.preview': ({ active }) => previewed(active, null),
    'pauses.undo': () => previewed(!state.record.active, state.record.id),
    'pauses.send': () => state.record,
    'pauses.read': () => state.record,
    'pauses.settle': () => state.record,
    'campaign.open': () => null,
  });
  const settle = (to: JournalState, change: Partial<PauseRecord> = {}) => {
    state.record = pause(to, change);
    state.active = change.seen ?? state.active;
    client.change('pauses.read', 'pauses.list', 'campaigns.list');
  };
  return { state, client, settle };
}
const asked = (client: ReturnType<typeof fakeClient>, name: string) =>
  client.calls.filter((call) => call.name === name).map(({ input }) => input);

function openPanel(capabilities = {}) {
  const root = openRoot(style);
  const here = world(capabilities);
  const link = fakeLink({
    view: {
      view: 'campaign',
      campaignId: '12',
      campaignName: 'Summer',
      range: null,
      groupBy: null,
    },
  });
  mountPanel(root, { client: here.client, link, now: () => 0 });
  const find = (name: string) => root.querySelector<HTMLButtonElement>(`[name=${name}]`);
  return {
    root,
    ...here,
    find,
    async press(name: string) {
      await expect.poll(() => root.querySelector(`[name=${name}]:enabled`)).not.toBeNull();
      await userEvent.click(find(name) ?? root);
    },
  };
}

describe('in the panel', () => {
  test('the campaign is paused from the header: state now, confirmation, outcome, undo', async () => {
    const { root, client, settle, press, find } = openPanel();
    await press('pause');
    const dialog = () => root.querySelector('.overlay');
    await expect.poll(() => dialog()?.textContent).toContain('The campaign is active.');
    expect(asked(client, 'pauses.preview')).toEqual([
      { connection: 'k', campaignId: '12', active: false },
    ]);
    expect(asked(client, 'pauses.send')).toEqual([]);
    await press('send-pause');
    await expect.poll(() => asked(client, 'pauses.send')).toHaveLength(1);
    // The box of the button goes along, for the page's detector to look at.
    expect(asked(client, 'pauses.send')[0]).toMatchObject({
      preview: 'preview false',
      at: { width: expect.any(Number) },
    });
    settle('verified', { seen: false });
    await expect.poll(() => dialog()?.textContent).toContain('The tracker shows it as paused.');
    expect(find('pause')?.getAttribute('aria-label')).toBe('Resume campaign');
    await press('undo-pause');
    await expect.poll(() => find('send-pause')?.textContent).toBe('Undo: Resume campaign');
    await press('send-pause');
    await expect.poll(() => asked(client, 'pauses.send')).toHaveLength(2);
  });

  test('it stands in the history, where it can be undone too', async () => {
    const { root, settle } = openPanel();
    await expect
      .poll(() => root.querySelector('[role=tabpanel]')?.textContent)
      .toContain('No cost');
    settle('verified', { seen: false });
    await expect.poll(() => root.querySelector('[data-record=p1]')?.textContent).toContain('Pause');
    expect(root.querySelector('[data-record=p1] [name=undo-pause]')).not.toBeNull();
  });

  test('it is in the palette and has a key, and so has opening it in the tracker', async () => {
    const { root, client } = openPanel();
    await expect.poll(() => root.querySelector('[name=pause]')).not.toBeNull();
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.keyboard('pause');
    const options = () => [...root.querySelectorAll('[role=option]')].map((one) => one.textContent);
    await expect.poll(options).toEqual(['Pause campaignP']);
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => root.querySelector('.overlay [data-write=pause]')).not.toBeNull();
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('o');
    await expect
      .poll(() => asked(client, 'campaign.open'))
      .toEqual([{ connection: 'k', campaignId: '12' }]);
  });

  test('what the tracker cannot do is disabled with the reason, and not in the palette', async () => {
    const { root, client, find } = openPanel({
      pause: cannot('binom_no_pause'),
      campaignPage: cannot('no_campaign_page'),
    });
    await expect.poll(() => find('pause')?.title).toContain("Binom v1 can't pause");
    for (const name of ['pause', 'open-campaign']) {
      expect(find(name)?.getAttribute('aria-disabled')).toBe('true');
      find(name)?.click();
    }
    await userEvent.keyboard('{Control>}k{/Control}');
    const texts = [...root.querySelectorAll('[role=option]')].map((one) => one.textContent);
    expect(texts.join()).not.toMatch(/Pause|Open in tracker/);
    expect(asked(client, 'campaign.open')).toEqual([]);
  });

  test('what cannot be sent says why and has nothing to confirm', async () => {
    const { root, state, press, find } = openPanel();
    state.refused = 'pause_pending';
    await press('pause');
    await expect.poll(() => root.querySelector('.overlay')?.textContent).toContain('still being');
    expect(find('send-pause')).toBeNull();
  });
});

describe('in the dashboard', () => {
  const open = (capabilities = {}) => {
    const root = openRoot(dashboardStyle);
    const here = world(capabilities);
    mountDashboard(root, { client: here.client, now: () => Date.parse('2026-08-02T12:00:00Z') });
    return { root, ...here };
  };

  test('a row’s campaign is paused, resumed and opened', async () => {
    const { root, client, settle } = open();
    const row = () => root.querySelector<HTMLElement>('tbody tr:not(.spacer)');
    await expect.poll(row).not.toBeNull();
    row()?.click();
    await expect.poll(() => root.querySelector('[name=pause]')).not.toBeNull();
    root.querySelector<HTMLElement>('[name=open-campaign]')?.click();
    await expect.poll(() => asked(client, 'campaign.open')).toHaveLength(1);
    await userEvent.click(root.querySelector('[name=pause]') ?? root);
    await expect.poll(() => root.querySelector('[name=send-pause]:enabled')).not.toBeNull();
    await userEvent.click(root.querySelector('[name=send-pause]') ?? root);
    settle('verified', { seen: false });
    await expect.poll(() => root.querySelector('[data-state=verified]')).not.toBeNull();
    await expect
      .poll(() => root.querySelector('[name=pause]')?.textContent)
      .toBe('Resume campaign');
  });

  test('the journal lists pauses with their outcome', async () => {
    const { root, settle } = open();
    settle('mismatch', { seen: true });
    location.hash = '#view=journal';
    await expect
      .poll(() => root.querySelector('[data-writes=pause]')?.textContent)
      .toMatch(/Pause campaign: Summer.*k main.*shows it as active/s);
    expect(root.querySelector('[data-writes=pause] [name=check-again]')).not.toBeNull();
  });
});
