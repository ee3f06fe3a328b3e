import type { Box } from './protocol.ts';

/** How long a part of the panel must have been unobscured and in place before a press on it counts. */
const STEADY_MS = 400;
const LOOK_MS = 100;
/** Smaller than any of our controls: the page has shrunk it. */
const LEAST_PX = 16;
/** Browsers round boxes to fractions of a pixel. */
const SLACK_PX = 1;

/** Chromium's frames detect occlusion and effects themselves, with IntersectionObserver v2. */
const frameSees = () => 'isVisible' in (globalThis.IntersectionObserverEntry?.prototype ?? {});

/** The panel as the detector put it on the page. */
export interface Shown {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly frame: HTMLIFrameElement;
  /** Where it must be. */
  readonly box: Box;
}

export interface PlainSight {
  /** Looks now, before something changes that hid it. */
  look(): void;
  /** Has that part of the frame been unobscured for long enough? */
  steady(at: Box): boolean;
  stop(): void;
}

/**
 * Watches whether a part of the panel is unobscured. A page can cover, move, fade or swap what it
 * does not own, so a press counts only if it has done none of that for a while.
 *
 * @param at box in the frame
 * @param onSteady called once, when the part has first been unobscured for long enough
 */
export function watchPlain(shown: () => Shown | null, at: Box, onSteady: () => void): PlainSight {
  let since: number | null = null;
  let reported = false;
  const isSteady = () => since !== null && performance.now() - since >= STEADY_MS;
  const look = () => {
    const now = shown();
    if (now === null || !isPlain(now, at)) since = null;
    else since ??= performance.now();
    if (reported || !isSteady()) return;
    reported = true;
    onSteady();
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    look,
    steady(asked) {
      look();
      const same = asked.x === at.x && asked.y === at.y && asked.width === at.width;
      return same && asked.height === at.height && isSteady();
    },
    stop: () => clearInterval(timer),
  };
}

/** Is that part of the frame unobscured right now? */
export function isPlain({ host, root, frame, box }: Shown, at: Box): boolean {
  if (!host.matches(':popover-open') || othersOver(host)) return false;
  if (!isNear(host.getBoundingClientRect(), box) || !isNear(frame.getBoundingClientRect(), box))
    return false;
  if (!isUntouched(host) || !isUntouched(frame) || hasOwnBoxes(host)) return false;
  for (const node of root.children) if (node !== frame && !isUnseenStyle(node)) return false;
  if (at.width < LEAST_PX || at.height < LEAST_PX) return false;
  // Inside the rounded corners.
  const [left, right] = [box.x + at.x + 4, box.x + at.x + at.width - 4];
  const [top, bottom] = [box.y + at.y + 4, box.y + at.y + at.height - 4];
  return [
    [(left + right) / 2, (top + bottom) / 2],
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ].every(
    ([x = 0, y = 0]) =>
      document.elementFromPoint(x, y) === host && root.elementFromPoint(x, y) === frame,
  );
}

const isNear = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) <= SLACK_PX &&
  Math.abs(a.y - b.y) <= SLACK_PX &&
  Math.abs(a.width - b.width) <= SLACK_PX &&
  Math.abs(a.height - b.height) <= SLACK_PX;

/** Properties with which a page could alter our elements, and their initial values. */
const UNTOUCHED: Readonly<Record<string, string>> = {
  opacity: '1',
  filter: 'none',
  backdropFilter: 'none',
  transform: 'none',
  translate: 'none',
  rotate: 'none',
  scale: 'none',
  perspective: 'none',
  clipPath: 'none',
  maskImage: 'none',
  mixBlendMode: 'normal',
  visibility: 'visible',
  contentVisibility: 'visible',
  zoom: '1',
};

/** Has the page left an element and all its ancestors unaltered? */
function isUntouched(element: Element): boolean {
  for (let at: Element | null = element; at; at = parentOf(at)) {
    const style: Record<string, unknown> = getComputedStyle(at) as unknown as Record<
      string,
      unknown
    >;
    for (const [name, usual] of Object.entries(UNTOUCHED)) {
      const value = style[name];
      if (value !== undefined && value !== '' && String(value) !== usual) return false;
    }
  }
  return true;
}

/** A page that got hold of our shadow root could display even a style element as text. */
const isUnseenStyle = (node: Element): boolean =>
  node.localName === 'style' && getComputedStyle(node).display === 'none';

/** Pseudo-elements from the page's style would cover the shadow root, and hit tests do not reveal them. */
const hasOwnBoxes = (element: Element): boolean =>
  ['::before', '::after'].some((box) => {
    const { content } = getComputedStyle(element, box);
    return content !== 'none' && content !== 'normal';
  });

function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/**
 * Does something cover our host in the top layer? Hit tests miss covers with `pointer-events: none`,
 * but only later top-layer elements and view transitions are painted above it.
 */
function othersOver(host: Element): boolean {
  if (CSS.supports('selector(:active-view-transition)')) {
    // On the document or one element; a page can start one on our host too.
    if (document.querySelector(':active-view-transition')) return true;
  }
  // Where the frame detects covers itself, a harmless notice in a corner need not block the user.
  if (frameSees()) return false;
  const roots: ParentNode[] = [document];
  for (const root of roots) {
    for (const other of root.querySelectorAll(':popover-open, :modal, :fullscreen:not(:root)')) {
      if (other !== host && !other.contains(host)) return true;
    }
    for (const element of root.querySelectorAll<Pierced>('*')) {
      const inner = element === host ? null : (element.openOrClosedShadowRoot ?? null);
      if (inner) roots.push(inner);
    }
  }
  return false;
}

/** Firefox lets extensions access a page's closed shadow roots. */
interface Pierced extends Element {
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}
