import type { Box, Pair, PanelPlace } from './protocol.ts';

const WIDTH = 420;
const FLOAT_HEIGHT = 720;
const LEAST: Pair = [320, 240];
/** Height of the collapsed panel: its header and the accent line above. */
const HEADER = 44;
/** Part of the floating panel that always stays inside the viewport. */
const GRIP: Pair = [160, 96];
/** Room that is left for the launcher. */
const CORNER: Pair = [24, 64];

const clamp = (value: number, least: number, most: number): number =>
  Math.max(Math.min(value, most), Math.min(least, most));

/**
 * The box of the panel's frame, in whole CSS px of the viewport.
 *
 * @param viewport the page's viewport width and height in CSS px
 */
export function boxOf({ dock, at, size, collapsed }: PanelPlace, [vw, vh]: Pair): Box {
  const width = Math.round(clamp(size?.[0] || WIDTH, LEAST[0], vw));
  const usual = dock === 'bottom' ? vh * 0.46 : Math.min(FLOAT_HEIGHT, vh - 2 * CORNER[1]);
  const tall = Math.round(clamp(size?.[1] || usual, LEAST[1], vh));
  const height = collapsed ? HEADER : tall;
  switch (dock) {
    case 'right':
    case 'left': {
      const x = dock === 'right' ? vw - width : 0;
      return collapsed ? { x, y: vh - HEADER, width, height } : { x, y: 0, width, height: vh };
    }
    case 'bottom':
      return { x: 0, y: vh - height, width: vw, height };
    case 'float': {
      const [x, y] = at ?? [vw - width - CORNER[0], CORNER[1]];
      return {
        x: Math.round(clamp(x, 0, Math.max(0, vw - GRIP[0]))),
        y: Math.round(clamp(y, 0, Math.max(0, vh - GRIP[1]))),
        width,
        height,
      };
    }
  }
}

/**
 * The place after a drag.
 *
 * @param start the box at pointerdown
 * @param by CSS px moved since then
 */
export function draggedTo(
  place: PanelPlace,
  what: 'move' | 'size',
  start: Box,
  [dx, dy]: Pair,
): PanelPlace {
  const { x, y, width, height } = start;
  if (what === 'move') return place.dock === 'float' ? { ...place, at: [x + dx, y + dy] } : place;
  const grown: Pair =
    place.dock === 'right'
      ? [width - dx, height]
      : place.dock === 'bottom'
        ? [width, height - dy]
        : [width + dx, height + (place.dock === 'float' ? dy : 0)];
  return { ...place, size: grown, ...(place.dock === 'float' ? { at: [x, y] as const } : {}) };
}

/**
 * What to store after a drag: the corner of a floating panel, and the lengths that this dock uses.
 * null = unchanged.
 *
 * @param box where the drag ended
 */
export function placeAfterDrag(
  { dock, size }: PanelPlace,
  what: 'move' | 'size',
  { x, y, width, height }: Box,
): { readonly at: Pair | null; readonly size: Pair | null } {
  const at: Pair | null = dock === 'float' ? [x, y] : null;
  if (what === 'move') return { at, size: null };
  if (dock === 'float') return { at, size: [width, height] };
  const [w = 0, h = 0] = size ?? [];
  return { at, size: dock === 'bottom' ? [w, height] : [width, h] };
}
