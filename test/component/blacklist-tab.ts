import { afterEach, beforeEach, expect, onTestFinished, vi } from 'vitest';
import { mountPanel } from '../../components/panel/mount.tsx';
import style from '../../components/panel/panel.css?inline';
import { tableOf } from '../../lib/blacklist/columns.ts';
import type { PlacementList } from '../../lib/contract/blacklist.ts';
import type { CallName, Input } from '../../lib/contract/calls.ts';
import { formats } from '../../lib/sources/formats.ts';
import { connection, fakeClient, fakeLink, openRoot, settings, tracker } from './fixtures.ts';
import { figures, type Row } from './placement-rows.ts';

export const NOW = Date.parse('2026-08-20T12:00:00Z');
export const TOKENS = [
  { slot: 1, name: 'zone', macro: '{zoneid}', role: null },
  { slot: 2, name: 'click', macro: '\u0024{SUBID}', role: null },
];

/** What the background tells of a campaign's placements. */
export const listOf = (
  rows: readonly Row[],
  change: Partial<PlacementList> = {},
): PlacementList => ({
  table: tableOf(figures(rows)),
  currency: 'USD',
  zone: 'UTC',
  range: { from: '2026-08-07', to: '2026-08-20', zone: 'UTC' },
  since: null,
  judged: { from: '2026-08-07', to: '2026-08-18', zone: 'UTC' },
  days: 12,
  delay: { from: 'setting', hours: 24, conversions: null, offers: 0 },
  payout: null,
  complete: true,
  fetchedAt: NOW,
  slot: { slot: 1, from: 'proposed' },
  tokens: TOKENS,
  source: 'PropellerAds',
  format: 'propellerads',
  kind: 'zone',
  problem: null,
  ...change,
});

/** Replaces the clipboard of each test. @returns what is copied */
export function useClipboard() {
  const copied = vi.fn(async (_: string) => {});
  const real = navigator.clipboard;
  beforeEach(() => {
    copied.mockReset();
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: copied },
      configurable: true,
    });
  });
  afterEach(() => {
    Object.defineProperty(navigator, 'clipboard', { value: real, configurable: true });
  });
  return copied;
}

/** The blacklist tab of a campaign's panel, over a background with these answers beside the usual ones. */
export function openBlacklistTab(
  answers: Parameters<typeof fakeClient>[0],
  {
    theme = 'light',
    settings: own = { ...settings, panelTab: 'blacklist' },
  }: { theme?: 'light' | 'dark'; settings?: typeof settings } = {},
) {
  const root = openRoot(style, theme);
  const client = fakeClient({
    'protected.list': () => [],
    'panel.context': () => ({
      own: 'k',
      connections: [connection('k', { zone: 'UTC' })],
      trackers: [tracker('k')],
      settings: own,
      formats: formats.map(({ id, name }) => ({ id, name })),
    }),
    'campaigns.list': () => ({ campaigns: [], fetchedAt: 0 }),
    'settings.write': () => settings,
    ...answers,
  });
  const link = fakeLink({
    view: {
      view: 'campaign',
      campaignId: '12',
      campaignName: 'Summer',
      range: { preset: 'today' },
      groupBy: null,
    },
  });
  link.theme.value = theme;
  // A panel that nobody unmounts goes on listening to keys.
  onTestFinished(mountPanel(root, { client, link, now: () => NOW }));
  return {
    root,
    client,
    find<E extends HTMLElement = HTMLElement>(selector: string): E {
      const found = root.querySelector<E>(selector);
      if (!found) throw new Error(`There is no ${selector}.`);
      return found;
    },
    all: (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)],
    has: (selector: string) => root.querySelector(selector) !== null,
    text: (selector: string) =>
      (root.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' '),
    asked: <N extends CallName>(name: N) =>
      client.calls.flatMap((call) => (call.name === name ? [call.input as Input<N>] : [])),
    ready: () =>
      expect
        .poll(() => root.querySelector<HTMLButtonElement>('[name=copy-list]')?.disabled)
        .toBe(false),
  };
}
