import { describe, expect, test } from 'vitest';
import { mayAskAgain, mayCancel, mayShow, mayUndo } from '../../../lib/journal/choices.ts';
import { JOURNAL_STATES, type JournalState } from '../../../lib/journal/record.ts';
import { plannedRecord } from './record-fixture.ts';

type Choice = 'check again' | 'undo' | 'cancel' | 'send after all';

/** What a user is offered, as the states of a write are described. */
const OFFERED: Readonly<Record<JournalState, readonly Choice[]>> = {
  planned: ['cancel'],
  // The request may be under way: it cannot be stopped, and nothing is known yet.
  sending: [],
  // It may show at any moment: an undo now could be overtaken by what it undoes.
  accepted: ['check again'],
  unknown: ['check again'],
  verified: ['undo'],
  cannotTell: ['check again', 'undo'],
  mismatch: ['check again', 'undo'],
  // Rejected: there is nothing to see and nothing to take back.
  failed: [],
  notKnown: ['check again'],
  notSent: ['send after all'],
  superseded: [],
  cancelled: [],
  undone: [],
};

const offered = (...[change]: Parameters<typeof plannedRecord>): Choice[] => {
  const record = plannedRecord(change);
  return [
    ...(mayShow(record) ? ['check again' as const] : []),
    ...(mayUndo(record) ? ['undo' as const] : []),
    ...(mayCancel(record) ? ['cancel' as const] : []),
    ...(mayAskAgain(record) ? ['send after all' as const] : []),
  ];
};

describe('a user is offered', () => {
  test.each(JOURNAL_STATES)('what makes sense of a write that is %s', (state) => {
    expect(offered({ state })).toEqual(OFFERED[state]);
  });

  test('another look at one that failed without an answer: it may show after all', () => {
    const history = (['planned', 'sending', 'unknown', 'failed'] as const).map((state) => ({
      at: 0,
      state,
    }));
    expect(offered({ state: 'failed', history })).toEqual(['check again']);
  });

  test('no undo where the former cost is not known; that of nothing is known', () => {
    expect(offered({ state: 'verified', before: { cost: null, clicks: 5 } })).toEqual([]);
    expect(offered({ state: 'verified', before: { cost: 0, clicks: 5 } })).toEqual(['undo']);
  });
});
