import { beforeEach, describe, expect, test } from 'vitest';
import { metricsOf } from '../../lib/report/metrics.ts';
import { openTab, previewed } from './cost-tab.ts';
import { record, report, useEnglish } from './fixtures.ts';

beforeEach(useEnglish);

describe('the tab opens with the present', () => {
  const day = (id: string, clicks: number, cost: number, revenue: number) => ({
    values: [{ id, name: id }],
    metrics: metricsOf({ clicks, cost, revenue }),
  });

  test('nothing below it moves when the figures come', async () => {
    const live = Promise.withResolvers<void>();
    const { find } = openTab(async (update) => previewed(update), {
      // Nothing is known of these days yet.
      'side.days': async ({ fresh }) => {
        if (!fresh) return { report: null, problem: null };
        await live.promise;
        return { report: report([day('2026-08-01', 100, 10, 30)]), problem: null };
      },
    });
    const top = () => find('[name=amount]')?.getBoundingClientRect().top;
    await expect.poll(() => find('.skeleton.present')).not.toBeNull();
    await new Promise(requestAnimationFrame);
    const before = top();
    live.resolve();
    await expect.poll(() => find('[data-present]')).not.toBeNull();
    expect(top()).toBe(before);
  });

  test('cost, CPC and ROI of the range, and a bar for each day around it', async () => {
    const { find, root, client } = openTab(async (update) => previewed(update), {
      'side.days': () => ({
        report: report([
          day('2026-07-31', 10, 5, 0),
          day('2026-08-01', 100, 10, 30),
          day('2026-08-02', 300, 30, 30),
        ]),
        problem: null,
      }),
    });
    await expect
      .poll(() => find('[data-present] p')?.textContent)
      .toBe('Aug 1 – Aug 2: cost\u00a0$40.00, CPC\u00a0$0.1000, ROI\u00a0+50.0 %');
    expect(client.calls.find(({ name }) => name === 'side.days')?.input).toMatchObject({
      range: { from: '2026-07-20', to: '2026-08-02', zone: 'Europe/Madrid' },
    });
    const bars = [...root.querySelectorAll('[data-present] tr')].map((row) => row.textContent);
    expect(bars).toHaveLength(14);
    expect(bars.slice(-4)).toEqual(['Jul 30–', 'Jul 31$5.00', 'Aug 1$10.00', 'Aug 2$30.00']);
  });

  test('the field has the last update, which a later one does not change', async () => {
    let records = [
      { ...record('3', 'undone'), order: { ...record('3', 'undone').order, amount: 999 } },
      record('2', 'verified'),
    ];
    const { find, client } = openTab(async (update) => previewed(update), {
      'journal.list': () => records,
    });
    const amount = () => (find('[name=amount]') as HTMLInputElement | null)?.value;
    await expect.poll(amount).toBe('20 USD');
    await expect.poll(() => find('[name=send-cost]')?.textContent).toContain('$20.00');
    expect(find('[data-last-updates] [data-record="2"]')?.textContent).toContain('Verified');
    records = [
      { ...record('4', 'sending'), order: { ...record('4', 'sending').order, amount: 7 } },
      ...records,
    ];
    client.change('journal.list');
    await expect.poll(() => find('[data-record="4"]')).not.toBeNull();
    expect(amount()).toBe('20 USD');
  });

  test('a token is chosen by its name', async () => {
    const { root } = openTab(async (update) => previewed(update), {
      'tokens.list': () => [{ slot: 2, name: 'Zone', macro: '{zoneid}', role: null }],
    });
    await expect
      .poll(() => [...root.querySelectorAll('[name=token] option')].map((one) => one.textContent))
      .toEqual(expect.arrayContaining(['Token 1', '2 · Zone {zoneid}', 'Token 3']));
  });
});
