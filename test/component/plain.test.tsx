import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isPlain, type PlainSight, type Shown, watchPlain } from '../../lib/page/plain.ts';
import type { Box } from '../../lib/page/protocol.ts';
import { BOX, coverAt, openShown } from './shown-panel.ts';

/** A button in the frame. */
const AT: Box = { x: 40, y: 60, width: 160, height: 40 };
/** The middle, and just inside each corner, in the frame. */
const POINTS: ReadonlyArray<[string, number, number]> = [
  ['middle', 120, 80],
  ['top left', 44, 64],
  ['top right', 196, 64],
  ['bottom left', 44, 96],
  ['bottom right', 196, 96],
];

let shown: ReturnType<typeof openShown>;
let sights: PlainSight[];
const html = document.documentElement;

let steady: number;
beforeEach(() => {
  document.body.replaceChildren();
  shown = openShown();
  sights = [];
  steady = 0;
});
afterEach(() => {
  for (const sight of sights) sight.stop();
  shown.host.remove();
  html.removeAttribute('style');
});

const watch = (of: () => Shown | null = () => shown) => {
  const sight = watchPlain(of, AT, () => {
    steady += 1;
  });
  sights.push(sight);
  return sight;
};
const untilSteady = (sight: PlainSight) =>
  expect.poll(() => sight.steady(AT), { timeout: 20_000 }).toBe(true);

describe('plain view', () => {
  test('is a part of the frame with nothing over it', () => {
    expect(isPlain(shown, AT)).toBe(true);
  });

  test.each(POINTS)('is not there while its %s is covered', (_, x, y) => {
    const cover = coverAt(x, y);
    expect(isPlain(shown, AT)).toBe(false);
    cover.remove();
    expect(isPlain(shown, AT)).toBe(true);
  });

  test('stays while something lies over another part of the frame', () => {
    coverAt(300, 200);
    expect(isPlain(shown, AT)).toBe(true);
  });

  test('is not there for a part that reaches out of the frame', () => {
    expect(isPlain(shown, { ...AT, x: BOX.width - 50 })).toBe(false);
    expect(isPlain(shown, { ...AT, y: BOX.height - 10 })).toBe(false);
  });

  test('is not there for a part that lies outside of the window', () => {
    shown.host.remove();
    shown = openShown({ ...BOX, x: innerWidth - 150 });
    expect(isPlain(shown, AT)).toBe(false);
  });

  test.each<[string, () => void]>([
    ['not in the top layer any more', () => shown.host.hidePopover()],
    ['gone from the page', () => shown.host.remove()],
    ['no popover any more', () => shown.host.removeAttribute('popover')],
    ['in what is not displayed', () => html.style.setProperty('display', 'none')],
    ['in what is hidden', () => html.style.setProperty('visibility', 'hidden')],
    ['in what is not rendered', () => html.style.setProperty('content-visibility', 'hidden')],
    ['in what is inert', () => html.setAttribute('inert', '')],
  ])('is not there when the panel is %s', (_, change) => {
    change();
    expect(isPlain(shown, AT)).toBe(false);
    html.removeAttribute('inert');
  });

  test.each([
    ['opacity', '0.99'],
    ['filter', 'blur(1px)'],
    ['backdrop-filter', 'blur(1px)'],
    ['transform', 'scale(0.5)'],
    ['translate', '1px'],
    ['rotate', '1deg'],
    ['scale', '0.5'],
    ['perspective', '100px'],
    ['clip-path', 'circle(40%)'],
    ['mask-image', 'linear-gradient(black, transparent)'],
    ['mix-blend-mode', 'difference'],
    ['zoom', '0.5'],
    ['zoom', '1.0001'],
  ])('is not there while the page sets %s: %s on what the panel lies in', (name, value) => {
    html.style.setProperty(name, value);
    expect(isPlain(shown, AT)).toBe(false);
    html.style.removeProperty(name);
    expect(isPlain(shown, AT)).toBe(true);

    const wrap = document.createElement('div');
    document.body.append(wrap);
    wrap.append(shown.host);
    shown.host.showPopover();
    shown.beat();
    expect(isPlain(shown, AT)).toBe(true);
    wrap.style.setProperty(name, value);
    expect(isPlain(shown, AT)).toBe(false);
  });

  test.each([
    ['opacity', '0.1'],
    ['transform', 'translate(50px)'],
    ['left', '0px'],
    ['width', '50px'],
    ['zoom', '2'],
    ['clip-path', 'circle(10%)'],
    ['pointer-events', 'none'],
  ])(
    'does not care for %s: %s that the page sets on the panel itself: ours wins',
    (name, value) => {
      shown.host.style.setProperty(name, value, 'important');
      shown.host.animate({ [name]: value }, { duration: 60_000, fill: 'forwards' });
      expect(isPlain(shown, AT)).toBe(true);
    },
  );

  test('is not there while the page hides the host, as it could by throwing it out', () => {
    shown.host.animate({ visibility: 'hidden' }, { duration: 60_000, fill: 'forwards' });
    expect(isPlain(shown, AT)).toBe(false);
  });

  test('is not there when the frame stands elsewhere than we put it', () => {
    expect(isPlain({ ...shown, box: { ...BOX, x: BOX.x + 2 } }, AT)).toBe(false);
    expect(isPlain({ ...shown, box: { ...BOX, y: BOX.y - 2 } }, AT)).toBe(false);
    expect(isPlain({ ...shown, box: { ...BOX, width: BOX.width + 2 } }, AT)).toBe(false);
    expect(isPlain({ ...shown, box: { ...BOX, height: BOX.height - 2 } }, AT)).toBe(false);
  });

  test('is not there when the frame does not fill its host, or is faded in it', () => {
    shown.frame.style.setProperty('height', '50%');
    expect(isPlain(shown, AT)).toBe(false);
    shown.frame.style.removeProperty('height');
    expect(isPlain(shown, AT)).toBe(true);
    shown.frame.style.setProperty('opacity', '0.5');
    expect(isPlain(shown, AT)).toBe(false);
  });

  test('is not there when there is more in our root than the frame', () => {
    const other = document.createElement('p');
    shown.root.append(other);
    expect(isPlain(shown, AT)).toBe(false);
    other.remove();
    expect(isPlain(shown, AT)).toBe(true);
  });

  test('is not there for what is smaller than any control of ours', () => {
    expect(isPlain(shown, { ...AT, width: 15 })).toBe(false);
    expect(isPlain(shown, { ...AT, height: 15 })).toBe(false);
    expect(isPlain(shown, { ...AT, width: 16, height: 16 })).toBe(true);
  });

  test('is not there during a view transition, which is drawn over everything', async () => {
    const transition = document.startViewTransition(() => {});
    expect(isPlain(shown, AT)).toBe(false);
    await transition.ready;
    expect(isPlain(shown, AT)).toBe(false);
    transition.skipTransition();
    await transition.finished;
    await expect.poll(() => isPlain(shown, AT)).toBe(true);
  });
});

describe('steady', () => {
  test('comes after a while in plain view', async () => {
    const start = performance.now();
    const sight = watch();
    expect(sight.steady(AT)).toBe(false);
    await untilSteady(sight);
    expect(performance.now() - start).toBeGreaterThanOrEqual(400);
  });

  test('is told by itself, once', async () => {
    watch();
    expect(steady).toBe(0);
    await expect.poll(() => steady, { timeout: 10_000 }).toBe(1);
    const cover = coverAt(120, 80);
    const sight = watch();
    cover.remove();
    await untilSteady(sight);
    await expect.poll(() => steady).toBe(2);
  });

  test('is for the place that was watched, and for no other', async () => {
    const sight = watch();
    await untilSteady(sight);
    for (const change of [{ x: 41 }, { y: 61 }, { width: 161 }, { height: 39 }]) {
      expect(sight.steady({ ...AT, ...change })).toBe(false);
    }
    expect(sight.steady(AT)).toBe(true);
  });

  test.each<[string, () => void]>([
    ['the panel is hidden', () => shown.host.hidePopover()],
    ['the page is faded', () => html.style.setProperty('opacity', '0.2')],
    ...POINTS.map(([where, x, y]): [string, () => void] => [
      `its ${where} is covered`,
      () => void coverAt(x, y),
    ]),
  ])('ends at once when %s', async (_, change) => {
    const sight = watch();
    await untilSteady(sight);
    change();
    expect(sight.steady(AT)).toBe(false);
  });

  test('begins anew after a cover that came and went between two questions', async () => {
    let looks = 0;
    const sight = watch(() => {
      looks += 1;
      return shown;
    });
    await untilSteady(sight);
    const cover = coverAt(120, 80);
    // Nobody asks while it is covered; it looks by itself.
    const before = looks;
    await expect.poll(() => looks).toBeGreaterThan(before);
    cover.remove();
    expect(sight.steady(AT)).toBe(false);
    const uncovered = performance.now();
    await untilSteady(sight);
    expect(performance.now() - uncovered).toBeGreaterThanOrEqual(400);
  });

  test('does not come while there is no panel', async () => {
    let there: Shown | null = shown;
    const sight = watch(() => there);
    await untilSteady(sight);
    there = null;
    expect(sight.steady(AT)).toBe(false);
  });
});
