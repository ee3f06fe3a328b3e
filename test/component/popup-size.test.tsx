import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mountPopup } from '../../components/popup/mount.tsx';
import style from '../../components/popup/popup.css?inline';
import type { Stats } from '../../lib/contract/figures.ts';
import { LOCKED, NO_ACCESS, type Problem } from '../../lib/errors.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import {
  connection,
  failing,
  fakeAccess,
  fakeClient,
  hourly,
  openRoot,
  stats,
  tracker,
  useLanguage,
} from './fixtures.ts';

const LENGTH = 200;
const UNBROKEN = 'W'.repeat(LENGTH);
const WORDS = 'Sommer Kampagne '.repeat(20).slice(0, LENGTH);
const RIGHT_TO_LEFT = 'حملة الصيف '.repeat(20).slice(0, LENGTH);
const NAMES = [UNBROKEN, WORDS, RIGHT_TO_LEFT];

const UNREACHABLE: Problem = {
  kind: 'permission',
  text: 'problem_host_declined',
  values: [`${'w'.repeat(LENGTH)}.example`],
};
/** Money as wide as it gets. */
const large = (): Stats =>
  stats(0, {
    now: metricsOf({ clicks: 98_765_432, conversions: 987_654, cost: 8.7e9, revenue: 1.2e9 }),
    best: { name: UNBROKEN, profit: 98_765_432.1 },
    worst: { name: RIGHT_TO_LEFT, profit: -98_765_432.1 },
    hours: hourly(Array.from({ length: 24 }, (_, hour) => hour)),
  });
/** What becomes of the rows, in turn. */
const FATES: ReadonlyArray<{ problem: Problem | null; answer(): Stats }> = [
  { problem: null, answer: large },
  { problem: null, answer: () => ({ ...large(), currency: 'EUR' }) },
  { problem: LOCKED, answer: failing(LOCKED) },
  { problem: NO_ACCESS, answer: failing(NO_ACCESS) },
  { problem: null, answer: failing(UNREACHABLE) },
];
const COUNT = 25;
const fateOf = (id: string) => FATES[Number(id) % FATES.length] ?? FATES[0];

beforeEach(() => page.viewport(380, 560));
afterEach(() => page.viewport(1280, 860));

function open(language: 'en' | 'ru', locked: boolean): HTMLElement {
  useLanguage(language);
  const root = openRoot(style);
  const client = fakeClient({
    'connections.list': () =>
      Array.from({ length: COUNT }, (_, index) =>
        connection(`${index}`, {
          tracker: 'k',
          name: NAMES[index % NAMES.length] ?? '',
          problem: fateOf(`${index}`)?.problem ?? null,
        }),
      ),
    'trackers.list': () => [tracker('k')],
    'keys.state': () => ({ passphrase: true, locked, idleMinutes: 60, retryAfterMs: 0 }),
    'page.guess': () => ({ tracker: 'k', name: UNBROKEN, url: 'https://t.example/' }),
    'stats.read': ({ connection: id }) => fateOf(id)?.answer() ?? stats(0),
    'stats.once': () =>
      Object.fromEntries(
        Array.from({ length: COUNT }, (_, index) => [
          `${index}`,
          { ...large(), metrics: large().now, campaigns: 12, whole: true },
        ]),
      ),
  });
  mountPopup(root, { client, now: () => 60_000, connect: () => {}, ...fakeAccess() });
  return root;
}

function element(root: HTMLElement, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

test.each([
  ['en', 560, false],
  ['ru', 560, false],
  ['en', 600, true],
  ['ru', 600, true],
] as const)(
  'with many connections and long names only the middle of the popup scrolls: %s, %i px, locked %s',
  async (language, height, locked) => {
    await page.viewport(380, height);
    const root = open(language, locked);
    await expect.poll(() => root.querySelectorAll('.rows li .problem').length).toBe(15);
    await expect.poll(() => root.querySelectorAll('.extremes p').length).toBe(4);
    await expect.poll(() => root.querySelectorAll('[data-counts]').length).toBe(2);
    await expect
      .poll(() => root.querySelector('[name=passphrase], [name=lock]')?.getAttribute('name'))
      .toBe(locked ? 'passphrase' : 'lock');

    const whole = document.documentElement;
    expect(whole.scrollHeight).toBeLessThanOrEqual(whole.clientHeight);
    expect(whole.scrollWidth).toBeLessThanOrEqual(whole.clientWidth);
    const popup = element(root, '.popup').getBoundingClientRect();
    expect([popup.width, popup.height]).toEqual([380, 560]);

    const content = element(root, '.content');
    const right = content.getBoundingClientRect().left + content.clientWidth;
    const wide = [...content.querySelectorAll('*:not(.name *)')].filter(
      (one) => one.getBoundingClientRect().right > right,
    );
    expect(wide.map(({ outerHTML }) => outerHTML.slice(0, 200))).toEqual([]);
    expect(content.scrollWidth).toBe(content.clientWidth);

    for (const end of [0, content.scrollHeight]) {
      content.scrollTop = end;
      expect(element(root, 'header').getBoundingClientRect().top).toBe(0);
      expect(element(root, 'footer').getBoundingClientRect().bottom).toBe(560);
    }
    // Nothing but its padding stands below the last of what scrolls.
    const bottom = content.getBoundingClientRect().bottom;
    const last = element(content, ':scope > :last-child').getBoundingClientRect();
    expect(bottom - last.bottom).toBeLessThanOrEqual(16);
    const row = element(root, '.rows li:last-child');
    row.scrollIntoView({ block: 'nearest' });
    const { top, left, width } = row.getBoundingClientRect();
    expect(row.contains(document.elementFromPoint(left + width / 2, top + 8))).toBe(true);
  },
);

test('a popup with little in it is no higher than that', async () => {
  useLanguage('en');
  const root = openRoot(style);
  const client = fakeClient({
    'connections.list': () => [connection('k')],
    'trackers.list': () => [tracker('k')],
    'stats.read': () => stats(5),
  });
  mountPopup(root, { client, now: () => 60_000, connect: () => {}, ...fakeAccess() });
  await expect.poll(() => root.querySelector('.big')).not.toBeNull();
  const content = element(root, '.content');
  expect(content.scrollHeight).toBe(content.clientHeight);
  expect(element(root, '.popup').getBoundingClientRect().height).toBeLessThan(400);
});
