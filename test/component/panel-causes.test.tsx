import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type Metrics, metricsOf } from '../../lib/report/metrics.ts';
import type { Report } from '../../lib/report/question.ts';
import { report, useEnglish, useLanguage } from './fixtures.ts';
import { campaignView, openPanel, text } from './open-panel.ts';

beforeEach(useEnglish);

const of = (metrics: Partial<Metrics>, facts: Partial<Report> = {}): Report =>
  report([{ values: [], metrics: metricsOf(metrics) }], facts);

const usual = { clicks: 10_000, conversions: 300, sales: 300, cost: 400, revenue: 900 };
/** Conversions of `b` are on hold, clicks of `r` are lost. */
const apart = {
  k: of({ ...usual, hold: 0 }),
  b: of({ ...usual, conversions: 260, sales: 260, hold: 40, revenue: 880 }),
  r: of({ ...usual, clicks: 8_000 }),
};

const spaced = (words: string): string => words.replaceAll('\u00a0', ' ').trim();
const answer = (root: HTMLElement): string => spaced(text(root, '.answer'));
const causes = (root: HTMLElement): string => text(root, '#gap-causes');
const button = (root: HTMLElement, side: string, metric: string) =>
  root.querySelector<HTMLButtonElement>(
    `[data-connection="${side} main"] [data-gap=${metric}] button`,
  );
const expanded = (root: HTMLElement): string[] =>
  [...root.querySelectorAll('.gap-button[aria-expanded=true]')].map((one) => one.ariaLabel ?? '');

describe('causes in the panel', () => {
  test('are first those of the widest gap, and a gap from 0 is the widest', async () => {
    const { root } = openPanel(campaignView, {
      k: of({ ...usual, conversions: 0, sales: 0 }),
      b: of({ ...usual, conversions: 30, sales: 30, clicks: 2_000 }),
      r: null,
    });
    await expect.poll(() => causes(root)).toContain('Conversions in b main: why from 0?');
    expect(answer(root)).toBe('Conversions: b main +30 (from 0). Clicks: b main −8,000 (−80.0 %).');
  });

  test('are each gap’s own: what needs a look is a button that shows them, and hides them again', async () => {
    const { root } = openPanel(campaignView, apart);
    await expect.poll(() => causes(root)).toContain('Clicks in r main: why −20.0 %?');
    expect(causes(root)).toContain("The stats don't explain it");
    const conversions = button(root, 'b', 'conversions');
    expect(conversions?.ariaLabel).toBe(
      'Conversions in b main: why −13.3 %? Too large: look for the cause',
    );
    expect(expanded(root)).toEqual([
      'Clicks in r main: why −20.0 %? Too large: look for the cause',
    ]);
    const places = () =>
      [...root.querySelectorAll('.sides td')].map((cell) => {
        const { x, y, width } = cell.getBoundingClientRect();
        const { y: top = 0 } = root.querySelector('.sides')?.getBoundingClientRect() ?? {};
        return [x, y - top, width];
      });
    const before = places();
    conversions?.focus();
    await userEvent.keyboard('{Enter}');
    await expect
      .poll(() => causes(root))
      .toBe('Conversions in b main: why −13.3 %?Conversions on hold in b main: 40.');
    expect(expanded(root)).toEqual([conversions?.ariaLabel]);
    expect(conversions?.getAttribute('aria-controls')).toBe('gap-causes');
    expect(places()).toEqual(before);
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => causes(root)).toBe('');
    expect(expanded(root)).toEqual([]);
  });

  test('of what agrees, or is not judged, are none', async () => {
    const { root } = openPanel(campaignView, apart);
    await expect.poll(() => button(root, 'b', 'conversions')).not.toBeNull();
    for (const metric of ['clicks', 'profit', 'roi', 'cost']) {
      expect(text(root, `[data-connection="b main"] [data-gap=${metric}]`)).not.toBe('');
      expect(button(root, 'b', metric)).toBeNull();
    }
  });
});

describe('unique clicks, which sums of hours do not tell', () => {
  const figures = { k: of(usual), b: of({ ...usual, clicks: 7_050 }), r: null };

  test('are asked for where a gap in clicks is to be explained', async () => {
    const { root, client } = openPanel(campaignView, figures);
    client.answer('side.total', ({ connection }) => ({
      report: of(connection === 'k' ? { clicks: 10_000, uniqueClicks: 7_000 } : { clicks: 7_050 }),
      problem: null,
    }));
    await expect
      .poll(() => causes(root))
      .toContain('b main seems to count unique clicks; k main counts all clicks.');
    expect(causes(root)).not.toContain("The stats don't explain it");
  });

  test('are not asked for where another gap is shown, or none', async () => {
    const { root, client } = openPanel(campaignView, { ...apart, r: null });
    await expect.poll(() => causes(root)).toContain('on hold');
    expect(client.calls.filter(({ name }) => name === 'side.total')).toEqual([]);
  });
});

describe('the panel’s answer comes before the table', () => {
  const answered = async (
    figures: Parameters<typeof openPanel>[1],
    expected: string,
  ): Promise<HTMLElement> => {
    const { root } = openPanel(campaignView, figures);
    await expect.poll(() => answer(root)).toBe(expected);
    return root;
  };

  test('what is apart beyond chance, the widest first, in each metric', async () => {
    const root = await answered(
      apart,
      'Clicks: r main −2,000 (−20.0 %). Conversions: b main −40 (−13.3 %).',
    );
    const [first, second] = ['.answer', '.sides'].map((one) => root.querySelector(one));
    expect(first && second && first.compareDocumentPosition(second)).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING,
    );
  });

  test('that all agree, and how nearly', () =>
    answered(
      { k: of(usual), b: of({ ...usual, conversions: 299 }), r: of(usual) },
      'All sides agree within 0.4 %.',
    ).then(() => {}));

  test('that chance explains what differs', () =>
    answered(
      { k: of({ ...usual, conversions: 5 }), b: of({ ...usual, conversions: 4 }), r: null },
      'No gap is beyond chance.',
    ).then(() => {}));

  test('what is not judged is never said to agree', async () => {
    const zone = { zone: 'Asia/Tokyo' };
    await answered(
      { k: of(usual), b: of(usual), r: of(usual, zone) },
      'What is judged agrees within 0.1 %. Not all is judged: r main.',
    );
    await answered(
      { k: of(usual), b: of(usual, zone), r: null },
      'Not judged: days start at different times in k main and b main.',
    );
    await answered({ k: of(usual), b: null, r: null }, 'Nothing to compare with yet.');
  });

  test('in Russian', async () => {
    useLanguage('ru');
    await answered(apart, 'Клики: r main −2 000 (−20,0 %). Конверсии: b main −40 (−13,3 %).');
  });

  test('has its space while figures are on their way', async () => {
    const { root, client } = openPanel(campaignView, apart);
    client.answer('side.figures', () => new Promise(() => {}));
    await expect.poll(() => root.querySelector('.sides')).not.toBeNull();
    const top = () => root.querySelector('.sides')?.getBoundingClientRect().top;
    const waiting = top();
    const { root: full } = openPanel(campaignView, apart);
    await expect.poll(() => answer(full)).not.toBe('');
    expect(full.querySelector('.sides')?.getBoundingClientRect().top).toBe(waiting);
  });
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
  await page.viewport(420, 900);
  const { root } = openPanel(campaignView, apart, null, { panelTheme: theme });
  await expect.poll(() => button(root, 'b', 'conversions')).not.toBeNull();
  button(root, 'b', 'conversions')?.click();
  await expect.poll(() => causes(root)).toContain('on hold');
  const { violations } = await axe.run(root);
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.screenshot({ path: `../../test-results/panel-causes-${theme}.png` });
});
