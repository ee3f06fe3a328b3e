import type { PageView } from '../trackers/page-recogniser.ts';

/** What the panel can be told to do by a command or a press on the launcher. */
export type PanelTask = 'toggle' | 'cost' | 'blacklist';

export const DOCKS = ['right', 'left', 'bottom', 'float'] as const;
export type Dock = (typeof DOCKS)[number];

/** Two lengths in CSS px: x and y, or width and height. */
export type Pair = readonly [number, number];

/** Where the panel stands on the page. */
export interface PanelPlace {
  readonly dock: Dock;
  /** Corner of the floating panel, from the viewport's left and top; null = the usual place. */
  readonly at: Pair | null;
  /** Width (docked at a side), height (docked below), both (floating); null, or 0 for one of them = the usual size. */
  readonly size: Pair | null;
  readonly collapsed: boolean;
}

export type Theme = 'light' | 'dark';

/** In CSS px: of the viewport of whoever says it. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The first and only message to the window of the panel's frame; a port comes with it. */
export interface Invitation {
  readonly ticket: string;
}

/** From the detector to the panel, through the port. */
export type ToPanel =
  /** What the page shows. */
  | { readonly kind: 'view'; readonly view: PageView | null }
  /** The panel was put before the user's eyes; until then it asks no tracker. */
  | { readonly kind: 'shown' }
  /** Bring it to the front, and take the keyboard. */
  | { readonly kind: 'task'; readonly task: PanelTask }
  | { readonly kind: 'theme'; readonly theme: Theme }
  /** Where a drag ended, to be kept; null = that did not change. */
  | { readonly kind: 'placed'; readonly at: Pair | null; readonly size: Pair | null }
  /** The detector has seen that button of `watch` in plain view for long enough. */
  | { readonly kind: 'seen'; readonly id: number }
  /** What the page does to us: it took the keyboard, or lies over the panel; null = nothing (any more). */
  | { readonly kind: 'trouble'; readonly trouble: 'keyboard' | 'covered' | null };

/** From the panel to the detector, through the port. */
export type FromPanel =
  /** The ticket was taken. */
  | { readonly kind: 'claimed' }
  | { readonly kind: 'place'; readonly place: PanelPlace }
  /** The pointer drags the panel, or its edge; px of the screen since the press. */
  | {
      readonly kind: 'drag';
      readonly what: 'move' | 'size';
      readonly phase: 'start' | 'on' | 'end';
      readonly by: Pair;
    }
  /** Where a button is that changes a tracker, in the frame; null = it is gone. */
  | { readonly kind: 'watch'; readonly id: number; readonly at: Box | null }
  /** The keyboard came to the frame, or left it. */
  | { readonly kind: 'focus'; readonly has: boolean }
  | { readonly kind: 'close' };

/** From the background to the detector. */
export type ToDetector =
  | { readonly crosstrack: 'panel'; readonly task: PanelTask }
  /** Is this part of that panel in plain view, and has it been so for long enough? */
  | { readonly crosstrack: 'sight'; readonly ticket: string; readonly at: Box };
