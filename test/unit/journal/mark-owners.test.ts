import { expect, test } from 'vitest';
import { ownValues, unsureValues } from '../../../lib/journal/mark-owners.ts';
import type { MarksRecord } from '../../../lib/journal/marks-record.ts';
import { marksRecord } from './marks-record-fixture.ts';

const record = (id: string, values: string, change: Partial<MarksRecord> = {}): MarksRecord =>
  marksRecord({
    id,
    values: values.split(''),
    state: 'verified',
    createdAt: id.charCodeAt(0),
    ...change,
  });
const own = (of: MarksRecord, ...others: MarksRecord[]) => ownValues(of, [of, ...others]).join('');

test('what another list has set since is that list’s', () => {
  expect(own(record('a', 'xyz'))).toBe('xyz');
  expect(own(record('a', 'xyz'), record('b', 'z'), record('c', 'y'))).toBe('x');
  expect(own(record('b', 'xyz'), record('a', 'z'))).toBe('xyz');
});

test.each<[string, Partial<MarksRecord>]>([
  ['was never there', { state: 'failed' }],
  ['is undone', { state: 'undone' }],
  ['is of another campaign', { campaignId: '8' }],
  ['is of another connection', { connection: 'c2' }],
  ['is of another token', { slot: 2 }],
  ['took marks away', { on: false }],
])('a newer one that %s has set nothing', (_, change) => {
  expect(own(record('a', 'xyz'), record('b', 'z', change))).toBe('xyz');
});

test('what did not show when a record settled as a mismatch may be somebody else’s since', () => {
  const passed = (...states: Array<MarksRecord['state']>) =>
    states.map((state) => ({ at: 0, state }));
  const part = { missing: ['y'], history: passed('accepted', 'mismatch') };
  expect(unsureValues(record('a', 'xyz', part))).toEqual(['y']);
  // However it was checked later.
  const late = passed('accepted', 'mismatch', 'verified');
  expect(unsureValues(record('a', 'xyz', { ...part, history: late }))).toEqual(['y']);
  // One early look says nothing where the tracker could not be reached any more.
  const unread = passed('accepted', 'notKnown', 'verified');
  expect(unsureValues(record('a', 'xyz', { ...part, history: unread }))).toEqual([]);
  // Nor does a record that does not say what was missing.
  const old = record('a', 'xyz', { history: passed('accepted', 'mismatch') });
  expect(unsureValues(old)).toEqual([]);
});

test('a newer list had the mark to set: the older one’s was gone by then, though the newer one failed to', () => {
  const newer = record('b', 'y', { state: 'mismatch', missing: ['y'] });
  expect(own(record('a', 'xyz'), newer)).toBe('xz');
});

test('one that restores it, by undoing its undo, sets the same marks anew', () => {
  const undo = record('b', 'xyz', { on: false, state: 'undone', undoes: 'a' });
  const restored = record('c', 'xyz', { undoes: 'b' });
  expect(own(record('a', 'xyz'), undo, restored)).toBe('xyz');
  expect(own(restored, undo, record('a', 'xyz'))).toBe('xyz');
  // What that undoes is gone from the journal: it stands for itself.
  expect(own(record('a', 'xyz'), restored)).toBe('');
});
