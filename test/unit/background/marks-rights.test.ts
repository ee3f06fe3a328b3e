import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import type { Input } from '../../../lib/contract/calls.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import { cannot, type SeenMark, type TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { quickDerivation } from '../keys/quick-derivation.ts';
import { testDatabase } from '../test-database.ts';
import {
  fakeReport,
  fakeTracker,
  fakeWorkerBrowser,
  panelOn,
  startWorker,
  type Worker,
} from './transfer-world.ts';

const URL_A = 'https://a.example/campaigns/7';
const AT = { x: 0, y: 0, width: 10, height: 10 };
const DAYS = { from: '2026-07-01', to: '2026-07-14', zone: 'UTC' };
/** `www.x.example` and `x.example` are one site at a source, and two values in the tracker. */
const PLACEMENTS = ['www.x.example', 'x.example', 'y.example', 'z.example', '{zoneid}', '12.5'];

/** Marks of each host, and what was written there. */
let books: Record<string, Map<string, SeenMark>>;
let writes: string[];
let invalidated: string[];
let policy: object;
let most: number | null;
let here: Worker;
let a: string;
let b: string;

const tracker = (): TrackerAdapter => ({
  ...fakeTracker,
  capabilities: {
    ...fakeTracker.capabilities,
    tokens: 5,
    marks: {
      can: true,
      by: 'campaign',
      write: { can: true, most, effect: 'keitaro_labels_effect' },
    },
  },
  campaigns: async () => [{ id: '7', name: 'Summer', active: true, source: null }],
  report: async (client) =>
    fakeReport(
      client,
      PLACEMENTS.map((id) => ({
        values: [{ id, name: id }],
        metrics: metricsOf({ clicks: 9, conversions: 0, cost: 1, revenue: 0 }),
      })),
    ),
  marks: async ({ connection }) => books[new URL(connection.api).host] ?? new Map(),
  async setMarks({ connection }, question, marks) {
    const { host } = new URL(connection.api);
    writes.push(`${host} ${question.campaignId} ${question.slot}`);
    for (const [value, mark] of marks) {
      if (mark === null) books[host]?.delete(value);
      else books[host]?.set(value, mark);
    }
  },
});

async function start(adapter = tracker()): Promise<void> {
  const { database } = testDatabase();
  here = startWorker(
    database,
    {},
    {
      trackers: [adapter],
      managed: { get: async () => policy },
      now: () => Date.parse('2026-08-01T00:00:00Z'),
      browser: {
        ...fakeWorkerBrowser,
        invalidate: (calls) => void invalidated.push(...(calls ?? [])),
      },
    },
  );
  a = await here.connect('https://a.example', 'canary-a-00001111', 'A');
  b = await here.connect('https://b.example', 'canary-b-00002222', 'B');
}

beforeEach(quickDerivation);
beforeEach(async () => {
  books = { 'a.example': new Map(), 'b.example': new Map() };
  writes = [];
  invalidated = [];
  policy = {};
  most = null;
  await start();
});

const wanted = (
  connection: string,
  change: Partial<Input<'marks.preview'>> = {},
): Input<'marks.preview'> => ({
  connection,
  campaignId: '7',
  range: DAYS,
  slot: 3,
  settings: { ...DEFAULT_RULES, confidence: 0.999, ownSpend: 20, payout: 4 },
  format: 'googleads',
  added: ['y.example'],
  ...change,
});
const preview = (change: Partial<Input<'marks.preview'>> = {}) =>
  here.call('marks.preview', wanted(a, change));
const settled = (id: string, state = 'verified') =>
  vi.waitFor(async () => {
    const record = await here.call('marks.read', { record: id });
    expect(record.state).toBe(state);
    return record;
  });
const markAll = async (added: string[]) => {
  const { id } = await preview({ added });
  await here.call('marks.send', { preview: id, at: null });
  await settled(id);
  return [...(books['a.example']?.keys() ?? [])];
};

describe('a list', () => {
  test('has the tracker’s own values, all those of a row that the source takes for one', async () => {
    expect(await markAll(['x.example', 'y.example'])).toEqual([
      'www.x.example',
      'x.example',
      'y.example',
    ]);
    expect(writes).toEqual(['a.example 7 3']);
    expect(invalidated).toEqual(
      expect.arrayContaining(['marks.read', 'marks.list', 'marks.present']),
    );
  });

  test('may hold what the source’s own list would not take', async () => {
    expect(await markAll(['12.5'])).toEqual(['12.5']);
    const { leftOut } = await here.call('placements.export', {
      ...wanted(a, { added: ['12.5'] }),
      separator: null,
    });
    expect(leftOut.map(({ id }) => id)).toEqual(['12.5']);
  });

  test('has nothing that is protected at the source, in whatever spelling, and no clicks without a placement', async () => {
    await here.call('protected.set', { format: 'googleads', id: 'WWW.x.example', on: true });
    await here.call('protected.set', { format: 'googleads', id: '12.5', on: true });
    expect(await markAll(['x.example', '12.5', '{zoneid}', 'z.example'])).toEqual(['z.example']);
    expect((await preview({ added: ['x.example', '{zoneid}'] })).refused).toBe('marks_nothing');
    expect((await preview({ added: [] })).refused).toBe('marks_nothing');
  });

  test('is no export: the ledger knows nothing of it', async () => {
    await markAll(['y.example']);
    expect(await here.call('exports.list', { connection: null, campaignId: null })).toEqual([]);
    const exported = await here.call('placements.export', { ...wanted(a), separator: null });
    expect(exported.part?.fresh).toBe(1);
    expect(await here.call('pauses.list', { connection: null, campaignId: null })).toEqual([]);
    expect(await here.call('journal.list', { connection: null, campaignId: null })).toEqual([]);
    expect(await here.call('storage.damaged', { list: 'journal' })).toBe(0);
  });

  test('that does not fit is marked as far as it does', async () => {
    most = 3;
    await start();
    books['a.example'] = new Map([
      ['other', 'whitelist'],
      ['another', 'blacklist'],
    ]);
    expect(await preview({ added: ['y.example', 'z.example'] })).toMatchObject({
      count: 1,
      beyond: 1,
      rest: 2,
    });
    await markAll(['y.example', 'z.example']);
    expect(await preview({ added: ['y.example', 'z.example'] })).toMatchObject({
      count: 0,
      already: 1,
      refused: 'marks_full',
    });
  });

  test('is confirmed once, and as what it is', async () => {
    const { id } = await preview();
    for (const call of ['pauses.send', 'costs.send'] as const) {
      await expect(here.call(call, { preview: id, at: null }), call).rejects.toMatchObject({
        problem: { text: 'problem_preview_gone' },
      });
    }
    await here.call('marks.send', { preview: id, at: null });
    await expect(here.call('marks.send', { preview: id, at: null })).rejects.toMatchObject({
      problem: { text: 'problem_preview_gone' },
    });
    await settled(id);
    expect(writes).toHaveLength(1);
  });
});

describe('is refused', () => {
  test('when an administrator forbids blacklists, and said to be', async () => {
    const { id } = await preview();
    policy = { forbidden: ['blacklist'] };
    await here.background.readPolicy();
    const forbidden = { problem: { kind: 'unsupported', text: 'problem_forbidden' } };
    await expect(preview()).rejects.toMatchObject(forbidden);
    await expect(here.call('marks.send', { preview: id, at: null })).rejects.toMatchObject(
      forbidden,
    );
    const [view] = await here.call('trackers.list', {});
    expect(view?.capabilities.marks).toEqual({ can: false, reason: 'problem_forbidden' });
    expect(writes).toEqual([]);
  });

  test.each([
    ['stores no marks', cannot('redtrack_no_marks'), 'redtrack_no_marks'],
    [
      'takes none',
      { can: true, by: 'filter', write: cannot('binom_no_marking') } as const,
      'binom_no_marking',
    ],
  ])('where the tracker %s, before its figures are asked for', async (_, marks, text) => {
    const { report: __, ...rest } = tracker();
    const report = vi.fn();
    await start({ ...rest, report, capabilities: { ...rest.capabilities, marks } });
    await expect(preview()).rejects.toMatchObject({ problem: { kind: 'unsupported', text } });
    expect(report).not.toHaveBeenCalled();
  });
});

test('a panel marks placements of its own connection only, and sees only those records', async () => {
  const panel = panelOn(here, URL_A, 5);
  const of = { connection: b, campaignId: '7', range: DAYS, slot: 3 };
  for (const asked of [panel.call('marks.preview', wanted(b)), panel.call('marks.present', of)]) {
    await expect(asked).rejects.toMatchObject({ problem: { kind: 'permission' } });
  }
  const there = await here.call('marks.preview', wanted(b));
  // What an extension page has previewed is not the panel's to send.
  await expect(panel.call('marks.send', { preview: there.id, at: AT })).rejects.toMatchObject({
    problem: { text: 'problem_preview_gone' },
  });
  await here.call('marks.send', { preview: there.id, at: null });
  await settled(there.id);
  const { id } = await panel.call('marks.preview', wanted(a));
  await panel.call('marks.send', { preview: id, at: AT });
  await settled(id);
  const listed = await panel.call('marks.list', { connection: null, campaignId: null });
  expect(listed.map((record) => record.id)).toEqual([id]);
  for (const name of ['marks.read', 'marks.undo', 'marks.settle'] as const) {
    await expect(panel.call(name, { record: there.id }), name).rejects.toMatchObject({
      problem: { text: 'problem_record_gone' },
    });
  }
  expect(await panel.call('marks.present', { ...of, connection: a })).toEqual([
    ['y.example', 'blacklist'],
  ]);
});
