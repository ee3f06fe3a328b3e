import { render } from 'preact';
import { beforeEach, describe, expect, test } from 'vitest';
import { DataTable } from '../../components/kit/data-table.tsx';
import { StateMark } from '../../components/kit/gap-mark.tsx';
import { Name } from '../../components/kit/name.tsx';
import { openRoot, useEnglish } from './fixtures.ts';

beforeEach(useEnglish);

type Chosen = Readonly<Record<string, number>>;
const ROW_HEIGHT = 28;

/** Columns of the same texts: what the row says, once for each id; the first ones as names with a mark. */
const columnsOf = (ids: readonly string[], text: (row: number) => string) =>
  ids.map((id, at) => ({
    id,
    title: id,
    label: id,
    cell: (row: number) =>
      at === 0 ? (
        <>
          <StateMark state="red" /> <Name text={text(row)} maxLength={36} />
        </>
      ) : (
        text(row)
      ),
    text,
  }));

/** A table of 1,000 rows whose widths are remembered as the dashboard remembers them. */
function open({
  ids = ['name', 'clicks'],
  text = String as (row: number) => string,
  chosen = {} as Chosen,
  rows = Array.from({ length: 1000 }, (_, index) => index) as readonly number[],
  width = '400px',
} = {}) {
  const root = openRoot('');
  let shown = rows;
  const columns = columnsOf(ids, text);
  const choices: Array<[string, number | null]> = [];
  let now = chosen;
  const draw = () =>
    render(
      <div style={{ inlineSize: width }}>
        <DataTable
          label="rows"
          columns={columns}
          rows={shown}
          keyOf={String}
          height="400px"
          sizing={{
            chosen: now,
            onChoose(column, px) {
              choices.push([column, px]);
              const { [column]: _, ...others } = now;
              now = px === null ? others : { ...others, [column]: px };
              draw();
            },
          }}
        />
      </div>,
      root,
    );
  draw();
  const scroller = root.querySelector<HTMLElement>('.scroll');
  if (!scroller) throw new Error('no table');
  const widths = () =>
    [...root.querySelectorAll<HTMLElement>('thead th')].map(({ offsetWidth }) => offsetWidth);
  const settled = () => expect.poll(() => root.querySelector('.sized')).not.toBeNull();
  const cell = (at: number) =>
    root.querySelectorAll<HTMLElement>(`tbody tr:not(.spacer) td:nth-child(${at + 1})`)[0];
  const show = (next: readonly number[]) => {
    shown = next;
    draw();
  };
  return { root, scroller, widths, settled, cell, choices, show };
}

const isCut = (cell: HTMLElement | undefined) => !!cell && cell.scrollWidth > cell.clientWidth;

test('columns keep their widths while rows come and go, and grow for a cell that needs more', async () => {
  const { scroller, widths, settled, root } = open({
    text: (row) => (row === 500 ? '1,234,567,890,123.45' : '1'),
  });
  await settled();
  const before = widths();
  scroller.scrollTop = 100 * ROW_HEIGHT;
  await expect.poll(() => root.querySelector('[aria-rowindex="101"] td')).not.toBeNull();
  expect(widths()).toEqual(before);
  scroller.scrollTop = 495 * ROW_HEIGHT;
  const long = () => root.querySelector<HTMLElement>('[aria-rowindex="501"] td:nth-child(2)');
  await expect.poll(long).not.toBeNull();
  await expect.poll(() => isCut(long() ?? undefined)).toBe(false);
  const grown = widths();
  scroller.scrollTop = 0;
  await expect.poll(() => root.querySelector('[aria-rowindex="1"] td')).not.toBeNull();
  expect(widths()).toEqual(grown);
});

test('names that come after the heads get their room, up to a limit', async () => {
  const ids = ['name', 'a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const names = ['Summer push DE, second try', `${'W'.repeat(40)}-7`];
  const { settled, widths, show, root } = open({ ids, rows: [], text: (row) => names[row] ?? '' });
  await settled();
  const [empty = 0] = widths();
  show([0]);
  const name = () => root.querySelector<HTMLElement>('tbody .name');
  await expect.poll(() => name()?.textContent).toContain('second try');
  expect(isCut(name() ?? undefined)).toBe(false);
  expect(widths()[0]).toBeGreaterThan(empty);
  show([0, 1]);
  await expect.poll(() => widths()[0]).toBe(320);
  // It shortens itself beside the mark; the cell never cuts the whole of it away.
  const [cell, long] = [...root.querySelectorAll('[aria-rowindex="2"] :is(td, .name)')];
  const edge = (element: Element | undefined) => element?.getBoundingClientRect().right ?? 0;
  expect(edge(cell) - edge(long)).toBeGreaterThanOrEqual(8);
  show([0]);
  expect(widths()[0]).toBe(320);
});

test('a table with more columns than room is as wide as they need, with room to spare as wide as that', async () => {
  const ids = Array.from({ length: 30 }, (_, index) => `column ${index}`);
  const wide = open({ ids, text: () => '1,234.50' });
  await wide.settled();
  expect(wide.scroller.scrollWidth).toBeGreaterThan(30 * 40);
  const few = open({ text: () => '1' });
  await few.settled();
  expect(few.scroller.scrollWidth).toBe(few.scroller.clientWidth);
  expect(few.widths().reduce((sum, width) => sum + width)).toBe(few.scroller.clientWidth);
});

test('a chosen width holds; what it cuts is told by the tooltip', async () => {
  const { widths, settled, cell, root } = open({
    ids: ['name', 'a', 'b', 'c', 'd', 'e', 'f', 'g'],
    text: () => '1,234,567.89',
    chosen: { a: 44 },
  });
  await settled();
  expect(widths()[1]).toBe(44);
  expect(isCut(cell(1))).toBe(true);
  expect(cell(1)?.title).toBe('1,234,567.89');
  expect(isCut(cell(2))).toBe(false);
  expect(cell(2)?.title).toBe('');
  expect(root.querySelectorAll('.width-handle')).toHaveLength(8);
});

test('the edge of a head is dragged to a width, and double-clicked back to what the cells need', async () => {
  const ids = ['name', 'a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const { root, widths, settled, choices } = open({ ids, text: () => '1,234,567.89' });
  await settled();
  const [, natural = 0] = widths();
  const handle = root.querySelectorAll<HTMLElement>('.width-handle')[1];
  if (!handle) throw new Error('no handle');
  const captured: number[] = [];
  // No pointer presses in a test: what the browser would send to the handle is sent by hand.
  handle.setPointerCapture = (id) => captured.push(id);
  const send = (type: string, clientX: number) =>
    handle.dispatchEvent(
      new PointerEvent(type, { clientX, pointerId: 1, bubbles: true, cancelable: true }),
    );
  send('pointerdown', 100);
  expect(captured).toEqual([1]);
  send('pointermove', 130);
  await expect.poll(() => widths()[1]).toBe(natural + 30);
  expect(choices).toEqual([]);
  send('pointermove', 150);
  send('lostpointercapture', 150);
  expect(choices).toEqual([['a', natural + 50]]);
  await expect.poll(() => widths()[1]).toBe(natural + 50);
  // A press without a move is no choice.
  send('pointerdown', 100);
  send('lostpointercapture', 100);
  expect(choices).toHaveLength(1);
  // Neither narrower nor wider than a column can be.
  for (const [to, px] of [
    [-5000, 40],
    [5000, 640],
  ] as const) {
    send('pointerdown', 100);
    send('pointermove', to);
    send('lostpointercapture', to);
    expect(choices.at(-1)).toEqual(['a', px]);
  }
  handle.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
  expect(choices.at(-1)).toEqual(['a', null]);
  await expect.poll(() => widths()[1]).toBe(natural);
});

test('Shift with ← and → makes the chosen cell’s column narrower and wider', async () => {
  const ids = ['name', 'a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const { scroller, settled, widths, choices } = open({ ids, text: () => '1,234,567.89' });
  await settled();
  const press = (key: string, shiftKey = false) =>
    scroller.dispatchEvent(
      new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }),
    );
  // Without a chosen cell there is no column.
  press('ArrowRight', true);
  expect(choices).toEqual([]);
  const cursor = () => scroller.querySelector<HTMLTableCellElement>('[data-cursor]')?.cellIndex;
  press('ArrowRight');
  await expect.poll(cursor).toBe(0);
  press('ArrowRight');
  await expect.poll(cursor).toBe(1);
  const [column, natural = 0] = [ids[1], widths()[1]];
  press('ArrowRight', true);
  expect(choices).toEqual([[column, natural + 16]]);
  await expect.poll(() => widths()[1]).toBe(natural + 16);
  press('ArrowLeft', true);
  expect(choices.at(-1)).toEqual([column, natural]);
});

describe('of a long table with many columns', () => {
  const ids = Array.from({ length: 30 }, (_, index) => `c${index}`);
  const long = { ids, text: (row: number) => `${row},234.50` };
  const cells = (root: Element, row = 1) => [
    ...root.querySelectorAll<HTMLTableCellElement>(`[aria-rowindex="${row}"] td`),
  ];
  /** Texts of the columns that a row draws, by the place of each under its head. */
  const drawnAt = (root: Element, row = 1) => {
    const heads = [...root.querySelectorAll('thead th')].map((head) =>
      head.getBoundingClientRect(),
    );
    return cells(root, row)
      .filter((cell) => cell.textContent !== '')
      .map((cell) => heads.findIndex(({ left }) => left === cell.getBoundingClientRect().left));
  };
  const isWhole = (root: Element, row = 1) =>
    cells(root, row).reduce((sum, { colSpan }) => sum + colSpan, 0) === ids.length;

  test('only the columns in sight are drawn, each under its head, wherever it is scrolled', async () => {
    const { root, scroller, settled } = open(long);
    await settled();
    await expect.poll(() => drawnAt(root).length).toBeLessThan(15);
    expect(drawnAt(root).slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect(isWhole(root)).toBe(true);
    const last = () => drawnAt(root).at(-1) ?? 0;
    for (const left of [300, 900, 100_000, 500]) {
      scroller.scrollLeft = left;
      // Nothing is left open behind the first column, nor up to the edge.
      const isCovered = () => {
        const { right } = scroller.getBoundingClientRect();
        const shown = cells(root).filter((cell) => cell.textContent !== '');
        const [first, second, end] = [shown[0], shown[1], shown.at(-1)].map((cell) =>
          cell?.getBoundingClientRect(),
        );
        return (
          !!first && !!second && !!end && second.left <= first.right && end.right >= right - 20
        );
      };
      await expect.poll(isCovered).toBe(true);
      expect(drawnAt(root).length).toBeLessThan(18);
      expect(isWhole(root)).toBe(true);
      if (left === 100_000) expect(last()).toBe(29);
    }
  });

  test('columns come into sight where others get narrower or the table gets room, and by both axes at once', async () => {
    const { root, scroller, settled } = open({
      ...long,
      chosen: Object.fromEntries(ids.map((id) => [id, 130])),
    });
    await settled();
    const last = (row?: number) => drawnAt(root, row).at(-1) ?? 0;
    await expect.poll(() => drawnAt(root).length).toBeLessThan(8);
    const before = last();
    const shrink = scroller.parentElement;
    if (shrink) shrink.style.inlineSize = '740px';
    await expect.poll(() => last()).toBeGreaterThan(before);
    const wider = last();
    const press = (key: string, shiftKey = false) =>
      scroller.dispatchEvent(
        new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }),
      );
    press('ArrowRight');
    await expect.poll(() => scroller.querySelector('[data-cursor]')).not.toBeNull();
    // The cursor's row is whole; another one tells.
    for (let at = 0; at < 5; at++) {
      press('ArrowLeft', true);
      await expect
        .poll(() => root.querySelector('thead th')?.clientWidth)
        .toBeLessThan(130 - 16 * at);
    }
    await expect.poll(() => last(3)).toBeGreaterThan(wider);
    scroller.scrollTo(1500, 400 * ROW_HEIGHT);
    await expect.poll(() => last(403)).toBeGreaterThan(13);
    expect(isWhole(root, 403)).toBe(true);
  });

  test('a column out of sight grows when it comes into sight', async () => {
    const { root, scroller, settled, widths } = open({
      ...long,
      text: (row) => (row === 500 ? '1,234,567,890,123.45' : '1'),
    });
    await settled();
    scroller.scrollTop = 495 * ROW_HEIGHT;
    const grown = (at: number) => () => widths()[at] ?? 0;
    await expect.poll(grown(1)).toBeGreaterThan(100);
    expect(grown(29)()).toBeLessThan(60);
    scroller.scrollLeft = 100_000;
    await expect.poll(grown(29)).toBeGreaterThan(100);
    const at = drawnAt(root, 501);
    expect(at.every((place, index) => index < 2 || place === (at[index - 1] ?? 0) + 1)).toBe(true);
  });

  test('the keyboard leads to cells out of sight, and what is copied is the whole row', async () => {
    const { root, scroller, settled } = open(long);
    await settled();
    const press = (key: string) =>
      scroller.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
    const cursor = () => scroller.querySelector<HTMLTableCellElement>('[data-cursor]');
    for (const [index] of ids.entries()) {
      press('ArrowRight');
      await expect.poll(() => cursor()?.cellIndex).toBe(index);
      const { left = 0, right = 0 } = cursor()?.getBoundingClientRect() ?? {};
      const view = scroller.getBoundingClientRect();
      expect(left).toBeGreaterThanOrEqual(view.left);
      expect(right).toBeLessThanOrEqual(view.right);
    }
    await expect.poll(() => drawnAt(root, 2).at(-1)).toBe(29);
    const data = new DataTransfer();
    for (let at = 28; at >= 0; at--) {
      press('ArrowLeft');
      await expect.poll(() => cursor()?.cellIndex).toBe(at);
    }
    press('ArrowLeft');
    await expect.poll(cursor).toBeNull();
    scroller.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, cancelable: true }));
    expect(data.getData('text/plain').split('\t')).toHaveLength(30);
  });

  test('a short table has all of its cells: a screen reader, and a search in the page, find them', async () => {
    const { root, settled } = open({ ...long, rows: Array.from({ length: 200 }, (_, at) => at) });
    await settled();
    expect(cells(root)).toHaveLength(30);
    expect(drawnAt(root)).toEqual(ids.map((_, at) => at));
  });
});
