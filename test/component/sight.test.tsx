import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Box } from '../../lib/page/protocol.ts';
import { isByPerson, type Sight, seen, watchFramed } from '../../lib/page/sight.ts';

const BOX: Box = { x: 100, y: 120, width: 160, height: 40 };

let control: HTMLButtonElement;
/** Where the control is, as it was told. */
let places: Array<Box | null>;
let sights: Sight[];
let told: number[];

beforeEach(() => {
  control = document.createElement('button');
  control.textContent = 'Send';
  control.style.cssText = 'all: initial; position: fixed; background: white';
  place(BOX);
  document.body.replaceChildren(control);
  places = [];
  sights = [];
  told = [];
});
afterEach(() => {
  for (const sight of sights) sight.stop();
});

function place({ x, y, width, height }: Box): void {
  Object.assign(control.style, {
    left: `${x}px`,
    top: `${y}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
}

/** Something of our own over the control. */
function cover(): HTMLElement {
  const thing = document.createElement('div');
  thing.style.cssText =
    'position: fixed; left: 170px; top: 130px; width: 20px; height: 20px; background: red';
  document.body.append(thing);
  return thing;
}

function watch(): Sight {
  const sight = watchFramed((at) => places.push(at))(control, () => told.push(performance.now()));
  sights.push(sight);
  return sight;
}
const untilSteady = (of: Sight) =>
  expect.poll(() => of.steady(), { timeout: 20_000 }).not.toBeNull();

describe('where a control is', () => {
  test('is told at once, at each change, and that it is gone', async () => {
    const sight = watch();
    await untilSteady(sight);
    expect(places).toEqual([BOX]);
    place({ ...BOX, x: 50 });
    await expect.poll(() => places).toEqual([BOX, { ...BOX, x: 50 }]);
    place({ ...BOX, height: 50 });
    await expect.poll(() => places.at(-1)).toEqual({ ...BOX, height: 50 });
    sight.stop();
    expect(places.at(-1)).toBeNull();
  });
});

describe('steady', () => {
  test('comes after a while in plain view and in place, and is told once', async () => {
    const start = performance.now();
    const sight = watch();
    expect(sight.steady()).toBeNull();
    await expect.poll(() => told.length, { timeout: 20_000 }).toBe(1);
    expect(Number(told[0]) - start).toBeGreaterThanOrEqual(400);
    expect(sight.steady()).toEqual(BOX);
    const thing = cover();
    expect(sight.steady()).toBeNull();
    thing.remove();
    await untilSteady(sight);
    // One that begins later is told: the first had its time too.
    const other = watch();
    await expect.poll(() => told.length, { timeout: 20_000 }).toBe(2);
    await untilSteady(other);
    expect(told).toHaveLength(2);
  });

  test.each<[string, () => void]>([
    ['moved by a pixel', () => place({ ...BOX, x: BOX.x + 1 })],
    ['resized', () => place({ ...BOX, height: BOX.height + 1 })],
    ['hidden', () => control.style.setProperty('visibility', 'hidden')],
    ['covered', () => void cover()],
    ['gone', () => control.remove()],
    ['in a frame that is resized', () => void dispatchEvent(new Event('resize'))],
    ['in a frame that gets the keyboard', () => void dispatchEvent(new Event('focus'))],
  ])('ends at once when the control is %s', async (_, change) => {
    const sight = watch();
    await untilSteady(sight);
    change();
    expect(sight.steady()).toBeNull();
  });

  test.each<[string, () => void]>([
    ['was moved', () => place({ ...BOX, y: BOX.y + 50 })],
    ['got the keyboard', () => void dispatchEvent(new Event('focus'))],
  ])('begins anew where it %s', async (_, change) => {
    const sight = watch();
    await untilSteady(sight);
    const changed = performance.now();
    change();
    expect(sight.steady()).toBeNull();
    await untilSteady(sight);
    expect(performance.now() - changed).toBeGreaterThanOrEqual(400);
  });

  test.each<[string, (style: CSSStyleDeclaration) => void]>([
    ['faded', (style) => style.setProperty('opacity', '0.2')],
    ['blurred', (style) => style.setProperty('filter', 'blur(4px)')],
  ])('ends when it is %s, which no hit test sees', async (_, change) => {
    const sight = watch();
    await untilSteady(sight);
    change(control.style);
    await expect.poll(() => sight.steady(), { timeout: 20_000 }).toBeNull();
  });

  test('ends when a veil is over it that lets every press through', async () => {
    const sight = watch();
    await untilSteady(sight);
    cover().style.pointerEvents = 'none';
    await expect.poll(() => sight.steady(), { timeout: 20_000 }).toBeNull();
  });

  test('is told of no more after the end', async () => {
    watch().stop();
    const other = watchFramed(() => {})(control, () => {});
    sights.push(other);
    await untilSteady(other);
    expect(told).toEqual([]);
  });

  test('is a control on our own pages at once', () => {
    let steady = 0;
    const sight = seen(control, () => {
      steady += 1;
    });
    expect([sight.steady(), steady]).toEqual([BOX, 1]);
  });
});

describe('a press', () => {
  let byPerson: boolean[];
  beforeEach(() => {
    byPerson = [];
    control.addEventListener('click', (event) => byPerson.push(isByPerson(event, control)));
  });

  test('that a script made is nobody’s', () => {
    control.click();
    control.dispatchEvent(new MouseEvent('click', { clientX: 180, clientY: 140, detail: 1 }));
    expect(byPerson).toEqual([false, false]);
  });

  test('with the pointer or on the keyboard is a person’s', async () => {
    await userEvent.click(control);
    control.focus();
    await userEvent.keyboard('{Enter}');
    expect(byPerson).toEqual([true, true]);
  });

  test('is nobody’s when something else lies where the pointer is by then', async () => {
    control.addEventListener('pointerup', () => place({ ...BOX, x: 400 }));
    await userEvent.click(control);
    expect(byPerson).toEqual([false]);
  });
});
