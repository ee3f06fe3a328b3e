import { afterEach, describe, expect, test, vi } from 'vitest';
import { watchPage } from '../../../lib/page/watch.ts';
import type { PageRecogniser, PageView } from '../../../lib/trackers/page-recogniser.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The few parts of a page that the watch touches. */
function fakePage(address: string) {
  vi.useFakeTimers();
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { title: '', visibilityState: 'visible' });
  const location = { href: address };
  vi.stubGlobal('document', document);
  vi.stubGlobal('location', location);
  vi.stubGlobal('navigation', new EventTarget());
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  return { window, document, location };
}

const page: PageRecogniser = {
  tracker: 'any',
  recognise: ({ url, title }): PageView | null =>
    url.pathname.startsWith('/campaign/')
      ? {
          view: 'campaign',
          campaignId: url.pathname.slice(10) + url.hash.slice(1),
          campaignName: title || null,
          range: null,
          groupBy: null,
        }
      : null,
};

test('an in-page navigation is noticed and told once', () => {
  const { location, window } = fakePage('https://t.example/campaign/1');
  const watch = watchPage(page, new AbortController().signal);
  expect(watch.current()?.campaignId).toBe('1');
  const views: Array<string | null | undefined> = [];
  watch.subscribe((view) => views.push(view?.campaignId ?? null));
  location.href = 'https://t.example/campaign/2';
  window.dispatchEvent(new Event('popstate'));
  vi.advanceTimersByTime(5_000);
  location.href = 'https://t.example/login';
  vi.advanceTimersByTime(5_000);
  expect(views).toEqual(['2', null]);
});

test('a tab in the background is not looked at', () => {
  const { location, document } = fakePage('https://t.example/campaign/1');
  const watch = watchPage(page, new AbortController().signal);
  document.visibilityState = 'hidden';
  location.href = 'https://t.example/campaign/2';
  vi.advanceTimersByTime(5_000);
  expect(watch.current()?.campaignId).toBe('1');
});

test('nothing runs on after the script was ended', () => {
  fakePage('https://t.example/campaign/1');
  const controller = new AbortController();
  watchPage(page, controller.signal);
  controller.abort();
  expect(vi.getTimerCount()).toBe(0);
});

/** Follows the views told as "id name". */
function follow(page: PageRecogniser, signal = new AbortController().signal) {
  const watch = watchPage(page, signal);
  const views: Array<string | null> = [];
  watch.subscribe((view) => views.push(view && `${view.campaignId} ${view.campaignName ?? '–'}`));
  return views;
}

/** The address and the events that a browser sends for it, in the world of a content script. */
const NAVIGATIONS: ReadonlyArray<
  [string, string, (at: ReturnType<typeof fakePage> & { navigation: EventTarget }) => void]
> = [
  [
    'a change of the hash',
    'https://t.example/campaign/1#2',
    ({ window }) => window.dispatchEvent(new Event('hashchange')),
  ],
  [
    'going back',
    'https://t.example/campaign/12',
    ({ window }) => window.dispatchEvent(new Event('popstate')),
  ],
  [
    'pushState where the navigation API tells of it',
    'https://t.example/campaign/12',
    ({ navigation }) => navigation.dispatchEvent(new Event('currententrychange')),
  ],
];

test.each(NAVIGATIONS)('%s is noticed within a tenth of a second', (_, address, happen) => {
  const at = fakePage('https://t.example/campaign/1');
  const navigation = new EventTarget();
  vi.stubGlobal('navigation', navigation);
  const views = follow(page);
  at.location.href = address;
  happen({ ...at, navigation });
  vi.advanceTimersByTime(100);
  expect(views).toEqual(['12 –']);
});

test.each(['pushState', 'replaceState'])(
  '%s is noticed within half a second where nothing tells of it',
  () => {
    const { location } = fakePage('https://t.example/campaign/1');
    vi.stubGlobal('navigation', undefined);
    const views = follow(page);
    location.href = 'https://t.example/campaign/2';
    vi.advanceTimersByTime(499);
    expect(views).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(views).toEqual(['2 –']);
  },
);

test('a control of the page that changes is looked at soon', () => {
  const { document } = fakePage('https://t.example/campaign/1');
  const views = follow(page);
  document.title = 'Summer';
  document.dispatchEvent(new Event('change'));
  vi.advanceTimersByTime(100);
  expect(views).toEqual(['1 Summer']);
});

test('a tab that comes to the front is looked at soon', () => {
  const { document, location } = fakePage('https://t.example/campaign/1');
  const views = follow(page);
  document.visibilityState = 'hidden';
  location.href = 'https://t.example/campaign/2';
  vi.advanceTimersByTime(5_000);
  document.visibilityState = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  vi.advanceTimersByTime(100);
  expect(views).toEqual(['2 –']);
});

test('a title that appears late is told when it is there', () => {
  const { document } = fakePage('https://t.example/campaign/1');
  const views = follow(page);
  vi.advanceTimersByTime(30_000);
  document.title = 'Summer';
  vi.advanceTimersByTime(500);
  expect(views).toEqual(['1 Summer']);
});

test('a sign-in that takes the place of a page ends its view, and the page after it has one again', () => {
  const { location } = fakePage('https://t.example/campaign/1');
  const views = follow(page);
  location.href = 'https://t.example/login';
  vi.advanceTimersByTime(500);
  location.href = 'https://t.example/campaign/1';
  vi.advanceTimersByTime(500);
  expect(views).toEqual([null, '1 –']);
});

describe('the name of the campaign before', () => {
  function atSummer() {
    const at = fakePage('https://t.example/campaign/1');
    at.document.title = 'Summer';
    return at;
  }

  test('is not told for the campaign after it', () => {
    const { document, location } = atSummer();
    const views = follow(page);
    location.href = 'https://t.example/campaign/2';
    vi.advanceTimersByTime(1_000);
    document.title = 'Winter';
    vi.advanceTimersByTime(500);
    expect(views).toEqual(['2 –', '2 Winter']);
  });

  test('is not told for the third either, when the second went by unnamed', () => {
    const { document, location } = atSummer();
    const views = follow(page);
    location.href = 'https://t.example/campaign/2';
    vi.advanceTimersByTime(500);
    location.href = 'https://t.example/campaign/3';
    vi.advanceTimersByTime(500);
    document.title = 'Autumn';
    vi.advanceTimersByTime(500);
    expect(views).toEqual(['2 –', '3 –', '3 Autumn']);
  });

  test('is the name of both when it stays', () => {
    const { location } = atSummer();
    const views = follow(page);
    location.href = 'https://t.example/campaign/2';
    vi.advanceTimersByTime(10_000);
    expect(views).toEqual(['2 –', '2 Summer']);
  });

  test('is told at once on the way back', () => {
    const { location } = atSummer();
    const views = follow(page);
    location.href = 'https://t.example/campaign/2';
    vi.advanceTimersByTime(500);
    location.href = 'https://t.example/campaign/1';
    vi.advanceTimersByTime(500);
    expect(views).toEqual(['2 –', '1 Summer']);
  });

  test('leaves no timer behind', () => {
    const { location } = atSummer();
    const controller = new AbortController();
    follow(page, controller.signal);
    location.href = 'https://t.example/campaign/2';
    vi.advanceTimersByTime(500);
    controller.abort();
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('the page is asked as one of a connected origin', () => {
  fakePage('https://t.example/campaign/1');
  const asked = vi.fn<PageRecogniser['recognise']>(() => null);
  watchPage({ tracker: 'any', recognise: asked }, new AbortController().signal);
  expect(asked.mock.lastCall?.[0].connected).toBe(true);
});

describe('what it costs', () => {
  /** A page on which looking takes so many ms. */
  function slow(ms: number) {
    let spent = 0;
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + spent);
    const recognise = vi.fn<PageRecogniser['recognise']>((evidence) => {
      spent += ms;
      return page.recognise(evidence);
    });
    return { tracker: 'any', recognise };
  }

  test('a page that is quickly looked at is looked at twice a second', () => {
    fakePage('https://t.example/campaign/1');
    const asked = slow(0.1);
    watchPage(asked, new AbortController().signal);
    vi.advanceTimersByTime(10_000);
    expect(asked.recognise).toHaveBeenCalledTimes(21);
  });

  test('one that is slow to look at is looked at less often, and yet every two seconds or so', () => {
    fakePage('https://t.example/campaign/1');
    const asked = slow(50);
    watchPage(asked, new AbortController().signal);
    vi.advanceTimersByTime(10_000);
    expect(asked.recognise.mock.calls.length).toBeGreaterThanOrEqual(5);
    expect(asked.recognise.mock.calls.length).toBeLessThanOrEqual(7);
  });

  test.each<[string, (at: ReturnType<typeof fakePage>) => void]>([
    ['address', ({ location }) => Object.assign(location, { href: `${location.href}2` })],
    ['title', ({ document }) => Object.assign(document, { title: 'Summer' })],
  ])('however slow it is, a new %s is noticed within half a second', (_, change) => {
    const at = fakePage('https://t.example/campaign/1');
    vi.stubGlobal('navigation', undefined);
    const views = follow(slow(50));
    change(at);
    vi.advanceTimersByTime(500);
    expect(views).toHaveLength(1);
  });

  test('50 new addresses a second are looked at no more often than one in half a second', () => {
    const { location } = fakePage('https://t.example/campaign/1');
    const navigation = new EventTarget();
    vi.stubGlobal('navigation', navigation);
    const asked = slow(0.1);
    const watch = watchPage(asked, new AbortController().signal);
    for (let count = 0; count < 500; count++) {
      location.href = `https://t.example/campaign/${count}`;
      navigation.dispatchEvent(new Event('currententrychange'));
      vi.advanceTimersByTime(20);
    }
    expect(asked.recognise.mock.calls.length).toBeLessThanOrEqual(22);
    vi.advanceTimersByTime(500);
    expect(watch.current()?.campaignId).toBe('499');
    // Calm again: the next one is heard of at once.
    vi.advanceTimersByTime(1_000);
    location.href = 'https://t.example/campaign/1';
    navigation.dispatchEvent(new Event('currententrychange'));
    vi.advanceTimersByTime(100);
    expect(watch.current()?.campaignId).toBe('1');
  });

  test('an address that never rests is looked at as seldom as a page that is slow to look at', () => {
    const { location } = fakePage('https://t.example/campaign/1');
    const navigation = new EventTarget();
    vi.stubGlobal('navigation', navigation);
    const asked = slow(2);
    const watch = watchPage(asked, new AbortController().signal);
    for (let count = 0; count < 500; count++) {
      location.href = `https://t.example/campaign/${count}`;
      navigation.dispatchEvent(new Event('currententrychange'));
      vi.advanceTimersByTime(20);
    }
    expect(asked.recognise.mock.calls.length).toBeLessThanOrEqual(8);
    vi.advanceTimersByTime(2_500);
    expect(watch.current()?.campaignId).toBe('499');
  });
});
