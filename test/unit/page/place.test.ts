import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxOf, draggedTo, placeAfterDrag } from '../../../lib/page/place.ts';
import { type Box, DOCKS, type Pair, type PanelPlace } from '../../../lib/page/protocol.ts';

const place = (change: Partial<PanelPlace> = {}): PanelPlace => ({
  dock: 'right',
  at: null,
  size: null,
  collapsed: false,
  ...change,
});
const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });

const DESK: Pair = [1280, 800];
const WALL: Pair = [7680, 4320];
const PHONE: Pair = [300, 200];

describe('the box', () => {
  test.each<[string, Partial<PanelPlace>, Pair, Box]>([
    // At a side it is as high as the page, below as wide.
    ['right', {}, DESK, box(860, 0, 420, 800)],
    ['left', { dock: 'left' }, DESK, box(0, 0, 420, 800)],
    ['below', { dock: 'bottom' }, DESK, box(0, 432, 1280, 368)],
    ['floating', { dock: 'float' }, DESK, box(836, 64, 420, 672)],
    // What it was dragged to.
    ['right, wider', { size: [600, 100] }, DESK, box(680, 0, 600, 800)],
    ['left, wider', { dock: 'left', size: [600, 100] }, DESK, box(0, 0, 600, 800)],
    ['below, higher', { dock: 'bottom', size: [600, 500] }, DESK, box(0, 300, 1280, 500)],
    [
      'floating, elsewhere',
      { dock: 'float', at: [10, 20], size: [600, 500] },
      DESK,
      box(10, 20, 600, 500),
    ],
    ['with the usual width', { size: [0, 500] }, DESK, box(860, 0, 420, 800)],
    ['with the usual height', { dock: 'bottom', size: [600, 0] }, DESK, box(0, 432, 1280, 368)],
    // Folded, its header alone lies at the lower edge.
    ['right, folded', { collapsed: true }, DESK, box(860, 756, 420, 44)],
    ['left, folded', { dock: 'left', collapsed: true }, DESK, box(0, 756, 420, 44)],
    ['below, folded', { dock: 'bottom', collapsed: true }, DESK, box(0, 756, 1280, 44)],
    [
      'floating, folded',
      { dock: 'float', at: [10, 20], collapsed: true },
      DESK,
      box(10, 20, 420, 44),
    ],
    // Never smaller than what can be read, never larger than the page.
    ['too narrow', { size: [10, 10] }, DESK, box(960, 0, 320, 800)],
    ['too low', { dock: 'bottom', size: [10, 10] }, DESK, box(0, 560, 1280, 240)],
    ['too large', { dock: 'float', at: [0, 0], size: [9000, 9000] }, DESK, box(0, 0, 1280, 800)],
    ['right, on a wall', {}, WALL, box(7260, 0, 420, 4320)],
    ['floating, on a wall', { dock: 'float' }, WALL, box(7236, 64, 420, 720)],
    ['right, on a phone', {}, PHONE, box(0, 0, 300, 200)],
    ['below, on a phone', { dock: 'bottom' }, PHONE, box(0, 0, 300, 200)],
    ['floating, on a phone', { dock: 'float' }, PHONE, box(0, 64, 300, 200)],
    // Left where there is no page any more.
    ['far left above', { dock: 'float', at: [-500, -500] }, DESK, box(0, 0, 420, 672)],
    ['far right below', { dock: 'float', at: [9000, 9000] }, DESK, box(1120, 704, 420, 672)],
    ['in a slit', { dock: 'float', at: [50, 50] }, [100, 50], box(0, 0, 100, 50)],
    [
      'between pixels',
      { dock: 'float', at: [10.4, 20.6], size: [500.5, 400.2] },
      DESK,
      box(10, 21, 501, 400),
    ],
  ])('%s', (_, change, viewport, expected) => {
    expect(boxOf(place(change), viewport)).toEqual(expected);
  });

  const length = fc.integer({ min: -20_000, max: 20_000 });
  const pair: fc.Arbitrary<Pair> = fc.tuple(length, length);
  const places: fc.Arbitrary<PanelPlace> = fc.record({
    dock: fc.constantFrom(...DOCKS),
    at: fc.option(pair),
    size: fc.option(pair),
    collapsed: fc.boolean(),
  });
  const viewports: fc.Arbitrary<Pair> = fc.tuple(
    fc.integer({ min: 1, max: 10_000 }),
    fc.integer({ min: 44, max: 10_000 }),
  );

  test('always leaves the header by which it is held within the viewport', () => {
    fc.assert(
      fc.property(places, viewports, (at, [vw, vh]) => {
        const { x, y, width } = boxOf(at, [vw, vh]);
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(Math.min(x + width, vw) - x).toBeGreaterThanOrEqual(Math.min(160, vw));
        expect(Math.min(y + 44, vh) - y).toBe(44);
      }),
    );
  });

  test('is never wider or higher than the viewport, and in whole pixels', () => {
    fc.assert(
      fc.property(places, viewports, (at, [vw, vh]) => {
        const { x, y, width, height } = boxOf(at, [vw, vh]);
        expect(width).toBeLessThanOrEqual(vw);
        expect(height).toBeLessThanOrEqual(vh);
        for (const one of [x, y, width, height]) expect(Number.isInteger(one)).toBe(true);
      }),
    );
  });
});

describe('a drag', () => {
  const drag = (of: PanelPlace, what: 'move' | 'size', by: Pair) => {
    const to = draggedTo(of, what, boxOf(of, DESK), by);
    return boxOf(to, DESK);
  };

  test('moves the floating panel with the pointer', () => {
    const of = place({ dock: 'float', at: [100, 100], size: [400, 300] });
    expect(drag(of, 'move', [30, -20])).toEqual(box(130, 80, 400, 300));
    expect(drag(of, 'move', [-900, -900])).toEqual(box(0, 0, 400, 300));
  });

  test.each(['right', 'left', 'bottom'] as const)('does not move a panel docked %s', (dock) => {
    const of = place({ dock });
    expect(draggedTo(of, 'move', boxOf(of, DESK), [30, -20])).toBe(of);
  });

  test.each<[PanelPlace['dock'], Pair, Box]>([
    ['right', [-30, 99], box(830, 0, 450, 800)],
    ['left', [30, 99], box(0, 0, 450, 800)],
    ['bottom', [99, -30], box(0, 402, 1280, 398)],
    ['float', [20, 30], box(836, 64, 440, 702)],
  ])('of the edge makes the panel docked %s larger away from where it is held', (dock, by, to) => {
    expect(drag(place({ dock }), 'size', by)).toEqual(to);
  });

  test('makes it no smaller than what can be read, however far it goes', () => {
    expect(drag(place(), 'size', [5000, 0]).width).toBe(320);
    expect(drag(place({ dock: 'bottom' }), 'size', [0, 5000]).height).toBe(240);
    expect(drag(place({ dock: 'float', at: [5, 6] }), 'size', [-5000, -5000])).toEqual(
      box(5, 6, 320, 240),
    );
  });
});

describe('what is kept of a drag', () => {
  test('is the corner, not the size, of a panel that was moved: a folded one opens as it was', () => {
    expect(
      placeAfterDrag(place({ dock: 'float', collapsed: true }), 'move', box(5, 6, 420, 44)),
    ).toEqual({
      at: [5, 6],
      size: null,
    });
  });

  test('is both where it floats', () => {
    expect(placeAfterDrag(place({ dock: 'float' }), 'size', box(5, 6, 500, 400))).toEqual({
      at: [5, 6],
      size: [500, 400],
    });
  });

  test.each<[PanelPlace['dock'], Pair | null, Pair]>([
    ['right', null, [500, 0]],
    ['left', [300, 333], [500, 333]],
    ['bottom', null, [0, 400]],
    ['bottom', [333, 300], [333, 400]],
  ])(
    'docked %s with %j before is the length that was dragged, and no other',
    (dock, size, kept) => {
      expect(placeAfterDrag(place({ dock, size }), 'size', box(0, 0, 500, 400))).toEqual({
        at: null,
        size: kept,
      });
    },
  );

  test('made higher below, the panel is as wide at a side as it was', () => {
    const below = place({ dock: 'bottom' });
    const dragged = draggedTo(below, 'size', boxOf(below, DESK), [0, -100]);
    const { size } = placeAfterDrag(below, 'size', boxOf(dragged, DESK));
    expect(boxOf(place({ size }), DESK).width).toBe(420);
  });
});
