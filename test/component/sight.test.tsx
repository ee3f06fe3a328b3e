import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHost } from '../../lib/page/host.ts';
import { inPlainView, isHit, type Sight, watchSight } from '../../lib/page/sight.ts';
import { isByPerson } from '../../lib/page/trusted.ts';

const NAME = 'crosstrack-test';
const BOX = { left: 100, top: 120, width: 160, height: 40 };

let host: HTMLElement;
let control: HTMLButtonElement;
let sight: Sight | null;
let told: number[];
/** What the page puts over us. */
let covers: HTMLElement[];

beforeEach(() => {
  document.body.replaceChildren();
  const opened = openHost(NAME, 'button { all: initial; position: fixed; background: white }');
  host = opened.host;
  control = document.createElement('button');
  control.textContent = 'Send';
  place(BOX);
  opened.root.append(control);
  host.popover = 'manual';
  host.showPopover();
  covers = [];
  told = [];
  sight = null;
});

afterEach(() => {
  sight?.stop();
  host.remove();
  for (const cover of covers) cover.remove();
});

function place({ left, top, width, height }: typeof BOX): void {
  Object.assign(control.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
}

/** A small thing of the page's in the top layer, over ours, around a point. */
function cover(x: number, y: number): HTMLElement {
  const thing = document.createElement('div');
  thing.popover = 'manual';
  thing.style.cssText = `position: fixed; inset: auto; left: ${x - 2}px; top: ${y - 2}px; width: 4px; height: 4px; margin: 0; padding: 0; border: 0; background: red`;
  document.body.append(thing);
  thing.showPopover();
  covers.push(thing);
  return thing;
}

function watch(): Sight {
  sight = watchSight(control, () => told.push(performance.now()));
  return sight;
}

const untilSteady = (of: Sight) => expect.poll(() => of.steady(), { timeout: 20_000 }).toBe(true);

/** The middle, and just inside each corner. */
const POINTS: ReadonlyArray<[string, number, number]> = [
  ['middle', 80, 20],
  ['top left', 4, 4],
  ['top right', 156, 4],
  ['bottom left', 4, 36],
  ['bottom right', 156, 36],
];

describe('plain view', () => {
  test('is a control of ours with nothing over it', () => {
    expect(inPlainView(control)).toBe(true);
  });

  test.each(POINTS)('is not there while its %s is covered', (_, dx, dy) => {
    const [x, y] = [BOX.left + dx, BOX.top + dy];
    const thing = cover(x, y);
    expect(inPlainView(control)).toBe(false);
    expect(isHit(control, x, y)).toBe(false);
    thing.remove();
    expect(inPlainView(control)).toBe(true);
    expect(isHit(control, x, y)).toBe(true);
  });

  test.each(POINTS)('is not there while its %s is outside of the window', (_, dx, dy) => {
    const left = dx < 80 ? -10 : dx > 80 ? innerWidth - 150 : BOX.left;
    const top = dy < 20 ? -10 : dy > 20 ? innerHeight - 30 : -30;
    place({ ...BOX, left, top });
    expect(inPlainView(control)).toBe(false);
  });

  test.each<[string, () => void]>([
    ['not displayed', () => host.hidePopover()],
    ['gone from the page', () => host.remove()],
    ['narrower than any control of ours', () => place({ ...BOX, width: 15 })],
    ['flatter than any control of ours', () => place({ ...BOX, height: 15 })],
    ['made transparent for presses', () => control.style.setProperty('pointer-events', 'none')],
    ['hidden', () => control.style.setProperty('visibility', 'hidden')],
  ])('is not there when it is %s', (_, hide) => {
    hide();
    expect(inPlainView(control)).toBe(false);
  });

  test('is not for an element of the page, nor in a host outside of the top layer', () => {
    const own = document.createElement('button');
    own.style.cssText = 'position: fixed; left: 300px; top: 300px; width: 100px; height: 40px';
    document.body.append(own);
    covers.push(own);
    expect(inPlainView(own)).toBe(false);
    host.popover = null;
    expect(inPlainView(control)).toBe(false);
  });
});

describe('steady', () => {
  test('comes after a while in plain view and in place, and is told once', async () => {
    const start = performance.now();
    const of = watch();
    expect(of.steady()).toBe(false);
    await expect.poll(() => told.length, { timeout: 20_000 }).toBe(1);
    expect(Number(told[0]) - start).toBeGreaterThanOrEqual(400);
    expect(of.steady()).toBe(true);
    const thing = cover(BOX.left + 80, BOX.top + 20);
    expect(of.steady()).toBe(false);
    thing.remove();
    // One that begins later is told: the first had its time too.
    let later = 0;
    const other = watchSight(control, () => {
      later += 1;
    });
    await expect.poll(() => later, { timeout: 20_000 }).toBe(1);
    other.stop();
    expect(of.steady()).toBe(true);
    expect(told).toHaveLength(1);
  });

  test.each<[string, () => void]>([
    ['moved by a pixel', () => place({ ...BOX, left: BOX.left + 1 })],
    ['resized', () => place({ ...BOX, height: BOX.height + 1 })],
    ['hidden', () => host.hidePopover()],
    ...POINTS.map(([where, dx, dy]): [string, () => void] => [
      `covered at its ${where}`,
      () => void cover(BOX.left + dx, BOX.top + dy),
    ]),
  ])('ends at once when it is %s', async (_, change) => {
    const of = watch();
    await untilSteady(of);
    change();
    expect(of.steady()).toBe(false);
  });

  test('begins anew where it was moved to', async () => {
    const of = watch();
    await untilSteady(of);
    const moved = performance.now();
    place({ ...BOX, top: BOX.top + 50 });
    expect(of.steady()).toBe(false);
    await untilSteady(of);
    expect(performance.now() - moved).toBeGreaterThanOrEqual(400);
  });

  test('ends when it is faded, which no hit test sees', async () => {
    const of = watch();
    await untilSteady(of);
    control.style.setProperty('opacity', '0.2');
    await expect.poll(() => of.steady(), { timeout: 20_000 }).toBe(false);
    expect(inPlainView(control)).toBe(true);
  });

  test('is told of no more after the end', async () => {
    const of = watch();
    of.stop();
    const other = watchSight(control, () => {});
    await untilSteady(other);
    other.stop();
    expect(told).toEqual([]);
  });

  test('is a control on our own pages at once', () => {
    const own = document.createElement('button');
    document.body.append(own);
    let steady = 0;
    const of = watchSight(own, () => {
      steady += 1;
    });
    expect([of.steady(), steady]).toEqual([true, 1]);
    of.stop();
  });
});

test('a made press is nobody’s', () => {
  let byPerson: boolean | null = null;
  control.addEventListener('click', (event) => {
    byPerson = isByPerson(event, control);
  });
  control.click();
  expect(byPerson).toBe(false);
});
