/** What Firefox tells of an event beside its target: the very element, in whatever root it is. */
interface EventWithOrigin extends Event {
  readonly relatedTarget?: EventTarget | null;
  readonly originalTarget?: EventTarget | null;
  readonly explicitOriginalTarget?: EventTarget | null;
}
const HAS_ORIGINAL_TARGET = 'explicitOriginalTarget' in Event.prototype;

/**
 * Everything that a person does with our elements, as far as a page could hear
 * of it. `pointerrawupdate` only where it tells: it is costly where somebody
 * listens.
 */
const EVENTS = [
  ...(HAS_ORIGINAL_TARGET ? ['pointerrawupdate', 'DOMMouseScroll', 'MozMousePixelScroll'] : []),
  ...['focus', 'blur', 'focusin', 'focusout'],
  ...['pointerover', 'pointerenter', 'pointerdown', 'pointermove', 'pointerup'],
  ...['pointerout', 'pointerleave', 'pointercancel', 'gotpointercapture', 'lostpointercapture'],
  ...['mouseover', 'mouseenter', 'mousedown', 'mousemove', 'mouseup', 'mouseout', 'mouseleave'],
  ...['click', 'dblclick', 'auxclick', 'contextmenu', 'wheel'],
  ...['touchstart', 'touchmove', 'touchend', 'touchcancel'],
  ...['dragenter', 'dragover', 'dragleave', 'drop', 'selectstart'],
  ...['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'copy', 'cut', 'paste'],
  ...['beforetoggle', 'toggle'],
];

/**
 * Hears every event of the window before the page does, when it is called at
 * the document's start: listeners run in the order in which they were added.
 * Firefox tells a page by `originalTarget` which element in a closed root an
 * event is of, and focus traps take the keyboard back as soon as they hear that
 * it went to us; so events of ours stop here.
 *
 * @param hear told of each event; true = it is ours, and nobody else hears it
 */
export function guardWindow(hear: (event: Event) => boolean, signal: AbortSignal): void {
  const listener = (event: Event) => {
    if (hear(event)) event.stopImmediatePropagation();
  };
  for (const type of EVENTS) {
    // Others can be stopped from doing what they do by themselves; these would only hold up scrolling.
    const passive = /^(?:wheel|touch)/.test(type);
    addEventListener(type, listener, { capture: true, passive, signal });
  }
}

/**
 * Is the event of an element of ours, or between it and another? Those that say
 * that the pointer has come into what our host lies in are too, where they name
 * what it came to.
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
