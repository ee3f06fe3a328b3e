import type { CostUpdate } from '../costs/update.ts';
import type { Problem } from '../errors.ts';
import type { JournalMove } from './journal.ts';
import type { JournalRecord, JournalState } from './record.ts';
import { isOpen, isOverdue } from './schedule.ts';
import { covers, overlaps, sameSegment } from './segments.ts';
import { undoMoves } from './undo-moves.ts';

/** What writes to the same clicks mean for one another. `all` are the records of the journal. */

const SUPERSEDED: Problem = { kind: 'conflict', text: 'problem_superseded' };
const OVERTAKEN: Problem = { kind: 'conflict', text: 'problem_overtaken' };

/** States in which a write has not had its effect yet, and may still have it unseen. */
const UNCERTAIN: readonly JournalState[] = ['planned', 'sending', 'unknown'];
/** States that claim nothing about the tracker. */
const WITHOUT_EFFECT: readonly JournalState[] = [
  'failed',
  'notSent',
  'superseded',
  'cancelled',
  'undone',
];

export const isWithoutEffect = ({ state }: Pick<JournalRecord, 'state'>): boolean =>
  WITHOUT_EFFECT.includes(state);

const older = (record: JournalRecord, all: readonly JournalRecord[]): JournalRecord[] =>
  all.filter((other) => other.turn < record.turn && overlaps(other.order, record.order));

const newer = (record: JournalRecord, all: readonly JournalRecord[]): JournalRecord[] =>
  all.filter((other) => other.turn > record.turn && overlaps(other.order, record.order));

/**
 * Must it wait? An older write that has not left yet must leave first; one without an answer may
 * still be running, and could end later.
 */
export const isBlocked = (record: JournalRecord, all: readonly JournalRecord[]): boolean =>
  older(record, all).some(({ state }) => UNCERTAIN.includes(state));

/** Did the write fail that goes before it in its group, so that it would restore nothing alone? */
export const isLeftAlone = (record: JournalRecord, all: readonly JournalRecord[]): boolean =>
  older(record, all).some(
    (other) => other.order.token === null && areTogether(other, record) && isWithoutEffect(other),
  );

/** Is one of its group on its way, so that what they make up cannot show yet? */
export const isIncomplete = (record: JournalRecord, all: readonly JournalRecord[]): boolean =>
  record.order.token === null && othersOf(record, all).some(isOpen);

/** Is a write to these clicks under way without an answer, so that a new one has to wait for it? */
export const isUnanswered = (order: CostUpdate, all: readonly JournalRecord[]): boolean =>
  all.some(
    (record) =>
      (record.state === 'sending' || record.state === 'unknown') && overlaps(record.order, order),
  );

/** Does a newer write that waits as well set all of its clicks, so that it need not be sent? */
export const isReplaced = (record: JournalRecord, all: readonly JournalRecord[]): boolean =>
  newer(record, all).some(
    (other) => other.state === 'planned' && covers(other.order, record.order),
  );

export const replacedMove = ({ id }: JournalRecord): JournalMove => ({
  id,
  to: 'superseded',
  patch: { nextAt: null, problem: SUPERSEDED },
});

/** Is a newer write under way whose effect could be taken for this one's? */
export const isUnderNewer = (record: JournalRecord, all: readonly JournalRecord[]): boolean =>
  newer(record, all).some(({ state }) => state === 'sending' || state === 'unknown');

/**
 * The newest write that has changed these clicks since, or may have; null = none. An undone one and
 * its undo cancel out. A group is one write.
 */
export function writtenOver(
  record: JournalRecord,
  all: readonly JournalRecord[],
): JournalRecord | null {
  const stateOf = new Map<string | null, JournalState>(all.map(({ id, state }) => [id, state]));
  const [first = record] = membersOf(record, all);
  const lasting = newer(first, all).filter(
    (other) =>
      !isWithoutEffect(other) &&
      stateOf.get(other.undoes) !== 'undone' &&
      !areTogether(other, record),
  );
  return lasting.sort((a, b) => b.turn - a.turn)[0] ?? null;
}

/**
 * Once the tracker has taken a write, older ones of the same clicks cannot be seen apart from it any
 * more; but those of its group can, which is seen as a whole.
 */
export const overtaken = (record: JournalRecord, all: readonly JournalRecord[]): JournalMove[] =>
  older(record, all).flatMap((other): JournalMove[] => {
    const { id, state, nextAt } = other;
    if (areTogether(other, record)) return [];
    if (state === 'accepted') {
      return [{ id, to: 'superseded', patch: { nextAt: null, problem: OVERTAKEN } }];
    }
    return nextAt !== null && !isOpen(other) ? [{ id, to: null, patch: { nextAt: null } }] : [];
  });

/** Costs that older writes of the same clicks may yet show. One of the same cost would show nothing else. */
export const pendingCosts = (
  record: JournalRecord,
  all: readonly JournalRecord[],
  now: number,
): Array<{ cost: number; clicks: number | null }> =>
  older(record, all)
    .filter(({ state }) => state === 'accepted' || state === 'superseded')
    .filter((other) => other.sentAt !== null && !isOverdue(other, now))
    .filter(({ order }) => sameSegment(order, record.order))
    .filter(({ expected }) => Math.abs(expected - record.expected) > record.rounding.shown)
    .map(({ expected, before }) => ({ cost: expected, clicks: before.clicks }));

/** What else changes when an undo is seen. A group is seen when each of its segments is. */
export function undoneBy(record: JournalRecord, all: readonly JournalRecord[]): JournalMove[] {
  if (record.group && seenSegments(record, all) < record.group.size) return [];
  return undoMoves(record, all, (undone) => othersOf(undone, all));
}

const areTogether = (a: JournalRecord, b: JournalRecord): boolean =>
  a.group !== undefined && a.group.id === b.group?.id;

/** The other writes of its group. */
const othersOf = (record: JournalRecord, all: readonly JournalRecord[]): JournalRecord[] =>
  all.filter((other) => other.id !== record.id && areTogether(other, record));

/** The writes of its group and itself, in the order of their turns. */
export const membersOf = (
  record: JournalRecord,
  all: readonly JournalRecord[],
): readonly JournalRecord[] => [record, ...othersOf(record, all)].sort((a, b) => a.turn - b.turn);

/** Number of segments of its group that the tracker shows as ordered, this one's among them. */
const seenSegments = (record: JournalRecord, all: readonly JournalRecord[]): number =>
  new Set(
    [record, ...othersOf(record, all).filter(({ state }) => state === 'verified')].map(
      ({ order: { token } }) => token?.value,
    ),
  ).size;
