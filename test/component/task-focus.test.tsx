import { type Signal, signal } from '@preact/signals';
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { useTaskFocus } from '../../components/panel/task-focus.ts';
import type { PanelTask } from '../../lib/page/protocol.ts';

let root: HTMLElement;
let tasks: Signal<{ readonly task: PanelTask } | null>;
let told: PanelTask[];
/** Does the surface listen to tasks? */
let ready: boolean;

function Surface() {
  const within = useRef<HTMLElement>(null);
  useTaskFocus(tasks, within, (task) => told.push(task));
  useEffect(() => {
    ready = true;
    return () => {
      ready = false;
    };
  }, []);
  return (
    <section ref={within} tabIndex={-1}>
      <input name="other" />
    </section>
  );
}

beforeEach(async () => {
  root = document.createElement('div');
  document.body.replaceChildren(root);
  tasks = signal(null);
  told = [];
  ready = false;
  render(<Surface />, root);
  await expect.poll(() => ready).toBe(true);
});
afterEach(() => {
  vi.useRealTimers();
  render(null, root);
});

function surface(): HTMLElement {
  const found = root.querySelector('section');
  if (!found) throw new Error('nothing was drawn');
  return found;
}
/** What comes late, as a list or a form does. */
function add(name: string, disabled = false): HTMLInputElement {
  const field = Object.assign(document.createElement('input'), { name, disabled });
  surface().append(field);
  return field;
}
const focused = () => document.activeElement;
async function begin(task: PanelTask): Promise<void> {
  tasks.value = { task };
  await expect.poll(() => told.at(-1)).toBe(task);
}
/** Lets observers have their say. */
const settled = () => new Promise(requestAnimationFrame);

test('without a task nothing takes the keyboard', async () => {
  add('amount');
  await settled();
  expect([focused(), told]).toEqual([document.body, []]);
});

test.each<[PanelTask, string]>([
  ['cost', 'amount'],
  ['blacklist', 'copy-list'],
])('%s brings the keyboard to %s when that is there', async (task, name) => {
  const field = add(name);
  await begin(task);
  await expect.poll(focused).toBe(field);
});

test('the keyboard is in the panel meanwhile, and goes on to the field when that appears', async () => {
  await begin('cost');
  await expect.poll(focused).toBe(surface());
  const field = add('amount');
  await expect.poll(focused).toBe(field);
});

test('a field that cannot be used yet is waited for', async () => {
  const field = add('amount', true);
  await begin('cost');
  await settled();
  expect(focused()).toBe(surface());
  field.disabled = false;
  await expect.poll(focused).toBe(field);
});

test('a task without a field brings the keyboard into the panel', async () => {
  await begin('toggle');
  await expect.poll(focused).toBe(surface());
});

test.each<[string, (other: HTMLElement) => Promise<void>]>([
  ['typed', () => userEvent.keyboard('x')],
  ['pressed elsewhere', (other) => userEvent.click(other)],
])('somebody who %s meanwhile keeps the keyboard', async (_, act) => {
  const other = surface().querySelector('input');
  if (!other) throw new Error('no field');
  await begin('cost');
  await expect.poll(focused).toBe(surface());
  other.focus();
  await act(other);
  add('amount');
  await settled();
  expect(focused()).toBe(other);
});

test('what comes after ten seconds comes too late', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  tasks.value = { task: 'cost' };
  while (told.length === 0) await settled();
  vi.advanceTimersByTime(10_000);
  add('amount');
  await settled();
  expect(focused()).toBe(surface());
});

test('the field gets the keyboard once: whoever goes on from there is left alone', async () => {
  const field = add('amount');
  await begin('cost');
  await expect.poll(focused).toBe(field);
  surface().querySelector('input')?.focus();
  add('more');
  await settled();
  expect(focused()).not.toBe(field);
});

test('another task takes the place of the one that waits', async () => {
  await begin('cost');
  await begin('blacklist');
  add('amount');
  const list = add('copy-list');
  await expect.poll(focused).toBe(list);
});

test('gone, the panel takes nothing any more', async () => {
  await begin('cost');
  const gone = surface();
  render(null, root);
  await expect.poll(() => ready).toBe(false);
  document.body.append(gone);
  gone.append(Object.assign(document.createElement('input'), { name: 'amount' }));
  await settled();
  expect(focused()).toBe(document.body);
});
