import type { CDPSession, Frame } from '@playwright/test';
import type { ChromiumRoots } from './chromium-roots.ts';
import type { Point } from './driver.ts';

/** Whether an element has called `setPointerCapture`; the mouse is always pointer 1 in Chromium. */
const HOLDS_POINTER = `[...document.querySelectorAll('*')].some((each) => each.hasPointerCapture(1))`;

/** Two, because the browser process learns where a frame is after the first. */
const TWO_PICTURES = `new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
})`;

/**
 * Drags as `Tab.drag` says. DevTools gives each mouse event to the frame that is under the pointer,
 * whereas a mouse speaks to the frame that has captured the pointer until the button is let go. So
 * this asks who has it, and sends the event to that frame itself.
 */
export async function drag(
  roots: ChromiumRoots,
  from: Point,
  to: Point,
  steps: number,
): Promise<void> {
  await dispatch(roots, 'mouseMoved', from, 0);
  await dispatch(roots, 'mousePressed', from, 1);
  for (let step = 1; step <= steps; step += 1) {
    const part = step / steps;
    const point = { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) };
    await dispatch(roots, 'mouseMoved', point, 1);
  }
  await dispatch(roots, 'mouseReleased', to, 0);
}

async function dispatch(
  roots: ChromiumRoots,
  type: 'mouseMoved' | 'mousePressed' | 'mouseReleased',
  point: Point,
  buttons: 0 | 1,
): Promise<void> {
  const top = await roots.session();
  const holder = type === 'mousePressed' ? undefined : await findHolder(roots);
  let session = top;
  let place = point;
  if (holder) {
    // What is dragged may be the frame itself.
    await evaluate(top, TWO_PICTURES);
    const { x, y } = await placeOf(holder.frame);
    session = holder.session;
    place = { x: point.x - x, y: point.y - y };
  }
  const button = type === 'mouseMoved' && buttons === 0 ? 'none' : 'left';
  const clickCount = type === 'mouseMoved' ? 0 : 1;
  await session.send('Input.dispatchMouseEvent', { type, ...place, button, buttons, clickCount });
}

async function findHolder(
  roots: ChromiumRoots,
): Promise<{ frame: Frame; session: CDPSession } | undefined> {
  for (const known of await roots.framesOfOtherProcesses()) {
    if (await evaluate(known.session, HOLDS_POINTER).catch(() => false)) return known;
  }
  return undefined;
}

/** Where the inside of the frame begins, in CSS px of the tab's viewport. */
async function placeOf(frame: Frame): Promise<Point> {
  const element = await frame.frameElement();
  const box = await element.boundingBox();
  if (!box) throw new Error('The frame that has captured the pointer is not shown any more.');
  const inset = await element.evaluate((each: HTMLElement) => {
    const style = getComputedStyle(each);
    return {
      x: each.clientLeft + Number.parseFloat(style.paddingLeft),
      y: each.clientTop + Number.parseFloat(style.paddingTop),
    };
  });
  await element.dispose();
  return { x: box.x + inset.x, y: box.y + inset.y };
}

async function evaluate(session: CDPSession, expression: string): Promise<boolean> {
  const { result } = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  return result.value === true;
}
