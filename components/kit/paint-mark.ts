const marked = new Set<string>();

/** Sets a performance mark once the current rendering is painted. Only the first call counts. */
export function markPainted(what: 'figures' | 'shown'): void {
  if (marked.has(what)) return;
  marked.add(what);
  requestAnimationFrame(() => setTimeout(() => performance.mark(`crosstrack-${what}`)));
}
