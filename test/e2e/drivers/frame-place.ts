import type { Box } from './driver.ts';
import type { Hands } from './page-locator.ts';

/** A box moved out of one frame into its parent, and what lies over its middle there, if something does. */
interface Lifted {
  box: Box;
  coveredBy: string | null;
}

/**
 * Moves a box out of all frames that `within` enters, into the viewport of the tab.
 *
 * @returns undefined while one of the frames is not there
 */
export async function liftToTab(
  hands: Hands,
  within: string | undefined,
  box: Box,
): Promise<Lifted | undefined> {
  const steps = within?.split(' >> ') ?? [];
  let lifted: Lifted = { box, coveredBy: null };
  while (steps.length > 0) {
    const selector = steps.pop();
    const outside = steps.length > 0 ? steps.join(' >> ') : undefined;
    const next: Lifted | null | undefined = await hands.callInRoot(
      outside,
      String(liftOutOfFrame),
      [selector, lifted.box],
    );
    if (!next) return undefined;
    lifted = { box: next.box, coveredBy: lifted.coveredBy ?? next.coveredBy };
  }
  return lifted;
}

/**
 * Runs in the page, where it is sent as source text. Null while the element is not there. For one
 * that is no iframe the box as it is: the inside of a shadow host has its host's coordinates.
 */
function liftOutOfFrame(root: Document | ShadowRoot, selector: string, box: Box): Lifted | null {
  const frame = root.querySelector(selector);
  if (!frame) return null;
  if (!(frame instanceof HTMLIFrameElement)) return { box, coveredBy: null };
  const outer = frame.getBoundingClientRect();
  const style = getComputedStyle(frame);
  // Differs from 1 under `zoom` and `transform: scale`.
  const scale = outer.width / frame.offsetWidth || 1;
  const lifted = {
    x: outer.x + scale * (frame.clientLeft + Number.parseFloat(style.paddingLeft) + box.x),
    y: outer.y + scale * (frame.clientTop + Number.parseFloat(style.paddingTop) + box.y),
    width: scale * box.width,
    height: scale * box.height,
  };
  const hit = root.elementFromPoint(lifted.x + lifted.width / 2, lifted.y + lifted.height / 2);
  const covers = hit
    ? `<${hit.localName} id="${hit.id}">`
    : 'something outside the frame and its root';
  return { box: lifted, coveredBy: hit === frame ? null : covers };
}
