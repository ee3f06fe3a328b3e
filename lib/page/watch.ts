import type { PageRecogniser, PageView } from '../trackers/page-recogniser.ts';

/** What the detector knows about the page. */
export interface PageWatch {
  current(): PageView | null;
  /** Calls back after every change of the view; returns the unsubscribe function. */
  subscribe(listener: (view: PageView | null) => void): () => void;
}

/** Polling interval for address and title: content scripts do not hear `pushState`. */
const LOOK_MS = 500;
/** Time that the page gets to render after a navigation. */
const SOON_MS = 100;
/** Recognition may take one part in this many of the time, so it runs more rarely on huge pages. */
const SHARE = 1_000;
/** A change that shows in neither address nor title is noticed after this time at the latest. */
const MOST_REST_MS = 2_000;
/** How long a name may be left over from the former page; after that both campaigns have the same name. */
const LEFT_OVER_MS = 3_000;

/**
 * Watches what a tracker's page shows. Runs recognition after every sign of an in-page navigation.
 * As pages render titles and headings late, and Firefox has no event for `replaceState`, it also
 * polls while the page is visible: address and title each time, the page itself as often as that is
 * cheap.
 *
 * The address changes before the heading does. So a name that was already there for another
 * campaign is not reported until it has had time to change.
 */
export function watchPage(page: PageRecogniser, signal: AbortSignal): PageWatch {
  const listeners = new Set<(view: PageView | null) => void>();
  let view: PageView | null = null;
  let shown = '';
  let named: { readonly id: string; readonly name: string } | null = null;
  let campaign: string | null = null;
  let leftOver: string | null = null;
  let forget: ReturnType<typeof setTimeout> | undefined;

  const settled = (seen: PageView): PageView => {
    const { campaignId: id, campaignName: name } = seen;
    if (id === null) return seen;
    if (id !== campaign) {
      campaign = id;
      leftOver = named !== null && named.id !== id ? named.name : null;
      clearTimeout(forget);
      if (leftOver !== null) forget = setTimeout(forgetLeftOver, LEFT_OVER_MS);
    }
    if (name === null || name === leftOver) return { ...seen, campaignName: null };
    leftOver = null;
    named = { id, name };
    return seen;
  };

  const forgetLeftOver = () => {
    leftOver = null;
    look();
  };

  let seenAt = '';
  let restUntil = 0;
  const place = () => `${location.href} ${document.title}`;

  const look = () => {
    const start = performance.now();
    seenAt = place();
    const recognised = page.recognise({
      url: new URL(location.href),
      title: document.title,
      document,
      connected: true,
    });
    const end = performance.now();
    restUntil = end + Math.min((end - start) * SHARE, MOST_REST_MS);
    const seen = recognised && settled(recognised);
    const key = JSON.stringify(seen);
    if (key === shown) return;
    view = seen;
    shown = key;
    for (const listener of listeners) listener(view);
  };
  look();

  let soon: ReturnType<typeof setTimeout> | undefined;
  let calmUntil = 0;
  const lookSoon = () => {
    if (soon !== undefined) return;
    // Some pages change their address continually.
    const wait = Math.max(SOON_MS, calmUntil - performance.now());
    soon = setTimeout(() => {
      soon = undefined;
      calmUntil = performance.now() + LOOK_MS;
      look();
    }, wait);
  };
  // `navigation` reports `pushState` where it exists; a form change may alter the range.
  const { navigation } = globalThis as { navigation?: EventTarget };
  // Being told of each new address costs a page something that has 50 a second: after the first the
  // looks at the address do, until one finds it at rest.
  let deaf = true;
  const entered = () => {
    deaf = true;
    lookSoon();
  };
  const listen = () => {
    deaf = false;
    navigation?.addEventListener('currententrychange', entered, { once: true, signal });
  };
  listen();
  addEventListener('hashchange', lookSoon, { signal });
  addEventListener('popstate', lookSoon, { signal });
  document.addEventListener('change', lookSoon, { signal, capture: true });
  document.addEventListener('visibilitychange', lookSoon, { signal });
  const timer = setInterval(() => {
    if (document.visibilityState !== 'visible') return;
    const rests = place() === seenAt;
    if (deaf && rests) listen();
    // What is about to be looked at need not be looked at now; an address that never rests is no news.
    const isNews = !rests && !deaf;
    if (soon === undefined && (isNews || performance.now() >= restUntil)) look();
  }, LOOK_MS);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    clearTimeout(soon);
    clearTimeout(forget);
  });

  return {
    current: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
