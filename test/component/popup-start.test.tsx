import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { mountPopup } from '../../components/popup/mount.tsx';
import { readStart } from '../../components/popup/start.ts';
import type { PopupStart } from '../../lib/contract/popup.ts';
import {
  connection,
  failing,
  fakeAccess,
  fakeClient,
  openRoot,
  stats,
  tracker,
  useEnglish,
} from './fixtures.ts';

beforeEach(useEnglish);

const start: PopupStart = {
  connections: [connection('k')],
  trackers: [tracker('k')],
  stats: { k: stats(5) },
};

function client(popupStart: () => PopupStart | Promise<PopupStart>) {
  return fakeClient({
    'popup.start': popupStart,
    'connections.list': () => start.connections,
    'trackers.list': () => start.trackers,
    'stats.known': () => start.stats,
    'stats.read': () => stats(7),
  });
}
async function open(of: ReturnType<typeof client>) {
  const root = openRoot('');
  const known = await readStart(of);
  onTestFinished(
    mountPopup(root, { client: of, now: () => 60_000, connect: () => {}, ...fakeAccess() }, known),
  );
  const row = () => root.querySelector('[data-connection="k main"]')?.textContent ?? '';
  return { row, names: () => of.calls.map(({ name }) => name) };
}

test('the popup’s first drawing has figures; what is new is asked for after', async () => {
  const { row, names } = await open(client(() => start));
  expect(row()).toContain('+$5.00');
  // Not before that is on the screen.
  expect(names()).toEqual(['popup.start']);
  const asked = ['connections.list', 'trackers.list', 'stats.known'];
  expect(names().filter((name) => asked.includes(name))).toEqual([]);
  await expect.poll(row).toContain('+$7.00');
  expect(names().filter((name) => asked.includes(name))).toEqual([]);
});

test('what has changed by the time it comes is asked for', async () => {
  const { promise, resolve } = Promise.withResolvers<PopupStart>();
  const of = client(() => promise);
  const opened = open(of);
  of.change();
  resolve({ ...start, connections: [] });
  const { row, names } = await opened;
  await expect.poll(row).toContain('+$7.00');
  expect(names()).toContain('connections.list');
});

test.each<[string, () => Promise<PopupStart>]>([
  ['too late', () => new Promise(() => {})],
  ['never', async () => failing({ kind: 'network' })()],
])('where that comes %s, it asks one by one', async (_, popupStart) => {
  const { row, names } = await open(client(popupStart));
  await expect.poll(row).toContain('+$7.00');
  expect(names()).toContain('connections.list');
});
