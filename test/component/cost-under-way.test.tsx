import { beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { SendUpdate } from '../../components/costs/send-update.tsx';
import { mountSurface } from '../../components/mount-surface.tsx';
import style from '../../components/panel/panel.css?inline';
import type { JournalState } from '../../lib/journal/record.ts';
import { previewed } from './cost-tab.ts';
import { fakeClient, openRoot, record, useEnglish } from './fixtures.ts';

const MINUTE = 60_000;

beforeEach(useEnglish);

test('what becomes of a cost is followed by what the background tells, not by asking', async () => {
  const root = openRoot(style);
  let sent = record('1', 'planned');
  const client = fakeClient({ 'costs.send': () => sent, 'journal.read': () => sent });
  mountSurface(root, client, <SendUpdate previewed={previewed(sent.order)} />);
  const seen = () => root.querySelector('.record')?.getAttribute('data-state');
  const reads = () => client.calls.filter(({ name }) => name === 'journal.read').length;
  await expect.poll(() => root.querySelector('[name=send-cost]:enabled')).not.toBeNull();
  await userEvent.click(root.querySelector('[name=send-cost]') ?? root);
  await expect.poll(seen).toBe('planned');
  await expect.poll(reads).toBe(1);
  for (const state of ['accepted', 'verified'] as const) {
    sent = record('1', state);
    client.change('journal.list', 'journal.read');
    await expect.poll(seen).toBe(state);
  }
  expect(reads()).toBe(3);
  expect(root.querySelector('[name=undo-cost]')).not.toBeNull();
});

test('while a cost is on its way, the tracker’s queue is told, and not afterwards', async () => {
  const root = openRoot(style);
  let sent = record('1', 'accepted');
  let waiting = 3;
  const client = fakeClient({
    'costs.send': () => sent,
    'journal.read': () => sent,
    'costs.queue': () => ({ waiting, percent: 40 }),
  });
  mountSurface(root, client, <SendUpdate previewed={previewed(sent.order)} />);
  const line = () => root.querySelector('[data-queue]')?.textContent ?? null;
  await expect.poll(() => root.querySelector('[name=send-cost]:enabled')).not.toBeNull();
  await userEvent.click(root.querySelector('[name=send-cost]') ?? root);
  await expect.poll(line).toBe("3 cost updates in the tracker's queue, the first at 40%.");
  waiting = 1;
  client.change('journal.list', 'journal.read', 'costs.queue');
  await expect.poll(line).toBe("1 cost update in the tracker's queue, at 40%.");
  sent = record('1', 'verified');
  client.change('journal.list', 'journal.read', 'costs.queue');
  await expect.poll(line).toBeNull();
});

test('while a cost waits for its turn, its place in the line and the minutes are told', async () => {
  const root = openRoot(style);
  const waiting = { ...record('1', 'planned'), nextAt: Date.now() + 70_000 };
  let line: { place: number; leavesAt: number } | null = {
    place: 2,
    leavesAt: Date.now() + 100_000,
  };
  const client = fakeClient({
    'costs.send': () => waiting,
    'journal.read': () => waiting,
    'costs.line': () => line,
  });
  mountSurface(root, client, <SendUpdate previewed={previewed(waiting.order)} />);
  await expect.poll(() => root.querySelector('[name=send-cost]:enabled')).not.toBeNull();
  await userEvent.click(root.querySelector('[name=send-cost]') ?? root);
  const said = () => root.querySelector('.record')?.textContent;
  await expect.poll(said).toMatch(/2nd in line, about 2 min \(at /);
  line = { place: 1, leavesAt: Date.now() - 5 };
  client.change('costs.line');
  await expect.poll(said).toMatch(/1st in line, about 1 min \(at /);
  line = null;
  client.change('costs.line');
  await expect.poll(said).toMatch(/Will be sent at /);
});

test.each([
  [['planned', 'sending', 'planned'], /^Planned TIME$/],
  [['planned', 'sending', 'planned', 'sending', 'accepted'], /^Sent TIME · Accepted TIME/],
  [['planned', 'sending', 'notSent'], /^Not sent TIME$/],
  [['planned', 'sending', 'unknown'], /^Sent TIME · Unconfirmed, checking TIME$/],
] as const)('of a cost that went through %j only what left was sent', async (went, line) => {
  const root = openRoot(style);
  const state = went[went.length - 1] as JournalState;
  const history = went.map((one, nth) => ({
    at: Date.UTC(2026, 7, 1, 12) + nth * MINUTE,
    state: one,
  }));
  const sent = { ...record('1', state), history };
  const client = fakeClient({ 'costs.send': () => sent, 'journal.read': () => sent });
  mountSurface(root, client, <SendUpdate previewed={previewed(sent.order)} />);
  await expect.poll(() => root.querySelector('[name=send-cost]:enabled')).not.toBeNull();
  await userEvent.click(root.querySelector('[name=send-cost]') ?? root);
  const said = () =>
    root.querySelector('.record p')?.textContent?.replace(/\d\d:\d\d:\d\d/g, 'TIME');
  await expect.poll(said).toMatch(line);
});
