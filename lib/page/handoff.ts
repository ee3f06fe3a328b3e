import type { PageView } from '../trackers/page.ts';

/** What the detector knows of the page, for the panel in the same isolated world. */
export interface PageWatch {
  current(): PageView | null;
  /** Calls back after every change of the view; returns the way to stop. */
  subscribe(listener: (view: PageView | null) => void): () => void;
}

/** Things the panel can be told to do by a command. */
export type PanelTask = 'toggle' | 'elsewhere' | 'cost' | 'blacklist';

/**
 * The isolated world of a content script is shared by all scripts of the
 * extension in that frame and cannot be seen by the page, so a property of its
 * global object hands over what a DOM event or message would show to the page.
 */
interface Handoff {
  crosstrackPage?: PageWatch;
  /** Passes a task on; false when the page threw the panel away, so that it has to be opened anew. */
  crosstrackPanel?: (task: PanelTask) => boolean;
  crosstrackTask?: PanelTask;
  /** The detector is only to say which tracker the page looks like. */
  crosstrackProbe?: true;
}

export const handoff: Handoff = globalThis as Handoff;
