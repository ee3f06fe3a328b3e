const marked = new Set<string>();

/** Sets a performance mark once what is being drawn now is painted. Only the first call for each counts. */
export function markPainted(what: 'figures' | 'shown'): void {
  if (marked.has(what)) return;
  marked.add(what);
  requestAnimationFrame(() => setTimeout(() => performance.mark(`crosstrack-${what}`)));
}
