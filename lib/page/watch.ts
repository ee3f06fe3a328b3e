import type { PageRecogniser, PageView } from '../trackers/page-recogniser.ts';

/** What the detector knows of the page. */
export interface PageWatch {
  current(): PageView | null;
  /** Calls back after every change of the view; returns the way to stop. */
  subscribe(listener: (view: PageView | null) => void): () => void;
}

/** A new address or title is noticed at most this late; content scripts do not hear pushState. */
const LOOK_MS = 500;
/** After a sign of a navigation the page gets so long to draw. */
const SOON_MS = 100;
/** Looking takes one part in so many of the time, so it is rarer on pages of a hundred thousand elements. */
const SHARE = 1_000;
/** What neither address nor title tells of is noticed at most this late. */
const MOST_REST_MS = 2_000;
/** How long a name may be left over from the page before; then the two are called the same. */
const LEFT_OVER_MS = 3_000;

/**
 * Watches what a tracker's page shows: looks again after every sign of an
 * in-page navigation and, as pages draw titles and headings late and Firefox
 * tells nobody of replaceState, at short intervals while the page is visible:
 * at address and title each time, at the page itself as often as it is cheap.
 *
 * The address changes before the heading does. A name that was already there
 * for another campaign is therefore not told until it had time to change.
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
    // Some pages change their address all the time.
    const wait = Math.max(SOON_MS, calmUntil - performance.now());
    soon = setTimeout(() => {
      soon = undefined;
      calmUntil = performance.now() + LOOK_MS;
      look();
    }, wait);
  };
  // `navigation` tells of pushState where it exists; a form change may alter the range.
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
