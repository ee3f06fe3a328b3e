import { beforeEach, expect, test } from 'vitest';
import { OpenUpdates } from '../../components/costs/open-updates.tsx';
import { mountSurface } from '../../components/mount-surface.tsx';
import type { JournalRecord } from '../../lib/journal/record.ts';
import { fakeClient, openRoot, record, useEnglish } from './fixtures.ts';

beforeEach(useEnglish);

function open(records: JournalRecord[]) {
  const root = openRoot('');
  const client = fakeClient({ 'journal.open': () => records, 'dashboard.open': () => null });
  mountSurface(root, client, <OpenUpdates />);
  return {
    root,
    client,
    lines: () => [...root.querySelectorAll('[data-open]')].map((line) => line.textContent ?? ''),
    set(next: JournalRecord[]) {
      records = next;
      client.change('journal.open');
    },
  };
}
const on = (id: string, connection: string, state: JournalRecord['state']): JournalRecord => {
  const base = record(id, state);
  return { ...base, order: { ...base.order, connection } };
};

test('lists what is on its way, the waiting with their places in their tracker’s queue', async () => {
  const { lines, root } = open([
    on('4', 'r', 'planned'),
    on('3', 'k', 'planned'),
    on('2', 'r', 'planned'),
    on('1', 'r', 'accepted'),
  ]);
  await expect.poll(() => lines().length).toBe(3);
  expect(lines()[0]).toMatch(/^Set cost for 2 days to \$20\.00 · Summer · .*place 2 in the queue$/);
  expect(lines()[1]).toMatch(/place 1 in the queue$/);
  expect(lines()[2]).toMatch(/place 1 in the queue$/);
  expect(root.textContent).toContain('4 cost updates on their way');
});

test('is gone when nothing is on its way any more', async () => {
  const { root, lines, set } = open([on('1', 'k', 'accepted')]);
  await expect.poll(() => lines().length).toBe(1);
  expect(lines()[0]).not.toContain('queue');
  set([]);
  await expect.poll(() => root.textContent).toBe('');
});

test('leads to a record in the journal', async () => {
  const { root, client, lines } = open([on('1', 'k', 'unknown')]);
  await expect.poll(() => lines().length).toBe(1);
  root.querySelector<HTMLElement>('[name=open-record]')?.click();
  await expect
    .poll(() => client.calls.find(({ name }) => name === 'dashboard.open')?.input)
    .toEqual({ view: 'journal', record: '1' });
});
