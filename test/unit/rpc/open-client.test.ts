import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Sender } from '../../../lib/rpc/callers.ts';
import { CHANGED, createOpenClient } from '../../../lib/rpc/client.ts';

type Hear = (message: unknown, sender: Sender) => unknown;

/** A page's document: whether it can be seen, and who wants to know. */
class Page extends EventTarget {
  hidden = false;
  readonly listening = new Set<unknown>();
  override addEventListener(type: string, listener: EventListener) {
    this.listening.add(listener);
    super.addEventListener(type, listener);
  }
  override removeEventListener(type: string, listener: EventListener) {
    this.listening.delete(listener);
    super.removeEventListener(type, listener);
  }
  show(shown: boolean) {
    this.hidden = !shown;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const BACKGROUND: Sender = { id: 'us', url: 'chrome-extension://us/background.js' };

let page: Page;
beforeEach(() => {
  page = new Page();
  vi.stubGlobal('document', page);
});
afterEach(() => vi.unstubAllGlobals());

function open() {
  const hearing = new Set<Hear>();
  let changes = 0;
  const client = createOpenClient({
    id: 'us',
    sendMessage: async () => undefined,
    onMessage: {
      addListener: (hear) => void hearing.add(hear),
      removeListener: (hear) => void hearing.delete(hear),
    },
  });
  const stop = client.onChange('connections.list', () => {
    changes += 1;
  });
  const hear = (message: unknown, sender: Sender) =>
    [...hearing].map((one) => one(message, sender));
  return { hearing, stop, hear, changes: () => changes };
}

test('what the background tells is heard, and not answered', () => {
  const { hear, changes } = open();
  expect(hear(CHANGED, BACKGROUND)).toEqual([undefined]);
  expect(changes()).toBe(1);
  hear(CHANGED, BACKGROUND);
  expect(changes()).toBe(2);
});

test('what comes twice, by two ways, is heard once', () => {
  const { hear, changes } = open();
  for (const nth of [7, 7, 8, 8]) hear({ ...CHANGED, nth }, BACKGROUND);
  expect(changes()).toBe(2);
});

test('of other calls nothing is heard', () => {
  const { hear, changes } = open();
  hear({ ...CHANGED, calls: ['links.list'] }, BACKGROUND);
  expect(changes()).toBe(0);
  hear({ ...CHANGED, calls: ['links.list', 'connections.list'] }, BACKGROUND);
  expect(changes()).toBe(1);
});

test.each<[string, unknown, Sender]>([
  ['a content script', CHANGED, { ...BACKGROUND, tab: { id: 1 }, frameId: 0 }],
  ['a tab without a number', CHANGED, { ...BACKGROUND, tab: {} }],
  ['another extension', CHANGED, { id: 'them' }],
  ['nobody', CHANGED, {}],
  ['a call of another page', { crosstrack: 'call', id: '1', name: 'keys.unlock' }, BACKGROUND],
  ['text', 'changed', BACKGROUND],
  ['nothing', null, BACKGROUND],
])('%s tells nothing, and gets no answer', (_, message, sender) => {
  const { hear, changes } = open();
  expect(hear(message, sender)).toEqual([undefined]);
  expect(changes()).toBe(0);
});

test('a page that nobody sees waits until it is looked at, and then asks once', () => {
  const { hear, changes } = open();
  page.show(false);
  hear(CHANGED, BACKGROUND);
  hear(CHANGED, BACKGROUND);
  expect(changes()).toBe(0);
  page.show(true);
  expect(changes()).toBe(1);
  page.show(false);
  page.show(true);
  expect(changes()).toBe(1);
});

test('who stops leaves no listener behind', () => {
  const { hearing, stop } = open();
  expect([hearing.size, page.listening.size]).toEqual([1, 1]);
  stop();
  expect([hearing.size, page.listening.size]).toEqual([0, 0]);
});
