import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { SendUpdate } from '../../components/costs/send-update.tsx';
import { mountSurface } from '../../components/mount-surface.tsx';
import style from '../../components/panel/panel.css?inline';
import type { Previewed } from '../../lib/contract/costs.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import { openTab, previewed } from './cost-tab.ts';
import { fakeClient, openRoot, record, report, useEnglish } from './fixtures.ts';

beforeEach(useEnglish);

describe('an update that asks for more than one press', () => {
  const open = (remarks: Partial<Previewed['preview']>) => {
    const root = openRoot(style);
    const client = fakeClient({
      'costs.send': () => record('1', 'planned'),
      'journal.read': () => record('1', 'planned'),
    });
    const { preview, ...of } = previewed(record('1', 'planned').order);
    mountSurface(
      root,
      client,
      <SendUpdate previewed={{ ...of, preview: { ...preview, ...remarks } }} />,
    );
    const find = (selector: string) => root.querySelector<HTMLElement>(selector);
    return {
      find,
      sent: () => client.calls.filter(({ name }) => name === 'costs.send').length,
      async press(name: string) {
        await expect.poll(() => find(`[name=${name}]:enabled`)).not.toBeNull();
        await userEvent.click(find(`[name=${name}]`) ?? root);
      },
    };
  };
  const times = (key: 'warn_many_times', count: string) => [{ key, values: [count] }];

  test('is sent by the second, which takes the focus and is not the first one’s double-click', async () => {
    const { find, sent, press } = open({ warnings: times('warn_many_times', '12') });
    await press('send-cost');
    expect(find('[name=send-cost-again]')?.matches(':disabled')).toBe(true);
    expect(sent()).toBe(0);
    await expect.poll(() => document.activeElement).toBe(find('[name=send-cost-again]'));
    await userEvent.keyboard('{Enter}');
    await expect.poll(sent).toBe(1);
  });

  test('can be let be after the first', async () => {
    const { find, sent, press } = open({ warnings: times('warn_many_times', '12') });
    await press('send-cost');
    await press('not-now');
    await expect.poll(() => find('[name=send-cost]')).not.toBeNull();
    expect(sent()).toBe(0);
  });

  test('is sent only once its amount was typed again where it is absurd', async () => {
    const { find, sent, press } = open({ dangers: times('warn_many_times', '36963') });
    const again = () => find('[name=amount-again]') as HTMLInputElement;
    await userEvent.fill(again(), '200');
    await expect.poll(() => again().value).toBe('200');
    expect(find('[name=send-cost]')?.matches(':disabled')).toBe(true);
    await userEvent.fill(again(), '20');
    await press('send-cost');
    await expect.poll(sent).toBe(1);
  });
});

describe('what confirms a preview stays in sight', () => {
  afterEach(() => page.viewport(1280, 860));

  test.each([
    ['docked at a side, 1280 × 800', 420, 800],
    ['docked below', 1280, 300],
    ['floating', 380, 480],
  ])('%s', async (_, width, height) => {
    await page.viewport(width, height);
    const { root, find, type } = openTab(
      async (update) => {
        const { preview, ...of } = previewed(update);
        const warnings = [{ key: 'warn_running' as const, values: ['2026-08-02'] }];
        return { ...of, preview: { ...preview, warnings } };
      },
      {
        'journal.list': () => ['1', '2', '3'].map((id) => record(id, 'verified')),
        'side.days': () => ({
          report: report([
            {
              values: [{ id: '2026-08-01', name: '' }],
              metrics: metricsOf({ clicks: 100, cost: 10, revenue: 30 }),
            },
          ]),
          problem: null,
        }),
      },
    );
    // As in the panel's own page.
    root.id = 'root';
    await type('20');
    await expect.poll(() => find('[name=send-cost]:enabled')).not.toBeNull();
    const button = () => find('[name=send-cost]:enabled')?.getBoundingClientRect();
    const body = root.querySelector('.body');
    const isWithin = () => {
      const [inner, outer] = [button(), body?.getBoundingClientRect()];
      return !!inner && !!outer && inner.top >= outer.top && inner.bottom <= outer.bottom;
    };
    expect(body?.scrollHeight).toBeGreaterThan(body?.clientHeight ?? 0);
    body?.scrollTo(0, 0);
    await expect.poll(isWithin).toBe(true);
    const at = button();
    const top = document.elementFromPoint((at?.left ?? 0) + 5, (at?.top ?? 0) + 5);
    expect(top?.getAttribute('name')).toBe('send-cost');
  });
});
