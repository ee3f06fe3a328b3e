/**
 * All content scripts of an extension share one isolated world per frame, which the page cannot see.
 * Properties of its global object pass on what a DOM event or message would reveal to the page.
 */
interface Handoff {
  /** Is the detector running here? */
  crosstrackStarted?: true;
  /** Should the detector only say which tracker the page looks like? */
  crosstrackProbe?: true;
}

export const handoff: Handoff = globalThis as Handoff;
