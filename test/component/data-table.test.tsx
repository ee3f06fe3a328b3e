import { render } from 'preact';
import { beforeEach, expect, test } from 'vitest';
import { DataTable } from '../../components/kit/data-table.tsx';
import { openRoot, useEnglish } from './fixtures.ts';

beforeEach(useEnglish);

const column = {
  id: 'n',
  title: 'N',
  label: 'N',
  cell: (row: number) => String(row),
  text: (row: number) => String(row),
};

function open(count: number, onOpen: (row: number) => void = () => {}, height = '400px') {
  const root = openRoot('');
  const rows = Array.from({ length: count }, (_, index) => index);
  render(
    <DataTable
      label="rows"
      columns={[column]}
      rows={rows}
      keyOf={String}
      total={['sum']}
      height={height}
      onOpen={onOpen}
    />,
    root,
  );
  const scroller = root.querySelector<HTMLElement>('.scroll');
  if (!scroller) throw new Error('no table');
  return { root, scroller };
}

test('of 100,000 rows only those in sight are drawn, wherever it is scrollTop', async () => {
  const { root, scroller } = open(100_000);
  const drawn = () => root.querySelectorAll('tbody tr:not(.spacer)').length;
  expect(drawn()).toBeLessThan(60);
  scroller.scrollTop = 50_000 * 28;
  await expect.poll(() => root.textContent).toContain('50000');
  expect(drawn()).toBeLessThan(60);
  scroller.scrollTop = scroller.scrollHeight;
  await expect.poll(() => root.textContent).toContain('99999');
});

test('scrolling draws the rows that come, and those that stay in sight only once', async () => {
  const root = openRoot('');
  const drawn: number[] = [];
  const cell = (row: number) => {
    drawn.push(row);
    return String(row);
  };
  const rows = Array.from({ length: 1000 }, (_, index) => index);
  const table = (text: (row: number) => string) =>
    render(
      <DataTable
        label="rows"
        columns={[{ ...column, cell, text }]}
        rows={rows}
        keyOf={String}
        height="400px"
      />,
      root,
    );
  table(String);
  const scroller = root.querySelector<HTMLElement>('.scroll');
  // Fifteen in sight, and three beyond each edge.
  await expect.poll(() => root.querySelectorAll('tbody tr:not(.spacer)').length).toBe(21);
  // Down and back again, some rows at a time.
  for (const top of [280, 560, 280]) {
    drawn.length = 0;
    if (scroller) scroller.scrollTop = top;
    await expect.poll(() => drawn.length).toBeGreaterThan(0);
    expect(drawn.length).toBeLessThanOrEqual(11);
  }
  // Other columns are drawn anew.
  drawn.length = 0;
  table((row) => `${row}`);
  await expect.poll(() => drawn.length).toBeGreaterThan(20);
});

test('a frame draws but a part of what a leap brings into sight, and what is seen before the rest', async () => {
  const root = openRoot('');
  const cells: number[] = [];
  const columns = Array.from({ length: 25 }, (_, at) => ({
    ...column,
    id: String(at),
    cell: (row: number) => {
      if (at === 0) cells.push(row);
      return String(row);
    },
  }));
  const rows = Array.from({ length: 1000 }, (_, index) => index);
  render(
    <DataTable label="rows" columns={columns} rows={rows} keyOf={String} height="280px" />,
    root,
  );
  const scroller = root.querySelector<HTMLElement>('.scroll');
  // Until the table knows its height.
  const drawn = () => root.querySelectorAll('tbody tr[aria-rowindex]').length;
  await expect.poll(drawn).toBe(16);
  const next = () => new Promise((done) => requestAnimationFrame(done));
  await next();
  cells.length = 0;
  if (scroller) scroller.scrollTop = 500 * 28;
  const frames: number[] = [];
  while (cells.length < 16 && frames.length < 100) {
    const before = cells.length;
    await next();
    frames.push(cells.length - before);
  }
  // A row has 25 cells.
  expect(Math.max(...frames)).toBeLessThanOrEqual(2);
  expect(cells).toHaveLength(16);
  expect(new Set(cells.slice(0, 10))).toEqual(new Set(rows.slice(500, 510)));
  expect(new Set(cells)).toEqual(new Set(rows.slice(497, 513)));
});

test('as many rows are drawn as there is room for, before anybody scrolls and after a change of size', async () => {
  const { root, scroller } = open(1000, undefined, '1400px');
  const last = () => Number(root.querySelector('tbody tr:nth-last-child(2)')?.textContent);
  await expect.poll(last).toBeGreaterThan(1400 / 28);
  scroller.style.height = '100px';
  await expect.poll(last).toBeLessThan(30);
  scroller.style.height = '2800px';
  await expect.poll(last).toBeGreaterThan(100);
});

test('the keyboard walks the rows and opens one', async () => {
  const opened: number[] = [];
  const { root, scroller } = open(1000, (row) => opened.push(row));
  const press = (key: string) =>
    scroller.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const selected = () => root.querySelector('tr[aria-selected=true]')?.textContent;
  expect(selected()).toBeUndefined();
  press('ArrowDown');
  await expect.poll(selected).toBe('0');
  press('ArrowDown');
  await expect.poll(selected).toBe('1');
  press('End');
  await expect.poll(selected).toBe('999');
  press('ArrowUp');
  await expect.poll(selected).toBe('998');
  press('Enter');
  expect(opened).toEqual([998]);
});

test('the chosen row stays chosen where others come in above it', async () => {
  const root = openRoot('');
  const show = (rows: readonly number[]) =>
    render(
      <DataTable label="rows" columns={[column]} rows={rows} keyOf={String} height="300px" />,
      root,
    );
  const chosen = () => root.querySelector('tr[aria-selected=true]')?.textContent;
  const press = (key: string) =>
    root
      .querySelector('.scroll')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  show([1, 5]);
  press('End');
  await expect.poll(chosen).toBe('5');
  show([1, 2, 3, 4, 5, 6]);
  await expect.poll(chosen).toBe('5');
  press('ArrowDown');
  await expect.poll(chosen).toBe('6');
  show([1, 2]);
  await expect.poll(chosen).toBeUndefined();
});

test('the keyboard walks the cells of a row, and what is chosen is copied: cell, row or table', async () => {
  const root = openRoot('');
  const square = { ...column, id: 'n2', label: 'N²', text: (row: number) => String(row * row) };
  render(
    <DataTable
      label="rows"
      columns={[column, square]}
      rows={[1, 2, 3]}
      keyOf={String}
      height="400px"
    />,
    root,
  );
  const scroller = root.querySelector<HTMLElement>('.scroll');
  const press = (key: string, ctrlKey = false, code = key) =>
    scroller?.dispatchEvent(
      new KeyboardEvent('keydown', { key, code, ctrlKey, bubbles: true, cancelable: true }),
    );
  const copied = () => {
    const clipboardData = new DataTransfer();
    scroller?.dispatchEvent(
      new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }),
    );
    return clipboardData.getData('text/plain');
  };
  expect(copied()).toBe('');
  press('ArrowDown');
  await expect.poll(copied).toBe('1\t1');
  press('ArrowDown');
  await expect.poll(copied).toBe('2\t4');
  press('ArrowRight');
  await expect.poll(copied).toBe('2');
  press('ArrowRight');
  await expect.poll(copied).toBe('4');
  expect(root.querySelector('[role=status]')?.textContent).toBe('N²: 4');
  press('ArrowDown');
  await expect.poll(copied).toBe('9');
  press('ArrowLeft');
  await expect.poll(copied).toBe('3');
  press('ArrowLeft');
  await expect.poll(copied).toBe('3\t9');
  press('a', true, 'KeyA');
  await expect.poll(copied).toBe('N\tN²\n1\t1\n2\t4\n3\t9');
  press('ArrowUp');
  await expect.poll(copied).toBe('2\t4');
});
