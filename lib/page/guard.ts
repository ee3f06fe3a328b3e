/** Firefox also reveals an event's real target, even inside a closed shadow root. */
interface EventWithOrigin extends Event {
  readonly relatedTarget?: EventTarget | null;
  readonly originalTarget?: EventTarget | null;
  readonly explicitOriginalTarget?: EventTarget | null;
}
const HAS_ORIGINAL_TARGET = 'explicitOriginalTarget' in Event.prototype;

/**
 * With `SCROLLING`, every event of a user's interaction with our elements that a page could hear.
 * `pointerrawupdate` is costly to listen to, so only where it reveals something.
 */
const EVENTS: readonly string[] = [
  ...(HAS_ORIGINAL_TARGET ? ['pointerrawupdate', 'DOMMouseScroll', 'MozMousePixelScroll'] : []),
  ...['focus', 'blur', 'focusin', 'focusout'],
  ...['pointerover', 'pointerenter', 'pointerdown', 'pointermove', 'pointerup'],
  ...['pointerout', 'pointerleave', 'pointercancel', 'gotpointercapture', 'lostpointercapture'],
  ...['mouseover', 'mouseenter', 'mousedown', 'mousemove', 'mouseup', 'mouseout', 'mouseleave'],
  ...['click', 'dblclick', 'auxclick', 'contextmenu'],
  ...['dragenter', 'dragover', 'dragleave', 'drop', 'selectstart'],
  ...['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'copy', 'cut', 'paste'],
  ...['beforetoggle', 'toggle'],
];
/** Listeners for these would delay scrolling, if they were not passive. */
const SCROLLING: readonly string[] = [
  'wheel',
  'touchstart',
  'touchmove',
  'touchend',
  'touchcancel',
];

/**
 * Hears every window event before the page does, if called at the document's start: listeners run in
 * the order in which they were added. Events of ours stop here, because Firefox's `originalTarget`
 * reveals elements inside closed shadow roots, and focus traps take focus back when they hear that it
 * went to us.
 *
 * @param hear called with each event; true = it is ours, and nobody else hears it
 */
export function guardWindow(hear: (event: Event) => boolean, signal: AbortSignal): void {
  const listener = (event: Event) => {
    if (hear(event)) event.stopImmediatePropagation();
  };
  const options = { capture: true, signal };
  for (const type of EVENTS) addEventListener(type, listener, options);
  const passive = { ...options, passive: true };
  for (const type of SCROLLING) addEventListener(type, listener, passive);
}

/**
 * Does the event concern our host: as its target, its related target or, in Firefox, its original
 * target?
 */
export function isOf(event: EventWithOrigin, host: Element | null): boolean {
  if (!host) return false;
  const { target, relatedTarget } = event;
  if (target === host || relatedTarget === host) return true;
  return (
    HAS_ORIGINAL_TARGET &&
    [event.originalTarget, event.explicitOriginalTarget].some((at) => isIn(at, host))
  );
}

function isIn(at: EventTarget | null | undefined, host: Element): boolean {
  if (!(at instanceof Node)) return false;
  const root = at.getRootNode();
  return root instanceof ShadowRoot && root.host === host;
}
