import type { Box } from './protocol.ts';

/** How long a control must have been visible and in place before a press on it counts. */
const STEADY_MS = 400;
const LOOK_MS = 100;

/** IntersectionObserver v2 (Chromium), which detects occlusion and effects, from inside a frame too. */
interface Visibility extends IntersectionObserverInit {
  readonly trackVisibility: boolean;
  /** Milliseconds, at least 100. */
  readonly delay: number;
}
const TRACKS = 'isVisible' in (globalThis.IntersectionObserverEntry?.prototype ?? {});

export interface Sight {
  /** The control's box, if it has been visible and in place for long enough; else null. */
  steady(): Box | null;
  stop(): void;
}

/** Watches whether a control is visible. Calls `onSteady` once, when it first is so for long enough. */
export type WatchSight = (control: Element, onSteady: () => void) => Sight;

/** For the extension's own pages, where nobody can hide a control. */
export const seen: WatchSight = (control, onSteady) => {
  onSteady();
  return { steady: () => boxOf(control), stop: () => {} };
};

const boxOf = (control: Element): Box => {
  const { x, y, width, height } = control.getBoundingClientRect();
  return { x, y, width, height };
};

/**
 * For a control in a frame on a page that may try to hide it (clickjacking). A press counts only if
 * the control was not moved or uncovered just before it and the frame did not just gain focus. What
 * only the page's own document can see is the detector's part (`plain.ts`).
 *
 * @param report called with the control's box at each change; null = it was removed
 */
export const watchFramed =
  (report: (at: Box | null) => void): WatchSight =>
  (control, onSteady) => {
    let visible = !TRACKS;
    let place = '';
    let since: number | null = null;
    let reported = false;

    const look = (): Box | null => {
      const box = boxOf(control);
      const here = [box.x, box.y, box.width, box.height, devicePixelRatio].join();
      if (here !== place) report(box);
      if (!visible || !isHit(control)) since = null;
      else if (since === null || here !== place) since = performance.now();
      place = here;
      return since !== null && performance.now() - since >= STEADY_MS ? box : null;
    };
    const startAnew = () => {
      since = null;
      look();
    };
    look();
    const timer = setInterval(() => {
      if (!look() || reported) return;
      reported = true;
      onSteady();
    }, LOOK_MS);
    addEventListener('resize', startAnew);
    addEventListener('focus', startAnew);
    const options: Visibility = { trackVisibility: true, delay: 100, threshold: 0.9 };
    const observer = TRACKS
      ? new IntersectionObserver((entries) => {
          const last: (IntersectionObserverEntry & { readonly isVisible?: boolean }) | undefined =
            entries.at(-1);
          visible = last?.isVisible === true;
          look();
        }, options)
      : null;
    observer?.observe(control);
    return {
      steady: look,
      stop() {
        clearInterval(timer);
        removeEventListener('resize', startAnew);
        removeEventListener('focus', startAnew);
        observer?.disconnect();
        report(null);
      },
    };
  };

/** Is the control topmost at its own centre in our document? */
function isHit(control: Element): boolean {
  const { x, y, width, height } = control.getBoundingClientRect();
  return control.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}

/**
 * Did a user click the control? `isTrusted` rules out synthetic events, and the hit test at the
 * pointer rules out a click meant for something else. A click by keyboard has no coordinates.
 */
export function isByPerson(event: MouseEvent, control: Element): boolean {
  if (!event.isTrusted) return false;
  return (
    event.detail === 0 || control.contains(document.elementFromPoint(event.clientX, event.clientY))
  );
}
