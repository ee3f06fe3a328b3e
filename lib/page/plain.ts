import type { Box } from './protocol.ts';

/** How long a part of the panel has been in plain view and in one place before a press on it counts. */
const STEADY_MS = 400;
const LOOK_MS = 100;
/** Smaller than any of our controls: shrunk by the page. */
const LEAST_PX = 16;
/** Browsers round boxes to fractions of a pixel. */
const SLACK_PX = 1;

/** Chromium's frames see covers and effects for themselves, by IntersectionObserver. */
const FRAME_SEES = 'isVisible' in (globalThis.IntersectionObserverEntry?.prototype ?? {});

/** The panel on the page, as the detector put it there. */
export interface Shown {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly frame: HTMLIFrameElement;
  /** Where it has to be. */
  readonly box: Box;
}

export interface PlainSight {
  /** Has that part of the frame been in plain view for long enough by now? */
  steady(at: Box): boolean;
  stop(): void;
}

/**
 * Follows whether a person can see a part of the panel. A page can cover, move,
 * fade or swap what it does not own: a press counts only when nothing of that
 * was so for a while.
 *
 * @param at in the frame
 * @param onSteady told once, when it has been so for long enough for the first time
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
    steady(asked) {
      look();
      const same = asked.x === at.x && asked.y === at.y && asked.width === at.width;
      return same && asked.height === at.height && isSteady();
    },
    stop: () => clearInterval(timer),
  };
}

/** Is all of that part of the frame what one sees at its place right now? */
export function isPlain({ host, root, frame, box }: Shown, at: Box): boolean {
  if (!host.matches(':popover-open') || othersOver(host)) return false;
  if (!isNear(host.getBoundingClientRect(), box) || !isNear(frame.getBoundingClientRect(), box))
    return false;
  if (!isUntouched(host) || !isUntouched(frame) || hasOwnBoxes(host)) return false;
  for (const node of root.children) if (node !== frame && !isUnseenStyle(node)) return false;
  if (at.width < LEAST_PX || at.height < LEAST_PX) return false;
  // Inside of round corners.
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

/** What a page's style could do to what it cannot reach into, and how it looks when it did not. */
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

/** Has the page changed how an element of ours looks, by itself or by what it lies in? */
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

/** Whoever got hold of our root could show even a style sheet, as a box with its own text. */
const isUnseenStyle = (node: Element): boolean =>
  node.localName === 'style' && getComputedStyle(node).display === 'none';

/** Boxes that a page's style gives an element: over what is in its root, and hit tests do not tell of them. */
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
 * Is something drawn over the top layer as we left it? Hit tests pass through
 * covers without pointer events, but over the top layer there is only what
 * entered it later, and a view transition.
 */
function othersOver(host: Element): boolean {
  if (CSS.supports('selector(:active-view-transition)')) {
    // Of the document, or of one element: our host can be made to have one too.
    if (document.querySelector(':active-view-transition')) return true;
  }
  // Where the frame sees covers, a harmless notice in a corner need not stop anybody.
  if (FRAME_SEES) return false;
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

/** Firefox shows extensions the closed roots of a page. */
interface Pierced extends Element {
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}
