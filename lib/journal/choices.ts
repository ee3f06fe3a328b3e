import type { JournalRecord } from './record.ts';

/** What a user may do with a record. */

/** May the tracker show it yet, so that another look is worth it? Not what was rejected or never left. */
export const mayShow = ({ state, history }: Pick<JournalRecord, 'state' | 'history'>): boolean =>
  ['accepted', 'unknown', 'mismatch', 'cannotTell', 'notKnown'].includes(state) ||
  // Its request left, and no answer came.
  (state === 'failed' && history.some((entry) => entry.state === 'unknown'));

/** Is there a former cost to restore? Not while the write may still be running. */
export const mayUndo = ({ state, before }: Pick<JournalRecord, 'state' | 'before'>): boolean =>
  before.cost !== null && ['verified', 'mismatch', 'cannotTell'].includes(state);

/** Does it wait to be sent, so that it can be withdrawn? */
export const mayCancel = ({ state }: Pick<JournalRecord, 'state'>): boolean => state === 'planned';

/** Is the user asked whether to send it after all? */
export const mayAskAgain = ({ state }: Pick<JournalRecord, 'state'>): boolean =>
  state === 'notSent';
