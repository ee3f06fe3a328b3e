import { expect, test } from 'vitest';
import { marksReading } from '../../../lib/journal/marks-reading.ts';
import type { MarksRecord } from '../../../lib/journal/marks-record.ts';
import type { SeenMark } from '../../../lib/trackers/adapter.ts';
import { marksRecord } from './marks-record-fixture.ts';

const record = (on: boolean, state: MarksRecord['state'] = 'accepted') =>
  marksRecord({ on, state });
const present = (marks: Record<string, SeenMark>) => new Map(Object.entries(marks));
const conflict = (text: string, missing: string) => ({
  kind: 'conflict',
  text,
  values: [missing, '3'],
});

test('all marked, or all without our mark, is as ordered', () => {
  const all = present({ x: 'blacklist', y: 'blacklist', z: 'blacklist', other: 'whitelist' });
  const patch = { seen: 3, missing: [] };
  expect(marksReading(record(true), all)).toEqual({ patch, shown: 'asOrdered' });
  // Where ours was to go, one of the user's own may be there.
  const others = present({ x: 'whitelist', other: 'blacklist' });
  expect(marksReading(record(false), others)).toEqual({ patch, shown: 'asOrdered' });
});

test('what does not show is named, and counted against all', () => {
  expect(marksReading(record(true), present({ x: 'blacklist', y: 'whitelist' }))).toEqual({
    patch: { seen: 1, missing: ['y', 'z'] },
    shown: 'partly',
    problem: conflict('marks_missing', '2'),
  });
  expect(marksReading(record(true), present({}))).toEqual({
    patch: { seen: 0, missing: ['x', 'y', 'z'] },
    shown: 'otherwise',
    problem: conflict('marks_missing', '3'),
  });
  expect(marksReading(record(false), present({ z: 'blacklist' }))).toEqual({
    patch: { seen: 2, missing: ['z'] },
    shown: 'partly',
    problem: conflict('marks_still_there', '1'),
  });
});

test('once it has settled, what was missing then stays said', () => {
  const all = present({ x: 'blacklist', y: 'blacklist', z: 'blacklist' });
  for (const state of ['mismatch', 'failed', 'notKnown'] as const) {
    expect(marksReading(record(true, state), all)).toEqual({
      patch: { seen: 3 },
      shown: 'asOrdered',
    });
  }
});
