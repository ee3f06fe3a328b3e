const marked = new Set<string>();

/**
 * Sets a performance mark once the frame that shows the current rendering is painted: in the first task
 * after it. A timer would come later, as Firefox answers messages first. Only the first call counts.
 */
export function markPainted(what: 'figures' | 'shown'): void {
  if (marked.has(what)) return;
  marked.add(what);
  const mark = () => performance.mark(`crosstrack-${what}`);
  requestAnimationFrame(() => scheduler.postTask(mark, { priority: 'user-blocking' }));
}

/** The longest wait for a frame: a document that is not seen gets none (ms). */
const NO_FRAME_MS = 100;

/** Resolves when what is being drawn is painted, or when no frame comes. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, NO_FRAME_MS);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
