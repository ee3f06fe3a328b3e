import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CAN, type TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { quickDerivation } from '../keys/quick-derivation.ts';
import { testDatabase } from '../test-database.ts';
import {
  fakeTracker,
  fakeWorkerBrowser,
  panelOn,
  startWorker,
  type Worker,
} from './transfer-world.ts';

const URL_A = 'https://a.example/campaigns/7';
const AT = { x: 0, y: 0, width: 10, height: 10 };

/** Active campaigns of each host. */
let active: Record<string, Record<string, boolean>>;
let writes: string[];
let opened: string[];
let invalidated: string[];
let policy: object;
let here: Worker;
let a: string;
let b: string;

const tracker: TrackerAdapter = {
  ...fakeTracker,
  capabilities: { ...fakeTracker.capabilities, pause: CAN, campaignPage: CAN },
  campaigns: async ({ connection }) =>
    Object.entries(active[new URL(connection.api).host] ?? {}).map(([id, on]) => ({
      id,
      name: `Campaign ${id}`,
      active: on,
      source: null,
    })),
  async setActive({ connection }, campaignId, on) {
    const { host } = new URL(connection.api);
    writes.push(`${host} ${campaignId} ${on}`);
    Object.assign(active[host] ?? {}, { [campaignId]: on });
  },
  campaignPage: ({ api }, campaignId) => `${api}/campaigns/${campaignId}`,
};

beforeEach(quickDerivation);
beforeEach(async () => {
  active = { 'a.example': { 7: true, 8: true }, 'b.example': { 7: true } };
  writes = [];
  opened = [];
  invalidated = [];
  policy = {};
  const { database } = testDatabase();
  here = startWorker(
    database,
    {},
    {
      trackers: [tracker],
      managed: { get: async () => policy },
      now: () => Date.now(),
      browser: {
        ...fakeWorkerBrowser,
        invalidate: (calls) => void invalidated.push(...(calls ?? [])),
        tabs: { ...fakeWorkerBrowser.tabs, create: async ({ url }) => void opened.push(url) },
      },
    },
  );
  a = await here.connect('https://a.example', 'canary-a-00001111', 'A');
  b = await here.connect('https://b.example', 'canary-b-00002222', 'B');
});

const preview = (connection: string, on: boolean, campaignId = '7') =>
  here.call('pauses.preview', { connection, campaignId, active: on });
const settled = (id: string, state = 'verified') =>
  vi.waitFor(async () => {
    const record = await here.call('pauses.read', { record: id });
    expect(record.state).toBe(state);
    return record;
  });

describe('pausing', () => {
  test('goes from the preview over the journal to what the tracker shows, and back by undo', async () => {
    const shown = await preview(a, false);
    expect(shown).toMatchObject({
      campaignName: 'Campaign 7',
      active: false,
      now: true,
      refused: null,
      undoes: null,
    });
    expect(writes).toEqual([]);
    const { id } = await here.call('pauses.send', { preview: shown.id, at: null });
    await settled(id);
    expect(writes).toEqual(['a.example 7 false']);
    // What is on the screen is read anew, and the stored list is new already.
    expect(invalidated).toEqual(expect.arrayContaining(['pauses.read', 'campaigns.list']));
    const { campaigns } = await here.call('campaigns.list', { connection: a, fresh: false });
    expect(campaigns.map((one) => one.active)).toEqual([false, true]);

    const back = await here.call('pauses.undo', { record: id });
    expect(back).toMatchObject({ active: true, now: false, refused: null, undoes: id });
    const undone = await here.call('pauses.send', { preview: back.id, at: null });
    await settled(undone.id);
    await settled(id, 'undone');
    expect(writes).toEqual(['a.example 7 false', 'a.example 7 true']);
    // Cost updates are another matter.
    expect(await here.call('journal.list', { connection: null, campaignId: null })).toEqual([]);
    expect(await here.call('storage.damaged', { list: 'journal' })).toBe(0);
  });

  test('is confirmed once', async () => {
    const { id } = await preview(a, false);
    await here.call('pauses.send', { preview: id, at: null });
    await expect(here.call('pauses.send', { preview: id, at: null })).rejects.toMatchObject({
      problem: { text: 'problem_preview_gone' },
    });
    await settled(id);
    expect(writes).toHaveLength(1);
  });

  test('is no cost update: its preview is none of a cost', async () => {
    const { id } = await preview(a, false);
    await expect(here.call('costs.send', { preview: id, at: null })).rejects.toMatchObject({
      problem: { text: 'problem_preview_gone' },
    });
    expect(writes).toEqual([]);
  });

  test.each([
    ['it is in that state', '7', true, 'pause_is_active'],
    ['the tracker does not list it', '99', false, 'pause_not_listed'],
  ])('is refused when %s', async (_, campaignId, on, refused) => {
    const shown = await preview(a, on, campaignId);
    expect(shown.refused).toBe(refused);
    await expect(here.call('pauses.send', { preview: shown.id, at: null })).rejects.toMatchObject({
      problem: { text: 'problem_preview_gone' },
    });
  });

  test('is refused when an administrator forbids it, and said to be', async () => {
    policy = { forbidden: ['pauses'] };
    await here.background.readPolicy();
    await expect(preview(a, false)).rejects.toMatchObject({
      problem: { kind: 'unsupported', text: 'problem_forbidden' },
    });
    const [view] = await here.call('trackers.list', {});
    expect(view?.capabilities.pause).toEqual({ can: false, reason: 'problem_forbidden' });
  });
});

describe('a panel', () => {
  test('pauses campaigns of its own connection only, and sees only those records', async () => {
    const panel = panelOn(here, URL_A, 5);
    const wanted = { campaignId: '7', active: false };
    await expect(panel.call('pauses.preview', { connection: b, ...wanted })).rejects.toMatchObject({
      problem: { kind: 'permission' },
    });
    const { id: other } = await here.call('pauses.send', {
      preview: (await preview(b, false)).id,
      at: null,
    });
    await settled(other);
    const { id } = await panel.call('pauses.preview', { connection: a, ...wanted });
    await panel.call('pauses.send', { preview: id, at: AT });
    await settled(id);
    const listed = await panel.call('pauses.list', { connection: null, campaignId: null });
    expect(listed.map((record) => record.id)).toEqual([id]);
    for (const name of ['pauses.read', 'pauses.undo', 'pauses.settle'] as const) {
      await expect(panel.call(name, { record: other }), name).rejects.toMatchObject({
        problem: { text: 'problem_record_gone' },
      });
    }
  });
});

test('a campaign is opened where its tracker shows it', async () => {
  await here.call('campaign.open', { connection: b, campaignId: '7' });
  expect(opened).toEqual(['https://b.example/campaigns/7']);
});
