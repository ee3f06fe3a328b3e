import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { type Metrics, metricsOf } from '../../lib/report/metrics.ts';
import type { Report } from '../../lib/report/question.ts';
import { daily } from './daily.ts';
import { report, useEnglish, useLanguage } from './fixtures.ts';
import { campaignView, openPanel, text } from './open-panel.ts';

beforeEach(useEnglish);

/** Ten minutes before the panel's clock. */
const NOW = Date.parse('2026-08-02T11:50:00Z');
/** The days before 1 August. */
const BEFORE = { from: '2026-07-18', to: '2026-07-31', zone: 'Europe/Madrid' };
const SHOWN = { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' };

const of = (metrics: Partial<Metrics>, facts: Partial<Report> = {}): Report =>
  report([{ values: [], metrics: metricsOf(metrics) }], { fetchedAt: NOW, ...facts });
const usual = { clicks: 10_000, conversions: 300, cost: 400, revenue: 900 };
const day = { clicks: 5_000, conversions: 150, cost: 200, revenue: 450 };

type On = (day: string) => Partial<Metrics>;
const lost = (share: number): Partial<Metrics> => ({ ...day, clicks: 5_000 * (1 - share) });

/** A panel whose `b` lost an eighth of the clicks; what it had on each day; what is kept of it. */
function open(
  b: On,
  { kept = false, theme = 'light' }: { kept?: boolean; theme?: 'light' | 'dark' } = {},
) {
  const figures = { k: of(usual), b: of({ ...usual, clicks: 8_750 }), r: null };
  const { root, client } = openPanel(campaignView, figures, null, { panelTheme: theme });
  const stored = new Set<string>();
  client.answer('side.series', (asked) => {
    const key = JSON.stringify([asked.connection, asked.range]);
    if (asked.fresh) stored.add(key);
    if (!asked.fresh && !kept && !stored.has(key)) {
      return { report: null, problem: null, groupBy: ['day'], unable: null };
    }
    return daily(asked, asked.connection === 'b' ? b : () => day, { fetchedAt: NOW });
  });
  client.change();
  return {
    root,
    client,
    asked: () =>
      client.calls.flatMap(({ name, input }) =>
        name === 'side.series' && Object(input).fresh ? [Object(input)] : [],
      ),
  };
}
const story = (root: HTMLElement) => text(root, '#gap-causes [data-baseline]');
const ask = (root: HTMLElement) =>
  root.querySelector<HTMLButtonElement>('#gap-causes button[name=baseline]');
const gapButton = (root: HTMLElement, metric: string) =>
  root.querySelector<HTMLButtonElement>(`[data-connection="b main"] [data-gap=${metric}] button`);

describe('whether a gap is new', () => {
  test('asks no tracker until it is wanted, then each side once, and not again', async () => {
    const { root, asked } = open(() => lost(0.125));
    await expect
      .poll(() => ask(root)?.textContent)
      .toBe('Is it new? Compare with the 14 days before');
    expect(asked()).toEqual([]);
    ask(root)?.focus();
    ask(root)?.click();
    await expect
      .poll(() => story(root))
      .toContain(
        'Steady: usually −12.5 % in the 14 days before, too. Look for a structural cause.',
      );
    const both = ['k', 'b'].map((connection) => ({
      connection,
      campaignIds: ['12'],
      range: BEFORE,
      fresh: true,
    }));
    expect(asked()).toEqual(both);
    expect(document.activeElement?.textContent).toContain('Steady');
    // Closed and opened again: what was told is kept.
    gapButton(root, 'clicks')?.click();
    await expect.poll(() => story(root)).toBe('');
    gapButton(root, 'clicks')?.click();
    await expect.poll(() => story(root)).toContain('Steady');
    expect(asked()).toEqual(both);
  });

  test('stands before the causes, without being asked where the days are kept', async () => {
    const { root, asked } = open(() => lost(0.125), { kept: true });
    await expect.poll(() => story(root)).toContain('Steady');
    expect(ask(root)).toBeNull();
    expect(asked()).toEqual([]);
    expect(text(root, '#gap-causes')).toMatch(/Steady.*The stats don't explain it/);
  });

  test('nor are the days that are shown asked for where a gap has changed, until it is opened', async () => {
    const { root, asked } = open((on) => lost(on < '2026-08-01' ? 0.006 : 0.125), { kept: true });
    await expect.poll(() => story(root)).toContain('Changed: usually −0.6 %');
    expect(asked()).toEqual([]);
    gapButton(root, 'clicks')?.click();
    await expect.poll(() => story(root)).toBe('');
    gapButton(root, 'clicks')?.click();
    await expect.poll(() => story(root)).toContain('since Aug 1.');
    expect(asked().map(({ range }) => range)).toEqual([SHOWN, SHOWN]);
  });

  test('a wider gap has changed, since the first whole day on which it departs', async () => {
    const { root, asked } = open((on) => lost(on < '2026-08-01' ? 0.006 : 0.125));
    await expect.poll(() => ask(root)).not.toBeNull();
    ask(root)?.click();
    await expect
      .poll(() => story(root))
      .toContain(
        'Changed: usually −0.6 % in the 14 days before, −12.5 % now. Look for what happened since Aug 1.',
      );
    expect(asked().map(({ range }) => range)).toEqual([BEFORE, BEFORE, SHOWN, SHOWN]);
  });

  test('the change may have begun before the days that are shown, which need not be asked for then', async () => {
    const { root, asked } = open((on) => lost(on < '2026-07-29' ? 0.006 : 0.125));
    await expect.poll(() => ask(root)).not.toBeNull();
    ask(root)?.click();
    await expect.poll(() => story(root)).toContain('since Jul 29.');
    // What is usual is that of the days before the change.
    expect(story(root)).toContain(
      'usually −0.6 % in the days before (11 of 14 counted), −12.5 % now',
    );
    expect(asked()).toHaveLength(2);
  });

  test('too few days do not tell; nor do figures that vary more than the gap', async () => {
    const { root } = open((on) => (on < '2026-07-26' ? {} : lost(0.125)), { kept: true });
    await expect
      .poll(() => story(root))
      .toContain("Too little to tell whether it's new: of the 14 days before, 6 can be compared.");
    const wild = open((on) => lost(Number(on.at(-1)) % 2 === 0 ? 0.3 : -0.1), { kept: true });
    await expect
      .poll(() => story(wild.root))
      .toMatch(/^Too little to tell whether it's new: usually −10\.0 % in .* varied a lot/);
  });

  test('a metric whose gap needs no look is named where it has changed', async () => {
    const { root } = open((on) => ({ ...lost(0.125), cost: on ? 150 : null }), { kept: true });
    await expect
      .poll(() => text(root, '#gap-causes [data-gap=cost]'))
      .toContain('Changed: usually −25.0 % in the 14 days before, only 0.0 % now.');
    expect(root.querySelector('#gap-causes [data-gap=conversions]')).toBeNull();
  });

  test('a tracker that fails says so; what explains the gap stays', async () => {
    const { root, client } = open(() => lost(0.125));
    await expect.poll(() => ask(root)).not.toBeNull();
    client.answer('side.series', ({ connection }) => ({
      report: null,
      problem: connection === 'b' ? { kind: 'network' } : null,
      groupBy: ['day'],
      unable: connection === 'k' ? 'steps' : null,
    }));
    client.change('side.series');
    ask(root)?.click();
    const notes = () =>
      [...root.querySelectorAll('#gap-causes [data-baseline=unknown]')].map(
        ({ textContent }) => textContent,
      );
    await expect
      .poll(notes)
      .toEqual([
        "Whether it's new can't be told: k main doesn't report a campaign by day.",
        expect.stringMatching(/^b main: /),
      ]);
    expect(text(root, '#gap-causes')).toContain("The stats don't explain it");
  });

  test('days of reports that were fetched at other times are asked for anew', async () => {
    const { root, client } = open(() => lost(0.125));
    const hour = 3_600_000;
    client.answer('side.series', (asked) =>
      daily(asked, asked.connection === 'b' ? () => lost(0.125) : () => day, {
        fetchedAt: asked.connection === 'b' && !asked.fresh ? NOW - hour : NOW,
      }),
    );
    client.change('side.series');
    await expect.poll(() => ask(root)).not.toBeNull();
    ask(root)?.click();
    await expect.poll(() => story(root)).toContain('Steady');
  });

  test('the days’ gaps are drawn, and said', async () => {
    const { root } = open((on) => lost(on === '2026-07-20' ? 0.13 : 0.125), { kept: true });
    await expect.poll(() => root.querySelector('.daily-gaps svg')).not.toBeNull();
    const said = 'By day, Jul 18 – Jul 31: −13.0 % to −12.5 %';
    expect(root.querySelector('.daily-gaps svg')?.ariaLabel).toBe(said);
    expect(text(root, '.daily-gaps')).toBe(said);
  });

  test('in Russian', async () => {
    useLanguage('ru');
    const { root } = open((on) => lost(on < '2026-07-29' ? 0.006 : 0.125), { kept: true });
    await expect
      .poll(() => story(root))
      .toContain(
        'Изменилось с 29 июл.: в предыдущие дни (учтено 11 из 14) обычно −0,6 %, сейчас −12,5 %. Ищите, что произошло.',
      );
  });
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
  await page.viewport(420, 900);
  const { root } = open((on) => lost(on < '2026-07-29' ? 0.006 : 0.125), { kept: true, theme });
  await expect.poll(() => story(root)).toContain('Changed');
  const { violations } = await axe.run(root);
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.screenshot({ path: `../../test-results/panel-baseline-${theme}.png` });
});
