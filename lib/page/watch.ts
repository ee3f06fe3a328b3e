import type { PageRecogniser, PageView } from '../trackers/page-recogniser.ts';

/** What the detector knows about the page. */
export interface PageWatch {
  current(): PageView | null;
  /** Calls back after every change of the view; returns the unsubscribe function. */
  subscribe(listener: (view: PageView | null) => void): () => void;
}

/** Time that the page gets to render after a sign of a change. */
const SOON_MS = 100;
/** Pages render late: after a sign they are looked at again after this time, then after twice as long, and so on. */
const FIRST_REST_MS = 500;
/** A change of which nothing tells is noticed after this time at the latest. */
const MOST_REST_MS = 2_000;
/** Recognition may take one part in this many of the time, so it runs more rarely on huge pages. */
const SHARE = 1_000;
/** How long a name may be left over from the former page; after that both campaigns have the same name. */
const LEFT_OVER_MS = 3_000;

/**
 * Watches what a tracker's page shows. Runs recognition soon after a new address, a new title, and
 * what the user does in the page, and while the page is visible now and then: it may render late.
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
    stir();
  };

  let seenAt = '';
  let rest = FIRST_REST_MS;
  let restUntil = 0;

  const look = () => {
    const start = performance.now();
    // Also if it fails.
    restUntil = start + rest;
    seenAt = location.href;
    followTitle();
    const recognised = page.recognise({
      url: new URL(seenAt),
      title: document.title,
      document,
      connected: true,
    });
    const end = performance.now();
    restUntil = end + Math.min(Math.max(rest, (end - start) * SHARE), MOST_REST_MS);
    rest = Math.min(2 * rest, MOST_REST_MS);
    const seen = recognised && settled(recognised);
    const key = JSON.stringify(seen);
    if (key === shown) return;
    view = seen;
    shown = key;
    for (const listener of listeners) listener(view);
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  const wake = (at: number) => {
    clearTimeout(timer);
    // A delay is cut to whole milliseconds.
    if (!signal.aborted) timer = setTimeout(act, Math.ceil(at - performance.now()));
  };
  /** Was there a sign of a change since the last look? */
  let isStirred = false;
  let calmUntil = 0;
  const stir = () => {
    if (isStirred) return;
    isStirred = true;
    rest = FIRST_REST_MS;
    wake(Math.max(performance.now() + SOON_MS, calmUntil));
  };
  // Some pages have 50 new addresses a second, and each event costs them something: after the first one
  // none is heard until the address is found at rest.
  let isDeaf = true;
  /** Was the address looked at again after the event? A redirect may have followed. */
  let isFollowed = false;
  const listen = () => {
    isDeaf = false;
    navigation.addEventListener('currententrychange', entered, { once: true, signal });
  };
  const entered = () => {
    isDeaf = true;
    isFollowed = false;
    stir();
  };
  function act(): void {
    const wasStirred = isStirred;
    isStirred = false;
    // Its coming to the front is a sign.
    if (document.visibilityState !== 'visible') return;
    const now = performance.now();
    let isDue = wasStirred || now >= restUntil;
    if (wasStirred) calmUntil = now + FIRST_REST_MS;
    if (isDeaf && location.href === seenAt) listen();
    else if (isDeaf && !wasStirred && !isFollowed) {
      isFollowed = true;
      isDue = true;
    }
    try {
      if (isDue) look();
    } finally {
      wake(isDeaf ? now + FIRST_REST_MS : restUntil);
    }
  }

  const titles = new MutationObserver(stir);
  let title: Element | null = null;
  function followTitle(): void {
    const { head }: { readonly head: Element | null } = document;
    const present = head?.querySelector('title') ?? null;
    if (present === title) return;
    title = present;
    titles.disconnect();
    if (title) titles.observe(title, { childList: true, characterData: true, subtree: true });
  }

  listen();
  for (const sign of ['change', 'click', 'visibilitychange']) {
    document.addEventListener(sign, stir, { signal, capture: true });
  }
  look();
  wake(restUntil);
  signal.addEventListener('abort', () => {
    titles.disconnect();
    clearTimeout(timer);
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
