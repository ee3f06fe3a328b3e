const marked = new Set<string>();

/**
 * Sets a performance mark once the current rendering is painted: when the next frame begins. A timer would
 * come later, as Firefox answers messages first. Only the first call counts.
 */
export function markPainted(what: 'figures' | 'shown'): void {
  if (marked.has(what)) return;
  marked.add(what);
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(`crosstrack-${what}`)));
}
