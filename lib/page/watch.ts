import type { PageView, TrackerPage } from '../trackers/page.ts';
import type { PageWatch } from './handoff.ts';

/** In-page navigation is noticed at most this late; content scripts do not hear pushState. */
const LOOK_MS = 500;

/**
 * Watches what a tracker's page shows: looks again when the address changed,
 * and once more when a page that was not recognised has had time to draw.
 */
export function watchPage(page: TrackerPage, signal: AbortSignal): PageWatch {
  const listeners = new Set<(view: PageView | null) => void>();
  let view: PageView | null = null;
  let shown = '';

  const look = () => {
    const seen = page.recognise({
      url: new URL(location.href),
      title: document.title,
      document,
    });
    const key = JSON.stringify(seen);
    if (key === shown) return;
    view = seen;
    shown = key;
    for (const listener of listeners) listener(view);
  };
  look();

  let soon: ReturnType<typeof setTimeout> | undefined;
  const lookSoon = () => {
    clearTimeout(soon);
    soon = setTimeout(look, LOOK_MS / 5);
  };
  // `navigation` tells of pushState in both browsers; a form change may alter the range.
  const { navigation } = globalThis as { navigation?: EventTarget };
  navigation?.addEventListener('currententrychange', lookSoon, { signal });
  addEventListener('hashchange', lookSoon, { signal });
  addEventListener('popstate', lookSoon, { signal });
  document.addEventListener('change', lookSoon, { signal, capture: true });
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') look();
  }, LOOK_MS);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    clearTimeout(soon);
  });

  return {
    current: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
