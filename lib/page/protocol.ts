import type { PageView } from '../trackers/page-recogniser.ts';

/** What a command or a click on the launcher can make the panel do. */
export type PanelTask = 'toggle' | 'cost' | 'blacklist';

export const DOCKS = ['right', 'left', 'bottom', 'float'] as const;
export type Dock = (typeof DOCKS)[number];

/** Two lengths in CSS px: x and y, or width and height. */
export type Pair = readonly [number, number];

/** The panel's place on the page. */
export interface PanelPlace {
  readonly dock: Dock;
  /** Top left corner of the floating panel in the viewport; null = the default. */
  readonly at: Pair | null;
  /** Width (docked right), height (docked at the bottom) or both (floating); null, or 0 for one of them = the default. */
  readonly size: Pair | null;
  readonly collapsed: boolean;
}

export type Theme = 'light' | 'dark';

/** A box in CSS px, in the viewport of the sender. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The only message that is posted to the frame's window; it carries a port. */
export interface Invitation {
  readonly ticket: string;
}

/** From the detector to the panel, through the port. */
export type ToPanel =
  /** What the page shows. */
  | { readonly kind: 'view'; readonly view: PageView | null }
  /** The panel became visible; until then it queries no tracker. */
  | { readonly kind: 'shown' }
  /** Come to the front and take focus. */
  | { readonly kind: 'task'; readonly task: PanelTask }
  | { readonly kind: 'theme'; readonly theme: Theme }
  /** Where a drag ended, to be stored; null = unchanged. */
  | { readonly kind: 'placed'; readonly at: Pair | null; readonly size: Pair | null }
  /** The detector has seen the button of `watch` unobscured for long enough. */
  | { readonly kind: 'seen'; readonly id: number }
  /** What the page is doing to the panel: it stole focus, or covers it; null = nothing. */
  | { readonly kind: 'trouble'; readonly trouble: 'keyboard' | 'covered' | null };

/** From the panel to the detector, through the port. */
export type FromPanel =
  /** The ticket has been claimed. */
  | { readonly kind: 'claimed' }
  | { readonly kind: 'place'; readonly place: PanelPlace }
  /** The pointer drags the panel or its edge; screen px since pointerdown. */
  | {
      readonly kind: 'drag';
      readonly what: 'move' | 'size';
      readonly phase: 'start' | 'on' | 'end';
      readonly by: Pair;
    }
  /** Where in the frame a button is that changes a tracker; null = it was removed. */
  | { readonly kind: 'watch'; readonly id: number; readonly at: Box | null }
  /** The frame gained or lost focus. */
  | { readonly kind: 'focus'; readonly has: boolean }
  | { readonly kind: 'close' };

/** From the background to the detector. */
export type ToDetector =
  | { readonly crosstrack: 'panel'; readonly task: PanelTask }
  /** Has this part of that panel been unobscured for long enough? */
  | { readonly crosstrack: 'sight'; readonly ticket: string; readonly at: Box };
