import { mountPanel } from '../../components/panel/mount.tsx';
import style from '../../components/panel/panel.css?inline';
import type { Answers } from '../../lib/contract/calls.ts';
import type { Problem } from '../../lib/errors.ts';
import type { Report } from '../../lib/report/question.ts';
import type { PageView } from '../../lib/trackers/page-recogniser.ts';
import {
  connection,
  fakeClient,
  fakeLink,
  openRoot,
  tracker,
  settings as usual,
} from './fixtures.ts';

export const context: Answers['panel.context'] = {
  own: 'k',
  connections: [connection('k'), connection('b'), connection('r', { currency: 'EUR' })],
  trackers: [tracker('k'), tracker('b'), tracker('r')],
  settings: usual,
  formats: [{ id: 'propellerads', name: 'PropellerAds' }],
};
export const campaignView: PageView = {
  view: 'campaign',
  campaignId: '12',
  campaignName: 'Summer',
  range: { from: '2026-08-01', to: '2026-08-02' },
  groupBy: null,
};

/** A panel on a page, with the figures of each connection; null = it has no such campaign. */
export function openPanel(
  view: PageView | null,
  figures: Record<string, Report | null>,
  problem: Problem | null = null,
  settings: Partial<Answers['settings.read']> = {},
  kept: Parameters<typeof fakeLink>[0] = {},
) {
  const root = openRoot(style);
  const link = fakeLink({ view, ...kept });
  const client = fakeClient({
    'panel.context': () => ({
      ...context,
      settings: { ...context.settings, ...settings },
      connections: context.connections.map((one) => ({ ...one, problem })),
    }),
    'campaigns.list': ({ connection: id }) => ({
      campaigns: [
        { id: '12', name: `Summer on ${id}`, active: true, source: null },
        { id: '13', name: 'Winter', active: true, source: null },
      ],
      fetchedAt: 0,
    }),
    'side.match': ({ from, target }) => ({
      member:
        figures[target] === null
          ? null
          : { campaignId: '12', name: from.name, how: target === 'k' ? 'same' : 'name' },
      proposals: [{ campaignId: '13', name: 'Winter' }],
      problem: null,
    }),
    'side.figures': ({ connection: id }) => ({
      total: { report: figures[id] ?? null, problem },
      byHour: { report: null, problem: null },
    }),
    // Nothing is known of single days.
    'side.series': () => ({ report: null, problem: null, groupBy: ['day'], unable: null }),
    'links.join': () => [],
    'links.tellApart': () => null,
    'options.open': () => null,
    'settings.write': () => context.settings,
  });
  const unmount = mountPanel(root, {
    client,
    link,
    now: () => Date.parse('2026-08-02T12:00:00Z'),
  });
  return { root, client, link, unmount };
}
export const text = (root: HTMLElement, selector: string) =>
  root.querySelector(selector)?.textContent ?? '';
export const press = (root: HTMLElement, key: string) =>
  root
    .querySelector('.panel')
    ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
export const control = (root: HTMLElement, key: string) =>
  root
    .querySelector('.panel')
    ?.dispatchEvent(
      new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true }),
    );
export const written = (client: ReturnType<typeof fakeClient>) =>
  client.calls.flatMap(({ name, input }) => (name === 'settings.write' ? [input] : []));
