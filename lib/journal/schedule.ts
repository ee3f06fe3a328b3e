import type { JournalRecord, JournalState } from './record.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A confirmed write that was not sent within this time is not sent any more. */
export const STALE_MS = 10 * MINUTE;
/** How long a write that is not verified is looked at after it was sent. */
const WATCH_MS = 24 * HOUR;

/** States of writes that are on their way. */
const OPEN: readonly JournalState[] = ['planned', 'sending', 'accepted', 'unknown'];
export const isOpen = ({ state }: Pick<JournalRecord, 'state'>): boolean => OPEN.includes(state);

/** Has the tracker had all the time that it may take? */
export const isOverdue = ({ sentAt, settlesWithin }: JournalRecord, now: number): boolean =>
  sentAt !== null && now - sentAt >= settlesWithin;

/**
 * When to read back after a look at `now` (epoch ms): after a third of the time since the send, from
 * a second to an hour, and exactly when the time that the tracker may take is over; null after a day.
 */
export function nextLook({ sentAt, settlesWithin }: JournalRecord, now: number): number | null {
  const sent = sentAt ?? now;
  if (now - sent >= WATCH_MS) return null;
  const next = Math.round(now + Math.min(Math.max((now - sent) / 3, SECOND), HOUR));
  const over = sent + settlesWithin;
  return now < over ? Math.min(next, over) : next;
}

/** When something is to be done for a record: epoch ms, or null for never. */
export function dueAt(record: JournalRecord, now: number): number | null {
  const { state, nextAt, history } = record;
  // A killed worker left it: nobody knows whether the request left.
  if (state === 'sending') return now;
  if (state === 'planned') {
    // What was held in the future dates from before the clock was set back.
    const isOfLater = (history.at(-1)?.at ?? 0) > now;
    return isOfLater ? now : Math.min(nextAt ?? now, staleAt(record));
  }
  return nextAt !== null && nextAt - now > HOUR ? now : nextAt;
}

/** First moment at which a planned record is too old to be sent. */
export const staleAt = ({ createdAt }: JournalRecord): number => createdAt + STALE_MS + 1;
