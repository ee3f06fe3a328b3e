import { beforeEach, expect, test } from 'vitest';
import style from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import type { Proposed } from '../../lib/compare/link-proposals.ts';
import type { Link, Member } from '../../lib/compare/links.ts';
import type { LinkProposals } from '../../lib/contract/links.ts';
import {
  connection,
  failing,
  fakeClient,
  openRoot,
  settings,
  tracker,
  useEnglish,
} from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '#view=links';
});

const member = (id: string, name: string): Member => ({
  connection: id,
  campaignId: name,
  name,
});
const proposed = (a: string, b: string, clear: boolean): Proposed => ({
  a: member('k', a),
  b: member('b', b),
  reasons: [{ by: 'similar', likeness: 0.8 }],
  clear,
});
const PROPOSALS = [
  proposed('Summer', 'Sumer', true),
  proposed('Winter', 'Wintr', false),
  proposed('Winter', 'Wintter', false),
];

function open(answer: Partial<LinkProposals> = {}, calls: Parameters<typeof fakeClient>[0] = {}) {
  const root = openRoot(style);
  const client = fakeClient({
    'connections.list': () => ['k', 'b'].map((id) => connection(id)),
    'trackers.list': () => ['k', 'b'].map((id) => tracker(id)),
    'settings.read': () => settings,
    'formats.list': () => [],
    'journal.list': () => [],
    'links.list': () => [],
    'links.rejected': () => [],
    'links.accept': () => ({ refused: 0 }),
    'links.reject': () => null,
    'links.proposals': () => ({
      proposals: PROPOSALS,
      more: 0,
      unlinked: [],
      byName: [],
      unread: [],
      ...answer,
    }),
    ...calls,
  });
  mountDashboard(root, { client, now: () => Date.parse('2026-08-02T12:00:00Z') });
  const press = (name: string) => root.querySelector<HTMLElement>(`[name=${name}]`)?.click();
  const listed = () =>
    [...root.querySelectorAll('[data-proposal]')].map((one) => one.textContent ?? '');
  const sent = (name: string) =>
    client.calls.filter((call) => call.name === name).map(({ input }) => input);
  return { root, press, listed, sent };
}

test('all that are clear are accepted at once, those with rivals stay', async () => {
  const { root, press, listed, sent } = open();
  await expect.poll(() => listed().length).toBe(3);
  expect(root.querySelector('[name=accept-all]')?.textContent).toBe('Link the 1 clear one');
  expect(listed()[1]).toContain('has other candidates');
  press('accept-all');
  await expect
    .poll(() => sent('links.accept'))
    .toEqual([
      {
        kind: 'campaign',
        pairs: [{ a: member('k', 'Summer'), b: member('b', 'Sumer'), how: 'name' }],
      },
    ]);
  expect(listed()).toHaveLength(2);
});

test('all are rejected at once', async () => {
  const { press, listed, sent } = open();
  await expect.poll(() => listed().length).toBe(3);
  press('reject-all');
  await expect
    .poll(() => sent('links.reject'))
    .toEqual([{ kind: 'campaign', pairs: PROPOSALS.map(({ a, b }) => ({ a, b })) }]);
  expect(listed()).toEqual([]);
});

test('one that could not be linked is there again, with the reason', async () => {
  const { root, press, listed } = open(
    {},
    { 'links.accept': failing({ kind: 'conflict', text: 'link_demo' }) },
  );
  await expect.poll(() => listed().length).toBe(3);
  press('accept');
  await expect
    .poll(() => root.querySelector('.notice.error')?.textContent)
    .toContain("A demo campaign can't be linked to a real one.");
  expect(listed()).toHaveLength(3);
});

test('a connection that cannot tell its hours is named, with the reason', async () => {
  const { root } = open({
    proposals: [],
    unread: [
      {
        connection: 'b',
        what: 'figures',
        problem: { kind: 'unsupported', text: 'links_no_hours' },
      },
    ],
  });
  const note = () => root.querySelector('[data-unread=figures]');
  await expect
    .poll(() => note()?.textContent)
    .toContain("Hourly clicks couldn't be compared. This tracker doesn't report by hour.");
  expect(note()?.querySelector('.badge')?.getAttribute('aria-label')).toBe('b main');
});

test('ten thousand that are not linked are a table of few rows', async () => {
  const many = Array.from({ length: 10_000 }, (_, at) => ({ id: String(at), name: `Name ${at}` }));
  const { root } = open({ unlinked: [{ connection: 'k', campaigns: many }] });
  await expect.poll(() => root.querySelector('#link-alone')?.textContent).toContain('10000');
  expect(root.querySelectorAll('tbody tr').length).toBeLessThan(100);
});

test('what one name joins is listed, and each may be told apart from the others', async () => {
  const { root, sent } = open({
    byName: [
      [member('k', 'Summer'), member('b', 'Summer')],
      [member('k', 'Winter'), member('b', 'Winter'), member('b', 'winter')],
    ],
  });
  const rows = () => [...root.querySelectorAll('[data-named]')];
  await expect.poll(() => rows().length).toBe(2);
  expect(root.querySelector('[data-by-name] summary')?.textContent).toBe(
    'Joined by the same name (2)',
  );
  const buttons = rows().map((row) => [
    ...row.querySelectorAll<HTMLButtonElement>('[name=tell-apart]'),
  ]);
  expect(buttons.map((all) => all.length)).toEqual([1, 3]);
  buttons[0]?.[0]?.click();
  const pair = { a: member('b', 'Summer'), b: member('k', 'Summer') };
  await expect.poll(() => sent('links.reject')).toEqual([{ kind: 'campaign', pairs: [pair] }]);
});

test('a link of two trackers’ campaigns says whether they share the traffic; of a network or of offers it cannot', async () => {
  const link = (id: string, on: string, split: boolean): Link => ({
    ...{ id, how: 'hand', createdAt: 0, members: [member('k', id), member(on, id)] },
    ...(split ? { split } : {}),
  });
  const { root, sent } = open(
    { proposals: [] },
    {
      'connections.list': () => ['k', 'b', 'n'].map((id) => connection(id)),
      'trackers.list': () =>
        ['k', 'b', 'n'].map((id) => tracker(id, { side: id === 'n' ? 'network' : 'tracker' })),
      'links.list': ({ kind }) =>
        kind === 'offer'
          ? [{ ...link('Offer', 'b', false), kind: 'offer' }]
          : [
              link('Same', 'b', false),
              link('Split', 'b', true),
              link('Network', 'n', false),
              link('Left', 'n', true),
            ],
      'links.split': () => [],
    },
  );
  const rows = () =>
    [...root.querySelectorAll('[data-link]')].map((row) =>
      row.querySelector<HTMLInputElement>('[name=split]'),
    );
  await expect
    .poll(() => rows().map((box) => box?.checked ?? null))
    .toEqual([false, true, null, true]);
  rows()[0]?.click();
  rows()[1]?.click();
  // The other half is unlinked by now.
  rows()[3]?.click();
  await expect
    .poll(() => sent('links.split'))
    .toEqual([
      { members: [member('k', 'Same'), member('b', 'Same')], split: true },
      { members: [member('k', 'Split'), member('b', 'Split')], split: false },
      { members: [member('k', 'Left'), member('n', 'Left')], split: false },
    ]);
  location.hash = '#view=links&kind=offer';
  await expect.poll(() => root.querySelector('[data-link]')?.textContent).toContain('Offer');
  expect(rows()).toEqual([null]);
});
