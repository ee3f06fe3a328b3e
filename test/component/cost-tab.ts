import { expect } from 'vitest';
import { mountPanel } from '../../components/panel/mount.tsx';
import style from '../../components/panel/panel.css?inline';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import type { Previewed } from '../../lib/contract/costs.ts';
import type { CostUpdate } from '../../lib/costs/update.ts';
import { connection, fakeClient, fakeLink, openRoot, settings, tracker } from './fixtures.ts';

export const state = { cost: 10, cpc: 0.01, profit: 50, roi: 5 };
export const previewed = (update: CostUpdate): Previewed => ({
  id: `preview of ${update.amount}`,
  undoes: null,
  preview: {
    order: update,
    trackerCurrency: 'USD',
    clicks: 1000,
    before: state,
    after: { ...state, cost: update.amount },
    expected: update.amount,
    facts: [],
    warnings: [],
    dangers: [],
    parts: [],
    refused: null,
  },
});

/** The cost tab of a campaign's panel, over a background with these previews and answers. */
export function openTab(
  preview: (update: CostUpdate) => Promise<Previewed>,
  {
    connections = [connection('k')],
    ...answers
  }: Parameters<typeof fakeClient>[0] & { connections?: ConnectionView[] } = {},
) {
  const root = openRoot(style);
  const client = fakeClient({
    'panel.context': () => ({
      own: 'k',
      connections,
      trackers: connections.map(({ tracker: id }) => tracker(id)),
      settings: { ...settings, panelTab: 'cost' },
      formats: [],
    }),
    'campaigns.list': () => ({ campaigns: [], fetchedAt: 0 }),
    'costs.preview': ({ order }) => preview(order),
    'costs.previewBeside': ({ order }) => preview(order),
    ...answers,
  });
  const link = fakeLink({
    view: {
      view: 'campaign',
      campaignId: '12',
      campaignName: 'Summer',
      range: { from: '2026-08-01', to: '2026-08-02' },
      groupBy: null,
    },
  });
  mountPanel(root, { client, link, now: () => Date.parse('2026-08-02T12:00:00Z') });
  return {
    root,
    client,
    find: (selector: string) => root.querySelector<HTMLElement>(selector),
    asked: () => client.calls.filter(({ name }) => name === 'costs.preview').length,
    async type(text: string, name = 'amount') {
      await expect.poll(() => root.querySelector(`[name=${name}]`)).not.toBeNull();
      const field = root.querySelector<HTMLInputElement>(`[name=${name}]`);
      if (field) field.value = text;
      field?.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    /** What is said under a field, and whether that is an error. */
    under(name: string): { text: string; wrong: boolean } {
      const field = root.querySelector(`[name=${name}]`);
      const hint = root.querySelector(
        `#${CSS.escape(field?.getAttribute('aria-describedby') ?? '-')}`,
      );
      return {
        text: hint?.textContent ?? '',
        wrong: field?.getAttribute('aria-invalid') === 'true',
      };
    },
  };
}
