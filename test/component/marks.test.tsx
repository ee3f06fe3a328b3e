import axe from 'axe-core';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import dashboardStyle from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import { mountPanel } from '../../components/panel/mount.tsx';
import style from '../../components/panel/panel.css?inline';
import type { Answers, CallName, Input } from '../../lib/contract/calls.ts';
import type { MarksRecord } from '../../lib/journal/marks-record.ts';
import type { JournalState } from '../../lib/journal/record.ts';
import { formats } from '../../lib/sources/formats.ts';
import { cannot, type MarksAbility, type SeenMark } from '../../lib/trackers/adapter.ts';
import { listOf, NOW } from './blacklist-tab.ts';
import {
  connection,
  fakeClient,
  fakeLink,
  openRoot,
  settings,
  tracker,
  useEnglish,
  useLanguage,
} from './fixtures.ts';
import { ROWS, type Row } from './placement-rows.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

const DAYS = { from: '2026-08-07', to: '2026-08-20', zone: 'UTC' };
const WRITES: MarksAbility = {
  by: 'campaign',
  write: { can: true, most: null, effect: 'keitaro_labels_effect' },
};

const marks = (state: JournalState, change: Partial<MarksRecord> = {}): MarksRecord => ({
  id: 'm1',
  kind: 'marks',
  connection: 'k',
  connectionName: 'k main',
  tracker: 'k',
  campaignId: '12',
  campaignName: 'Summer',
  slot: 1,
  range: DAYS,
  on: true,
  values: ['101', '102'],
  seen: null,
  state,
  history: [{ at: 0, state }],
  readBacks: 0,
  undoes: null,
  createdAt: 0,
  ...change,
});

const TEMPLATE = { slot: { slot: 1, from: 'template' } } as const;

/** A tracker whose marks, previews and records are the test's. */
function world(
  ability: Parameters<typeof capable>[0] = { can: true, ...WRITES },
  rows: readonly Row[] = ROWS,
) {
  const state = {
    record: marks('planned'),
    preview: {} as Partial<Answers['marks.preview']>,
    present: [] as Array<readonly [string, SeenMark]>,
  };
  const previewed = (on: boolean, undoes: string | null): Answers['marks.preview'] => ({
    id: `preview ${on}`,
    tracker: 'k',
    on,
    count: 2,
    already: 0,
    kept: [],
    rest: 0,
    beyond: 0,
    unsure: 0,
    effect: 'keitaro_labels_effect',
    refused: null,
    undoes,
    ...state.preview,
  });
  const trackers = [capable(ability)];
  const client = fakeClient({
    'panel.context': () => ({
      own: 'k',
      connections: [connection('k', { zone: 'UTC' })],
      trackers,
      settings: { ...settings, panelTab: 'blacklist' },
      formats: formats.map(({ id, name }) => ({ id, name })),
    }),
    'connections.list': () => [connection('k')],
    'trackers.list': () => trackers,
    'links.list': () => [],
    'protected.list': () => [],
    'campaigns.list': () => ({ campaigns: [], fetchedAt: 0 }),
    'placements.list': () => listOf(rows, TEMPLATE),
    'settings.write': () => settings,
    'journal.list': () => [],
    'pauses.list': () => [],
    'exports.list': () => [],
    'marks.list': () => (state.record.state === 'planned' ? [] : [state.record]),
    'marks.preview': () => previewed(true, null),
    'marks.undo': () => previewed(false, state.record.id),
    'marks.send': () => state.record,
    'marks.read': () => state.record,
    'marks.settle': () => state.record,
    'marks.present': () => state.present,
  });
  const settle = (to: JournalState, change: Partial<MarksRecord> = {}) => {
    state.record = marks(to, change);
    client.change('marks.read', 'marks.list', 'marks.present');
  };
  return { state, client, settle };
}

function capable(
  ability: ({ can: true } & MarksAbility) | { can: false; reason: 'redtrack_no_marks' },
) {
  const base = tracker('k', { name: 'Keitaro' });
  return { ...base, capabilities: { ...base.capabilities, marks: ability } };
}

const asked = <N extends CallName>(client: ReturnType<typeof fakeClient>, name: N): Input<N>[] =>
  client.calls.flatMap((call) => (call.name === name ? [call.input as Input<N>] : []));

function openPanel(
  here = world(),
  { theme = 'light', width }: { theme?: 'light' | 'dark'; width?: number } = {},
) {
  const root = openRoot(style, theme);
  if (width) root.style.inlineSize = `${width}px`;
  const link = fakeLink({
    view: {
      view: 'campaign',
      campaignId: '12',
      campaignName: 'Summer',
      range: null,
      groupBy: null,
    },
  });
  // A panel that nobody unmounts goes on listening to keys.
  onTestFinished(mountPanel(root, { client: here.client, link, now: () => NOW }));
  const find = (name: string) => root.querySelector<HTMLButtonElement>(`[name=${name}]`);
  return {
    root,
    ...here,
    find,
    text: (selector: string) =>
      (root.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' '),
    async press(name: string) {
      // A button is clicked by its name, which has the count once that is known.
      if (name === 'mark-list') await expect.poll(() => find(name)?.textContent).toMatch(/\d/);
      await expect.poll(() => root.querySelector(`[name=${name}]:enabled`)).not.toBeNull();
      await userEvent.click(find(name) ?? root);
    },
    /** Signs of the tracker's marks in the table, by placement. */
    signs: () =>
      [...root.querySelectorAll<HTMLElement>('[data-marked]')].map((one) => [
        one.closest('label')?.querySelector('.name')?.textContent,
        one.dataset.marked,
      ]),
  };
}

describe('in the panel', () => {
  test('the list is marked: what changes and what stays, confirmation, outcome, undo', async () => {
    const { state, client, settle, press, find, text } = openPanel();
    state.preview = {
      already: 1,
      kept: [{ value: '200', mark: 'whitelist' }],
      rest: 3,
    };
    await expect.poll(() => find('mark-list')?.textContent).toBe('Mark 2 in Keitaro');
    await press('mark-list');
    await expect
      .poll(() => text('[data-write=marks]'))
      .toContain('1 is marked already.1 is whitelisted there and stays so: 200');
    expect(text('[data-write=marks]')).toContain('3 other marks there stay as they are.');
    expect(text('[data-write=marks]')).toContain('Traffic changes only if a flow of the campaign');
    expect(asked(client, 'marks.preview')).toEqual([
      expect.objectContaining({
        connection: 'k',
        campaignId: '12',
        range: { from: '2026-08-07', to: '2026-08-20', zone: 'UTC' },
        slot: null,
        format: 'propellerads',
        added: [],
        removed: [],
      }),
    ]);
    expect(asked(client, 'marks.send')).toEqual([]);
    await expect
      .poll(() => find('send-marks')?.textContent)
      .toBe('Mark 2 placements as blacklisted in Keitaro');
    await press('send-marks');
    await expect.poll(() => asked(client, 'marks.send')).toHaveLength(1);
    // The box of the button goes along, for the page's detector to look at.
    expect(asked(client, 'marks.send')[0]).toMatchObject({
      preview: 'preview true',
      at: { width: expect.any(Number) },
    });
    settle('verified', { seen: 2 });
    await expect
      .poll(() => text('[data-state=verified]'))
      .toContain('Marked in the tracker: 2 of 2');
    expect(text('[data-values]')).toBe('2 placements101, 102');
    // No list of the source has left.
    expect(asked(client, 'placements.export')).toEqual([]);
    state.preview = { already: 1 };
    await press('undo-marks');
    await expect
      .poll(() => find('send-marks')?.textContent)
      .toBe('Undo: Unmark 2 placements in Keitaro');
    expect(text('[data-write=marks]')).toContain('1 no longer has the mark.');
    expect(text('[data-write=marks]')).toContain('What was marked before');
    await press('send-marks');
    await expect.poll(() => asked(client, 'marks.send')).toHaveLength(2);
  });

  test('what cannot be sent says why and has nothing to confirm', async () => {
    const { state, press, find, text } = openPanel();
    state.preview = { count: 0, refused: 'marks_pending' };
    await press('mark-list');
    await expect.poll(() => text('[data-write=marks]')).toContain('still being checked');
    expect(find('send-marks')).toBeNull();
  });

  test('a list that has changed since is not confirmed unseen', async () => {
    const { root, client, press, find, text } = openPanel();
    await press('mark-list');
    await expect.poll(() => find('send-marks')).not.toBeNull();
    await userEvent.click(root.querySelector('[name=tick-101]') ?? root);
    await expect.poll(() => find('send-marks')).toBeNull();
    expect(text('[data-mark]')).toContain('The list has changed since this preview.');
    await expect.poll(() => find('mark-list')?.textContent).toBe('Mark 1 in Keitaro');
    await press('preview-again');
    await expect.poll(() => find('send-marks')).not.toBeNull();
    expect(asked(client, 'marks.preview').map(({ removed }) => removed)).toEqual([[], ['101']]);
  });

  test.each(['a placement was protected', 'newer figures came'])(
    'nor is one that has changed because %s',
    async (how) => {
      const { client, press, find, text } = openPanel();
      await press('mark-list');
      await expect.poll(() => find('send-marks')).not.toBeNull();
      if (how === 'newer figures came') {
        client.answer('placements.list', () => ({
          ...listOf(ROWS.filter(({ id }) => id !== '101')),
          fetchedAt: NOW + 1,
        }));
      } else {
        client.answer('protected.list', () => [{ format: 'propellerads', id: '101' }]);
      }
      client.change();
      await expect.poll(() => find('send-marks')).toBeNull();
      expect(text('[data-mark]')).toContain('The list has changed since this preview.');
      await press('preview-again');
      await expect.poll(() => find('send-marks')).not.toBeNull();
    },
  );

  test('the table shows the tracker’s marks once the user marks the list, and asks nothing before', async () => {
    const { state, client, settle, press, signs, root } = openPanel();
    state.present = [
      ['102', 'blacklist'],
      ['103', 'whitelist'],
      ['104', 'other'],
      ['999', 'blacklist'],
    ];
    await expect.poll(() => root.querySelector('tbody .tick')).not.toBeNull();
    expect([asked(client, 'marks.present'), asked(client, 'marks.preview')]).toEqual([[], []]);
    expect(signs()).toEqual([]);
    await press('mark-list');
    await expect
      .poll(() => signs().toSorted())
      .toEqual([
        ['102', 'blacklist'],
        ['103', 'whitelist'],
        ['104', 'other'],
      ]);
    expect(asked(client, 'marks.present')).toEqual([
      expect.objectContaining({ connection: 'k', campaignId: '12', slot: 1, range: DAYS }),
    ]);
    state.present = [['101', 'blacklist']];
    settle('verified', { seen: 2 });
    await expect.poll(signs).toEqual([['101', 'blacklist']]);
  });

  test.each([
    ['stores no marks', { can: false, reason: 'redtrack_no_marks' }, 'store placement marks'],
    [
      'takes none',
      { can: true, by: 'filter', write: cannot('binom_no_marking') },
      "Binom v1 can't mark placements through its API.",
    ],
  ] as const)('where the tracker %s, the button is off and says so', async (_, ability, reason) => {
    const { client, find, text } = openPanel(world(ability));
    await expect.poll(() => text('[data-mark]')).toContain(reason);
    expect(find('mark-list')?.disabled).toBe(true);
    expect(find('mark-list')?.title).toContain(reason);
    expect(find('mark-list')?.textContent).toBe('Mark in Keitaro');
    expect(asked(client, 'marks.present')).toEqual([]);
  });

  test('hostile placements are text, whatever they hold', async () => {
    const hostile = [
      '<img src=x onerror=alert(1)>',
      '\u202Egnp.exe',
      '=HYPERLINK("x")',
      'x'.repeat(500),
    ];
    const { root, state, press, text } = openPanel(
      world({ can: true, ...WRITES }, [
        ...ROWS,
        ...hostile.map((id) => ({ id, clicks: 900, conversions: 0, cost: 40, revenue: 0 })),
      ]),
    );
    state.preview = {
      count: 10_000,
      kept: [...hostile, 'a', 'b', 'c'].map((value) => ({ value, mark: 'other' })),
    };
    state.present = hostile.map((value) => [value, 'blacklist']);
    await press('mark-list');
    await expect.poll(() => text('[data-marks-stay]')).toContain('7 have other marks there');
    expect(text('[data-marks-stay]')).toContain('<img src=x');
    expect(text('[data-marks-stay]')).toContain('and 2 more');
    expect(root.querySelector('img')).toBeNull();
    // One that runs backwards does not turn the sentence around.
    for (const name of root.querySelectorAll('[data-marks-stay] .name')) {
      expect(name.tagName).toBe('BDI');
    }
    expect(text('[name=send-marks]')).toMatch(/^Mark 10000 placements/);
    expect(root.scrollWidth).toBeLessThanOrEqual(root.clientWidth);
  });

  test('it stands in the history, where it can be undone and checked again', async () => {
    const here = world();
    const { root, settle, press, text } = openPanel(here);
    await expect.poll(() => root.querySelector('[data-tab=history]')).not.toBeNull();
    await userEvent.click(root.querySelector('[data-tab=history]') ?? root);
    await expect.poll(() => text('[role=tabpanel]')).toContain('No cost updates, pauses, marks');
    settle('mismatch', {
      seen: 1,
      history: [
        {
          at: 0,
          state: 'mismatch',
          problem: { kind: 'conflict', text: 'marks_missing', values: ['1', '2'] },
        },
      ],
    });
    await expect
      .poll(() => text('[data-record=m1]'))
      .toContain('Mark 2 placements as blacklisted in Keitaro');
    expect(text('[data-record=m1]')).toContain("1 of 2 marks don't show in the tracker.");
    await press('check-again');
    await expect.poll(() => asked(here.client, 'marks.settle')).toEqual([{ record: 'm1' }]);
    await press('undo-marks');
    await expect.poll(() => root.querySelector('[name=send-marks]')).not.toBeNull();
  });

  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
    const { root, state, press, find } = openPanel(world(), { theme });
    state.preview = { already: 4, kept: [{ value: '7', mark: 'whitelist' }], rest: 1 };
    state.present = [['101', 'blacklist']];
    await press('mark-list');
    await expect.poll(() => find('send-marks')).not.toBeNull();
    const { violations } = await axe.run(root, { rules: { region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });

  test('in Russian the count agrees with its noun', async () => {
    useLanguage('ru');
    const { state, press, find } = openPanel();
    state.preview = { count: 21 };
    await press('mark-list');
    await expect
      .poll(() => find('send-marks')?.textContent)
      .toBe('Поставить метку «блеклист» в Keitaro: 21 площадка');
  });
});

test('the dashboard’s journal lists what was marked, with its outcome and undo', async () => {
  const root = openRoot(dashboardStyle);
  const { client, settle } = world();
  mountDashboard(root, { client, now: () => NOW });
  settle('verified', { seen: 2 });
  location.hash = '#view=journal';
  await expect
    .poll(() => root.querySelector('[data-writes=marks]')?.textContent)
    .toMatch(/Mark 2 placements as blacklisted in Keitaro: Summer.*k main.*2 of 2/s);
  expect(root.querySelector('[data-writes=marks] [name=undo-marks]')).not.toBeNull();
});
