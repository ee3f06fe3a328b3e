import { afterEach, describe, expect, test, vi } from 'vitest';
import { watchPage } from '../../../lib/page/watch.ts';
import type { PageRecogniser, PageView } from '../../../lib/trackers/page-recogniser.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The few parts of a page that the watch touches, and what the user and the page do there. */
function fakePage(address: string) {
  vi.useFakeTimers();
  const navigation = new EventTarget();
  const title = { text: '' };
  const observed = new Map<unknown, () => void>();
  const document = Object.assign(new EventTarget(), {
    title: '',
    visibilityState: 'visible',
    head: { querySelector: (): unknown => title } as { querySelector(): unknown } | null,
  });
  const location = { href: address };
  vi.stubGlobal('document', document);
  vi.stubGlobal('location', location);
  vi.stubGlobal('navigation', navigation);
  vi.stubGlobal(
    'MutationObserver',
    class {
      readonly #tell: () => void;
      constructor(tell: () => void) {
        this.#tell = tell;
      }
      observe(element: unknown) {
        observed.set(element, this.#tell);
      }
      disconnect() {
        observed.clear();
      }
    },
  );
  return {
    document,
    location,
    navigation,
    observed,
    /** As any navigation within the page, with the one event that both browsers send for it. */
    go(href: string) {
      location.href = href;
      navigation.dispatchEvent(new Event('currententrychange'));
    },
    rename(text: string) {
      document.title = text;
      for (const tell of observed.values()) tell();
    },
    show(visibilityState: 'visible' | 'hidden') {
      document.visibilityState = visibilityState;
      document.dispatchEvent(new Event('visibilitychange'));
    },
  };
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

test('an in-page navigation is noticed within a tenth of a second, and told once', () => {
  const { go } = fakePage('https://t.example/campaign/1');
  const watch = watchPage(page, new AbortController().signal);
  expect(watch.current()?.campaignId).toBe('1');
  const views: Array<string | null | undefined> = [];
  watch.subscribe((view) => views.push(view?.campaignId ?? null));
  go('https://t.example/campaign/2');
  expect(views).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(views).toEqual(['2']);
  vi.advanceTimersByTime(5_000);
  go('https://t.example/login');
  vi.advanceTimersByTime(5_000);
  expect(views).toEqual(['2', null]);
});

test('a tab in the background is not looked at, and has no timer', () => {
  const { go, show } = fakePage('https://t.example/campaign/1');
  const watch = watchPage(page, new AbortController().signal);
  show('hidden');
  vi.advanceTimersByTime(5_000);
  expect(vi.getTimerCount()).toBe(0);
  go('https://t.example/campaign/2');
  vi.advanceTimersByTime(5_000);
  expect(watch.current()?.campaignId).toBe('1');
  expect(vi.getTimerCount()).toBe(0);
});

test('a look that fails is not the last one, nor is it repeated at once', () => {
  const { go } = fakePage('https://t.example/campaign/1');
  let fails = false;
  const recognise = vi.fn<PageRecogniser['recognise']>((evidence) => {
    if (fails) throw new Error('a page that is being rebuilt');
    return page.recognise(evidence);
  });
  const views = follow({ tracker: 'any', recognise });
  vi.advanceTimersByTime(30_000);
  fails = true;
  recognise.mockClear();
  go('https://t.example/campaign/2');
  for (let ms = 0; ms < 10_000; ms += 10) {
    try {
      vi.advanceTimersByTime(10);
    } catch (error) {
      expect(String(error)).toContain('rebuilt');
    }
  }
  expect(recognise.mock.calls.length).toBeGreaterThan(5);
  expect(recognise.mock.calls.length).toBeLessThan(22);
  fails = false;
  vi.advanceTimersByTime(2_000);
  expect(views).toEqual(['2 –']);
  go('https://t.example/campaign/3');
  vi.advanceTimersByTime(100);
  expect(views).toEqual(['2 –', '3 –']);
});

test('a listener may end the watch', () => {
  const { go } = fakePage('https://t.example/campaign/1');
  const controller = new AbortController();
  watchPage(page, controller.signal).subscribe(() => controller.abort());
  go('https://t.example/campaign/2');
  vi.advanceTimersByTime(100);
  expect(vi.getTimerCount()).toBe(0);
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

test.each(['change', 'click'])('what a %s does to the page is looked at soon', (sign) => {
  const { document } = fakePage('https://t.example/campaign/1');
  const views = follow(page);
  vi.advanceTimersByTime(30_000);
  // The page writes a new title element, which is not the one that is observed.
  document.title = 'Summer';
  document.dispatchEvent(new Event(sign));
  vi.advanceTimersByTime(100);
  expect(views).toEqual(['1 Summer']);
});

test('a tab that comes to the front is looked at soon', () => {
  const { go, show } = fakePage('https://t.example/campaign/1');
  const views = follow(page);
  show('hidden');
  go('https://t.example/campaign/2');
  vi.advanceTimersByTime(5_000);
  show('visible');
  vi.advanceTimersByTime(100);
  expect(views).toEqual(['2 –']);
  // And hears of what follows.
  vi.advanceTimersByTime(5_000);
  go('https://t.example/campaign/3');
  vi.advanceTimersByTime(100);
  expect(views).toEqual(['2 –', '3 –']);
});

test('a title that appears late is told when it is there', () => {
  const { rename } = fakePage('https://t.example/campaign/1');
  const views = follow(page);
  vi.advanceTimersByTime(30_000);
  rename('Summer');
  vi.advanceTimersByTime(100);
  expect(views).toEqual(['1 Summer']);
});

test('so is one in an element that the page puts in the place of the first, from its next look on', () => {
  const { document, rename } = fakePage('https://t.example/campaign/1');
  const views = follow(page);
  document.head = { querySelector: () => ({ text: 'another' }) };
  document.title = 'Summer';
  vi.advanceTimersByTime(2_000);
  expect(views).toEqual(['1 Summer']);
  vi.advanceTimersByTime(30_000);
  rename('Winter');
  vi.advanceTimersByTime(100);
  expect(views).toEqual(['1 Summer', '1 Winter']);
});

test.each([
  ['a title element', { querySelector: () => null }],
  ['a head', null],
])('a page without %s is watched all the same', (_, head) => {
  const { document, go, observed } = fakePage('https://t.example/campaign/1');
  document.head = head;
  const views = follow(page);
  go('https://t.example/campaign/2');
  vi.advanceTimersByTime(100);
  expect(views).toEqual(['2 –']);
  expect(observed.size).toBe(0);
});

test.each([0, 100, 1_400, 30_000])(
  'what nothing tells of, %s ms after the start, is noticed within two seconds',
  (after) => {
    const { document } = fakePage('https://t.example/campaign/1');
    const views = follow(page);
    vi.advanceTimersByTime(after);
    document.title = 'Summer';
    vi.advanceTimersByTime(2_000);
    expect(views).toEqual(['1 Summer']);
  },
);

test.each(['start', 'navigation'])('what is rendered late after a %s is noticed soon', (sign) => {
  const { document, go } = fakePage('https://t.example/campaign/1');
  const views = follow(page);
  if (sign === 'navigation') {
    vi.advanceTimersByTime(30_000);
    go('https://t.example/campaign/2');
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(400);
  document.title = 'Summer';
  vi.advanceTimersByTime(100);
  expect(views.at(-1)).toBe(sign === 'start' ? '1 Summer' : '2 Summer');
});

test('a sign-in that takes the place of a page ends its view, and the page after it has one again', () => {
  const { go } = fakePage('https://t.example/campaign/1');
  const views = follow(page);
  go('https://t.example/login');
  vi.advanceTimersByTime(1_000);
  go('https://t.example/campaign/1');
  vi.advanceTimersByTime(100);
  expect(views).toEqual([null, '1 –']);
});

describe('the name of the campaign before', () => {
  function atSummer() {
    const at = fakePage('https://t.example/campaign/1');
    at.document.title = 'Summer';
    return at;
  }

  test('is not told for the campaign after it', () => {
    const { rename, go } = atSummer();
    const views = follow(page);
    go('https://t.example/campaign/2');
    vi.advanceTimersByTime(1_000);
    rename('Winter');
    vi.advanceTimersByTime(500);
    expect(views).toEqual(['2 –', '2 Winter']);
  });

  test('is not told for the third either, when the second went by unnamed', () => {
    const { rename, go } = atSummer();
    const views = follow(page);
    go('https://t.example/campaign/2');
    vi.advanceTimersByTime(500);
    go('https://t.example/campaign/3');
    vi.advanceTimersByTime(500);
    rename('Autumn');
    vi.advanceTimersByTime(500);
    expect(views).toEqual(['2 –', '3 –', '3 Autumn']);
  });

  test('is the name of both when it stays', () => {
    const { go } = atSummer();
    const views = follow(page);
    go('https://t.example/campaign/2');
    vi.advanceTimersByTime(10_000);
    expect(views).toEqual(['2 –', '2 Summer']);
  });

  test('is told at once on the way back', () => {
    const { go } = atSummer();
    const views = follow(page);
    go('https://t.example/campaign/2');
    vi.advanceTimersByTime(500);
    go('https://t.example/campaign/1');
    vi.advanceTimersByTime(500);
    expect(views).toEqual(['2 –', '1 Summer']);
  });

  test('leaves no timer behind', () => {
    const { go } = atSummer();
    const controller = new AbortController();
    follow(page, controller.signal);
    go('https://t.example/campaign/2');
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

  test('a page at rest is looked at every two seconds, more often only at first', () => {
    fakePage('https://t.example/campaign/1');
    const asked = slow(0.1);
    watchPage(asked, new AbortController().signal);
    vi.advanceTimersByTime(2_000);
    expect(asked.recognise).toHaveBeenCalledTimes(3);
    vi.advanceTimersByTime(20_000);
    expect(asked.recognise).toHaveBeenCalledTimes(13);
  });

  test('one that is slow to look at is looked at every two seconds from the start', () => {
    fakePage('https://t.example/campaign/1');
    const asked = slow(50);
    watchPage(asked, new AbortController().signal);
    vi.advanceTimersByTime(1_900);
    expect(asked.recognise).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(8_100);
    expect(asked.recognise.mock.calls.length).toBeGreaterThanOrEqual(5);
    expect(asked.recognise.mock.calls.length).toBeLessThanOrEqual(6);
  });

  test.each<[string, (at: ReturnType<typeof fakePage>) => void]>([
    ['address', ({ go }) => go('https://t.example/campaign/12')],
    ['title', ({ rename }) => rename('Summer')],
  ])('however slow it is, a new %s is noticed within a tenth of a second', (_, change) => {
    const at = fakePage('https://t.example/campaign/1');
    const views = follow(slow(50));
    vi.advanceTimersByTime(30_000);
    change(at);
    vi.advanceTimersByTime(100);
    expect(views).toHaveLength(1);
  });

  test.each([0.1, 2, 50])(
    'one that follows soon after another is noticed within half a second, a look taking %s ms',
    (ms) => {
      const { go } = fakePage('https://t.example/campaign/1');
      const views = follow(slow(ms));
      vi.advanceTimersByTime(30_000);
      go('https://t.example/campaign/2');
      vi.advanceTimersByTime(200);
      go('https://t.example/campaign/3');
      vi.advanceTimersByTime(500);
      expect(views).toEqual(['2 –', '3 –']);
    },
  );

  test.each(['click', 'title'])('any number of %s signs lead to two looks a second', (sign) => {
    const { document, rename } = fakePage('https://t.example/campaign/1');
    const asked = slow(0.1);
    watchPage(asked, new AbortController().signal);
    for (let count = 0; count < 500; count++) {
      if (sign === 'title') rename(`${count}`);
      else document.dispatchEvent(new Event('click'));
      vi.advanceTimersByTime(20);
    }
    expect(asked.recognise.mock.calls.length).toBeLessThanOrEqual(22);
  });

  test.each([
    [0.1, 500],
    [2, 2_000],
  ])(
    'of 50 new addresses a second, a look taking %s ms, few are heard of, and the last is known',
    (ms, calm) => {
      const { go, navigation } = fakePage('https://t.example/campaign/1');
      const heard = vi.spyOn(navigation, 'addEventListener');
      const asked = slow(ms);
      const watch = watchPage(asked, new AbortController().signal);
      for (let count = 0; count < 500; count++) {
        go(`https://t.example/campaign/${count}`);
        vi.advanceTimersByTime(20);
      }
      expect(asked.recognise.mock.calls.length).toBeLessThanOrEqual(8);
      expect(heard).toHaveBeenCalledTimes(1);
      vi.advanceTimersByTime(2_000 + calm);
      expect(watch.current()?.campaignId).toBe('499');
      // Calm again: the next one is heard of at once.
      vi.advanceTimersByTime(1_000);
      go('https://t.example/campaign/1');
      vi.advanceTimersByTime(100);
      expect(watch.current()?.campaignId).toBe('1');
    },
  );
});
