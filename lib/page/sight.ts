/** How long a control has been in plain view and in one place before a press on it counts. */
const STEADY_MS = 400;
const LOOK_MS = 100;
/** Smaller than any of our controls: shrunk by the page. */
const LEAST_PX = 16;

/** Chromium's second version of IntersectionObserver, which sees covers and effects. */
interface Visibility extends IntersectionObserverInit {
  readonly trackVisibility: boolean;
  /** Milliseconds; 100 is the least that it takes. */
  readonly delay: number;
}
const TRACKS = 'isVisible' in (globalThis.IntersectionObserverEntry?.prototype ?? {});

export interface Sight {
  /** Is the control where it was, and in plain view, for long enough by now? */
  steady(): boolean;
  stop(): void;
}

/**
 * Follows whether a person can see a control on a page that may wish otherwise:
 * a press that hits it counts only when it was not moved or uncovered for it.
 * On our own pages there is nobody to hide it.
 *
 * @param onSteady told once, when it is steady for the first time
 */
export function watchSight(control: Element, onSteady: () => void): Sight {
  if (!(control.getRootNode() instanceof ShadowRoot)) {
    onSteady();
    return { steady: () => true, stop: () => {} };
  }
  let visible = !TRACKS;
  let place = '';
  let since: number | null = null;
  let told = false;

  const look = (): boolean => {
    const { left, top, width, height } = control.getBoundingClientRect();
    const here = [left, top, width, height].join();
    if (!visible || !inPlainView(control)) since = null;
    else if (since === null || here !== place) since = performance.now();
    place = here;
    return since !== null && performance.now() - since >= STEADY_MS;
  };
  const timer = setInterval(() => {
    if (!look() || told) return;
    told = true;
    onSteady();
  }, LOOK_MS);
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
      observer?.disconnect();
    },
  };
}

/** Is all of a control in a closed root of ours what one sees at its place right now? */
export function inPlainView(control: Element): boolean {
  const root = control.getRootNode();
  if (!(root instanceof ShadowRoot) || !onTop(root.host)) return false;
  const { left, top, right, bottom, width, height } = control.getBoundingClientRect();
  if (width < LEAST_PX || height < LEAST_PX) return false;
  // Inside of round corners.
  const inset = 4;
  return [
    [left + width / 2, top + height / 2],
    [left + inset, top + inset],
    [right - inset, top + inset],
    [left + inset, bottom - inset],
    [right - inset, bottom - inset],
  ].every(([x = 0, y = 0]) => isHit(control, x, y));
}

/** Would a press at a point of the viewport reach the control? */
export function isHit(control: Element, x: number, y: number): boolean {
  const root = control.getRootNode();
  if (!(root instanceof ShadowRoot)) return control.contains(document.elementFromPoint(x, y));
  return (
    document.elementFromPoint(x, y) === root.host && control.contains(root.elementFromPoint(x, y))
  );
}

/**
 * Is the host in the top layer, and nothing drawn over it? Hit tests pass
 * through covers without pointer events, but over the top layer there is only
 * what entered it later, and a view transition.
 */
function onTop(host: Element): boolean {
  if (!host.matches(':popover-open')) return false;
  if (CSS.supports('selector(:active-view-transition)')) {
    if (document.documentElement.matches(':active-view-transition')) return false;
  }
  // Where covers are tracked, a harmless notice in a corner need not stop anybody.
  return TRACKS || !othersOnTop(host);
}

function othersOnTop(host: Element): boolean {
  const roots: ParentNode[] = [document];
  for (const root of roots) {
    for (const other of root.querySelectorAll(':popover-open, :modal, :fullscreen:not(:root)')) {
      if (other !== host) return true;
    }
    for (const element of root.querySelectorAll<Pierced>('*')) {
      const inner = element === host ? null : (element.openOrClosedShadowRoot ?? null);
      if (inner) roots.push(inner);
    }
  }
  return false;
}

/** Firefox shows extensions the closed roots of a page. */
interface Pierced extends Element {
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}
