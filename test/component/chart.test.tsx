import axe from 'axe-core';
import { render } from 'preact';
import { beforeEach, expect, test } from 'vitest';
import style from '../../components/kit/chart.css?inline';
import { Chart, type ChartLine } from '../../components/kit/chart.tsx';
import { openRoot, useEnglish } from './fixtures.ts';

beforeEach(useEnglish);

const RED = 'rgb(200, 0, 0)';
const BLUE = 'rgb(0, 0, 200)';
const DAYS = ['1 Aug', '2 Aug', '3 Aug', '4 Aug', '5 Aug', '6 Aug'];
const text = (value: number | null) => (value === null ? '–' : String(value));

function line(
  name: string,
  colour: string,
  values: (number | null)[],
  gap?: (number | null)[],
): ChartLine {
  const texts = gap?.map((value) => (value === null ? '–' : `${value * 100} %`));
  return {
    id: name,
    name,
    badge: null,
    colour,
    values,
    texts: values.map(text),
    ...(gap && texts ? { gap: { values: gap, texts, marks: texts } } : {}),
  };
}

/** Four of six days have begun, the last of them is running; the second side lacks the second day. */
function open(theme: 'light' | 'dark' = 'light') {
  const root = openRoot(style, theme);
  root.className = 'ct';
  render(
    <Chart
      label="Conversions by day"
      steps={DAYS}
      begun={4}
      running={3}
      lines={[
        line('Keitaro', RED, [10, 20, 30, 5]),
        line('Binom', BLUE, [8, null, 30, 4], [-0.2, null, 0, -0.2]),
      ]}
      format={String}
      formatGap={String}
    />,
    root,
  );
  return root;
}

const plots = (root: HTMLElement) => root.querySelector<HTMLElement>('.plots');
const press = (root: HTMLElement, key: string) =>
  plots(root)?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
  );
const saidIn = (root: HTMLElement) => root.querySelector('[role=status]')?.textContent;
const readIn = (root: HTMLElement) =>
  [...root.querySelectorAll('[data-line]')].map((one) =>
    [one.querySelector('b'), one.querySelector('.reading-gap')].map((part) => part?.textContent),
  );

/** Which sixths of a canvas, from the left of its axis to its right, hold a pixel of about this colour. */
function sixthsWith(
  canvas: HTMLCanvasElement,
  colour: readonly [number, number, number],
): number[] {
  const over = canvas.parentElement?.querySelector<HTMLElement>('.u-over');
  const context = canvas.getContext('2d');
  if (!over || !context) return [];
  const scale = canvas.width / canvas.clientWidth;
  const width = (over.clientWidth * scale) / DAYS.length;
  return DAYS.flatMap((_, sixth) => {
    const { data } = context.getImageData(
      over.offsetLeft * scale + sixth * width,
      over.offsetTop * scale,
      width,
      over.clientHeight * scale,
    );
    for (let at = 0; at < data.length; at += 4) {
      const near = colour.every((part, rgb) => Math.abs((data[at + rgb] ?? 0) - part) < 40);
      if (near && (data[at + 3] ?? 0) > 200) return [sixth];
    }
    return [];
  });
}

test('lines are drawn where something is known: not over an unknown day, nor into days to come', async () => {
  const root = open();
  const canvases = () => [...root.querySelectorAll('canvas')];
  await expect.poll(() => canvases().length).toBe(2);
  const [figures, gaps] = canvases();
  if (!figures || !gaps) throw new Error('no canvas');
  await expect.poll(() => sixthsWith(figures, [200, 0, 0])).toEqual([0, 1, 2, 3]);
  expect(sixthsWith(figures, [0, 0, 200])).toEqual([0, 2, 3]);
  // The base has no gap to itself.
  expect(sixthsWith(gaps, [200, 0, 0])).toEqual([]);
  // That of the day that is running says nothing yet.
  expect(sixthsWith(gaps, [0, 0, 200])).toEqual([0, 2]);
});

test('the keys move from point to point, and what stands there is shown and said', async () => {
  const root = open();
  await expect.poll(() => root.querySelectorAll('canvas').length).toBe(2);
  expect(readIn(root)).toEqual([
    ['', ''],
    ['', ''],
  ]);
  press(root, 'ArrowLeft');
  await expect.poll(() => saidIn(root)).toBe('4 Aug, so far; Keitaro: 5; Binom: 4, gap -20 %');
  expect(readIn(root)).toEqual([
    ['5', ''],
    ['4', '-20 %'],
  ]);
  press(root, 'Home');
  await expect.poll(() => saidIn(root)).toContain('1 Aug; Keitaro: 10');
  press(root, 'ArrowLeft');
  press(root, 'ArrowRight');
  await expect.poll(() => saidIn(root)).toBe('2 Aug; Keitaro: 20; Binom: –, gap –');
  // Beyond the day that is running there is nothing to read.
  press(root, 'End');
  press(root, 'ArrowRight');
  await expect.poll(() => saidIn(root)).toContain('4 Aug');
});

test('the pointer reads the nearest point, without a word to screen readers', async () => {
  const root = open();
  await expect.poll(() => root.querySelectorAll('.u-over').length).toBe(2);
  const over = root.querySelector<HTMLElement>('.u-over');
  const box = over?.getBoundingClientRect() ?? new DOMRect();
  const moveTo = (part: number) =>
    over?.dispatchEvent(
      new MouseEvent('mousemove', {
        bubbles: true,
        clientX: box.left + box.width * part,
        clientY: box.top + 20,
      }),
    );
  moveTo(0.42);
  await expect.poll(() => readIn(root)[0]).toEqual(['30', '']);
  expect(root.querySelector('[data-step]')?.textContent).toContain('3 Aug');
  moveTo(0.95);
  await expect.poll(() => readIn(root)[0]).toEqual(['5', '']);
  expect(saidIn(root)).toBe('');
  over?.dispatchEvent(new MouseEvent('mouseleave', { clientX: 0, clientY: 0 }));
  await expect.poll(() => readIn(root)[0]).toEqual(['', '']);
});

test('the same as a table: a row for each day that has begun, unknown ones as such', async () => {
  const root = open();
  root.querySelector<HTMLElement>('[name=as-table]')?.click();
  const rows = () =>
    [...root.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    );
  await expect.poll(rows).toEqual([
    ['1 Aug', '10', '8', '-20 %'],
    ['2 Aug', '20', '–', '–'],
    ['3 Aug', '30', '30', '0 %'],
    ['4 Aug, so far', '5', '4', '-20 %'],
  ]);
  expect(root.querySelector('[name=as-table]')?.getAttribute('aria-pressed')).toBe('true');
});

test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
  const root = open(theme);
  await expect.poll(() => root.querySelectorAll('canvas').length).toBe(2);
  expect((await axe.run(root)).violations).toEqual([]);
  root.querySelector<HTMLElement>('[name=as-table]')?.click();
  await expect.poll(() => root.querySelector('table')).not.toBeNull();
  expect((await axe.run(root)).violations).toEqual([]);
});
