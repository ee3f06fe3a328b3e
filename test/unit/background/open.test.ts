import { expect, test, vi } from 'vitest';
import { createOpener } from '../../../lib/background/tabs/open.ts';

const ADDRESS = 'chrome-extension://crosstrack/dashboard.html';

function opener(own: readonly number[] | null) {
  const create = vi.fn(async () => {});
  const update = vi.fn(async () => {});
  const raise = vi.fn(async () => {});
  const { dashboard } = createOpener(
    {
      tabs: {
        // The first was kept from opening it.
        query: async () => [
          { id: 1, url: ADDRESS, windowId: 10 },
          { id: 2, url: ADDRESS, windowId: 20 },
        ],
        create,
        update,
      },
      windows: { update: raise },
      runtime: { getURL: () => ADDRESS, openOptionsPage: async () => {} },
      ownTabs: async () => own,
    },
    { at: async () => null },
    { runPanel: async () => {} },
  );
  return { create, update, raise, dashboard };
}

test('an open page of ours comes to the front with its window', async () => {
  const { create, update, raise, dashboard } = opener([2]);
  await dashboard(null);
  expect(update.mock.calls).toEqual([[2, { active: true }]]);
  expect(raise.mock.calls).toEqual([[20, { focused: true }]]);
  expect(create).not.toHaveBeenCalled();
});

test('a page that was kept from opening ours is not taken for it', async () => {
  const { create, update, dashboard } = opener([]);
  await dashboard('journal');
  expect(create.mock.calls).toEqual([[{ url: `${ADDRESS}#view=journal` }]]);
  expect(update).not.toHaveBeenCalled();
});

test('the journal opens at a record', async () => {
  const { create, dashboard } = opener([]);
  await dashboard('journal', 'r 1');
  expect(create.mock.calls).toEqual([[{ url: `${ADDRESS}#view=journal&record=r+1` }]]);
});

test('where the browser does not say, its tabs are believed', async () => {
  const { update, dashboard } = opener(null);
  await dashboard(null);
  expect(update.mock.calls).toEqual([[1, { active: true }]]);
});
