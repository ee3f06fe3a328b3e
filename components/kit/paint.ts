const marked = new Set<string>();

/**
 * Sets a performance mark once the current rendering is painted: when the next frame begins, which work
 * that waits may delay. Its detail says when it was drawn (`drawnAt`, ms of the document): where the
 * document painted nothing before, the browser's own first paint is the exact time. Only the first call
 * counts.
 */
export function markPainted(what: 'figures' | 'shown'): void {
  if (marked.has(what)) return;
  marked.add(what);
  const detail = { drawnAt: performance.now() };
  const mark = () => performance.mark(`crosstrack-${what}`, { detail });
  requestAnimationFrame(() => requestAnimationFrame(mark));
}

/** A document that is not seen paints nothing (ms). */
const UNSEEN_MS = 100;

/** Resolves when what is being drawn is painted. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, UNSEEN_MS);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
