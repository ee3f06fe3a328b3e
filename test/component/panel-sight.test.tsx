import { type Signal, signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { panelSight } from '../../components/panel/panel-sight.ts';
import type { FromPanel } from '../../lib/page/protocol.ts';
import type { Sight } from '../../lib/page/sight.ts';

let button: HTMLButtonElement;
let seen: Signal<ReadonlySet<number>>;
let sent: FromPanel[];
let told: number;
let sight: Sight;

beforeEach(() => {
  button = document.createElement('button');
  button.style.cssText = 'position: fixed; left: 20px; top: 20px; width: 100px; height: 30px';
  document.body.replaceChildren(button);
  seen = signal<ReadonlySet<number>>(new Set());
  sent = [];
  told = 0;
  const link = { seen, send: (message: FromPanel) => void sent.push(message) };
  sight = panelSight(link)(button, () => {
    told += 1;
  });
});
afterEach(() => sight.stop());

test('a button that the page has not seen waits, however long the frame sees it', async () => {
  await expect.poll(() => sight.steady(), { timeout: 10_000 }).not.toBeNull();
  const { promise, resolve } = Promise.withResolvers<void>();
  // After the frame has told: its looks are 100 ms apart.
  setTimeout(resolve, 250);
  await promise;
  expect(told).toBe(0);
  seen.value = new Set([99]);
  expect(told).toBe(0);
  seen.value = new Set([99, 1]);
  expect(told).toBe(1);
});

test('a button that the frame does not see waits, however long the page sees it', async () => {
  const cover = document.createElement('div');
  cover.style.cssText = 'position: fixed; inset: 0';
  document.body.append(cover);
  seen.value = new Set([1]);
  expect(sight.steady()).toBeNull();
  expect(told).toBe(0);
  cover.remove();
  await expect.poll(() => told, { timeout: 10_000 }).toBe(1);
});

test('the page is told where the button is, and that it is gone', () => {
  expect(sent).toEqual([{ kind: 'watch', id: 1, at: { x: 20, y: 20, width: 100, height: 30 } }]);
  sight.stop();
  expect(sent.at(-1)).toEqual({ kind: 'watch', id: 1, at: null });
});
