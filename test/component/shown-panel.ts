import { firm, type Opened, openHost } from '../../lib/page/host.ts';
import type { Shown } from '../../lib/page/plain.ts';
import type { Box } from '../../lib/page/protocol.ts';

/** Where the stand-in for the panel is put. */
export const BOX: Box = { x: 100, y: 120, width: 400, height: 300 };

/** A frame alone in a closed root in the top layer, as the panel's is. */
export function openShown(box = BOX): Shown & Pick<Opened, 'beat'> {
  const { x, y, width, height } = box;
  const { host, root, beat } = openHost(
    'crosstrack-test',
    firm(
      `:host { display: block; left: ${x}px; top: ${y}px; width: ${width}px; height: ${height}px; }`,
    ) +
      firm(':host(:not(:popover-open)) { display: none; }') +
      'iframe { all: initial; display: block; width: 100%; height: 100%; }',
  );
  const frame = document.createElement('iframe');
  root.append(frame);
  host.popover = 'manual';
  host.showPopover();
  beat();
  return { host, root, frame, box, beat };
}

/** A small thing of the page's in the top layer, over a point of the panel. */
export function coverAt(x: number, y: number): HTMLElement {
  const thing = document.createElement('div');
  thing.popover = 'manual';
  thing.style.cssText = `position: fixed; inset: auto; left: ${BOX.x + x - 2}px; top: ${BOX.y + y - 2}px; width: 4px; height: 4px; margin: 0; padding: 0; border: 0; background: red`;
  document.body.append(thing);
  thing.showPopover();
  return thing;
}
