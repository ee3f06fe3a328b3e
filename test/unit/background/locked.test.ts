import { IDBObjectStore } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { createCampaignLists } from '../../../lib/background/campaigns/lists.ts';
import type { TrackerClients } from '../../../lib/background/tracker-clients.ts';
import { CrosstrackError, LOCKED, type Problem } from '../../../lib/errors.ts';
import { testDatabase } from '../test-database.ts';

const CAMPAIGNS = [{ id: '7', name: 'Summer', active: true, source: null }];
const never = new AbortController().signal;

/** Campaign lists of a tracker that answers, or has this problem. */
async function listsOf(state: { problem: Problem | null; now: number }) {
  const { database } = testDatabase();
  await (await database()).put('connections', { id: 'k' });
  const clients: Pick<TrackerClients, 'run'> = {
    async run() {
      if (state.problem) throw new CrosstrackError(state.problem);
      return CAMPAIGNS as never;
    },
  };
  const connections = { get: async () => ({}) as never };
  return createCampaignLists({ database, clients, connections, now: () => state.now });
}

test('while keys are locked an old campaign list is given with its age, and none is a problem', async () => {
  const state: { problem: Problem | null; now: number } = { problem: LOCKED, now: 1_000 };
  const lists = await listsOf(state);
  await expect(lists('k', 0, never)).rejects.toMatchObject({ problem: LOCKED });
  state.problem = null;
  const fresh = { campaigns: CAMPAIGNS, fetchedAt: 1_000 };
  expect(await lists('k', 0, never)).toEqual(fresh);
  state.problem = LOCKED;
  state.now = 100_000_000;
  expect(await lists('k', 0, never)).toEqual(fresh);
});

test('a list from the future, before the clock was put back, is asked for anew', async () => {
  const state: { problem: Problem | null; now: number } = { problem: null, now: 10_000_000 };
  const lists = await listsOf(state);
  await lists('k', 0, never);
  state.now = 1_000;
  expect(await lists('k', 600_000, never)).toMatchObject({ fetchedAt: 1_000 });
});

test('a list that cannot be kept is a good list', async () => {
  const lists = await listsOf({ problem: null, now: 1_000 });
  const { put } = IDBObjectStore.prototype;
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...record
  ) {
    const request = put.apply(this, record);
    this.transaction.abort();
    return request;
  });
  expect(await lists('k', 0, never)).toEqual({ campaigns: CAMPAIGNS, fetchedAt: 1_000 });
  full.mockRestore();
});

test('any other problem with an old list is said', async () => {
  const state: { problem: Problem | null; now: number } = { problem: null, now: 1_000 };
  const lists = await listsOf(state);
  await lists('k', 0, never);
  state.problem = { kind: 'network' };
  state.now = 100_000_000;
  await expect(lists('k', 0, never)).rejects.toMatchObject({ problem: { kind: 'network' } });
});
