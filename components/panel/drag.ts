/** Where the floating panel's corner is, in CSS px from the viewport's left and top. */
export type Spot = readonly [x: number, y: number];

/** Follows the pointer from a press on the header until it is let go; a press on a button is not one. */
export function drag(
  event: PointerEvent & { readonly currentTarget: HTMLElement },
  onMove: (spot: Spot) => void,
  onDrop: (spot: Spot) => void,
): void {
  const { currentTarget: handle, target, clientX, clientY, pointerId } = event;
  const panel = handle.parentElement;
  if (!panel || (target instanceof Element && target.closest('button'))) return;
  const { x, y } = panel.getBoundingClientRect();
  let last: Spot | null = null;
  handle.setPointerCapture(pointerId);
  handle.onpointermove = (to) => {
    last = [Math.round(x + to.clientX - clientX), Math.round(y + to.clientY - clientY)];
    onMove(last);
  };
  handle.onlostpointercapture = () => {
    handle.onpointermove = null;
    handle.onlostpointercapture = null;
    if (last) onDrop(last);
  };
}

/** The place for it, with enough of the header in the viewport to take hold of, whatever its size now. */
export const insetOf = ([x, y]: Spot): string =>
  `clamp(0px, ${y}px, 100vh - 96px) auto auto clamp(0px, ${x}px, 100vw - 160px)`;
