import { afterEach, expect, test, vi } from 'vitest';
import { watchPage } from '../../../lib/page/watch.ts';
import type { PageView, TrackerPage } from '../../../lib/trackers/page.ts';

afterEach(() => {
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

const page: TrackerPage = {
  tracker: 'any',
  recognise: ({ url }): PageView | null =>
    url.pathname.startsWith('/campaign/')
      ? { view: 'campaign', campaignId: url.pathname.slice(10), campaignName: null, range: null }
      : null,
};

test('an in-page navigation is noticed and told once', () => {
  const { location, window } = fakePage('https://t.example/campaign/1');
  const watch = watchPage(page, new AbortController().signal);
  expect(watch.current()?.campaignId).toBe('1');
  const told: Array<string | null | undefined> = [];
  watch.subscribe((view) => told.push(view?.campaignId ?? null));
  location.href = 'https://t.example/campaign/2';
  window.dispatchEvent(new Event('popstate'));
  vi.advanceTimersByTime(5_000);
  location.href = 'https://t.example/login';
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual(['2', null]);
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
