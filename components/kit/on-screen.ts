const marked = new Set<string>();

/**
 * Sets a mark, for those who measure, when what is drawn now has come to the
 * screen; the first time counts.
 */
export function markOnScreen(what: 'figures' | 'shown'): void {
  if (marked.has(what)) return;
  marked.add(what);
  requestAnimationFrame(() => setTimeout(() => performance.mark(`crosstrack-${what}`)));
}
