/** A target that appears later than this no longer takes the focus. */
const TIMEOUT_MS = 10_000;

/**
 * Focuses the first element that matches as soon as there is one, unless the user presses a key or
 * clicks first.
 *
 * @returns stops waiting
 */
export function focusWhenReady(root: HTMLElement, selector: string): () => void {
  const ended = new AbortController();
  const stop = () => ended.abort();
  const { signal } = ended;
  const focusTarget = () => {
    const target = root.querySelector<HTMLElement>(selector);
    if (!target) return;
    target.focus();
    stop();
  };
  const observer = new MutationObserver(focusTarget);
  const timer = setTimeout(stop, TIMEOUT_MS);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    clearTimeout(timer);
  });
  for (const type of ['keydown', 'pointerdown']) {
    addEventListener(type, stop, { signal, capture: true });
  }
  observer.observe(root, { subtree: true, childList: true, attributes: true });
  focusTarget();
  return stop;
}
