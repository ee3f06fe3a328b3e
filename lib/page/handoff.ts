/**
 * The isolated world of a content script is shared by all scripts of the
 * extension in that frame and cannot be seen by the page, so properties of its
 * global object hand over what a DOM event or message would show to the page.
 */
interface Handoff {
  /** The detector runs here. */
  crosstrackStarted?: true;
  /** The detector is only to say which tracker the page looks like. */
  crosstrackProbe?: true;
}

export const handoff: Handoff = globalThis as Handoff;
