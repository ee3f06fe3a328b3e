import { JOURNAL_MOVES, type JournalState } from './record.ts';
import type { WriteRecord } from './write-record.ts';

/**
 * What else changes when an undo is seen: its write is undone; what that write had undone is back,
 * and so on. What cannot be undone any more stays as it is.
 *
 * @param rest the other writes of a write's group, which are undone with it
 */
export function undoMoves<R extends Pick<WriteRecord, 'id' | 'state' | 'history' | 'undoes'>>(
  undo: R,
  all: readonly R[],
  rest: (undone: R) => readonly R[] = () => [],
): Array<{ readonly id: string; readonly to: JournalState }> {
  const find = (wanted: string | null) => all.find(({ id }) => id === wanted);
  const moves: Array<{ id: string; to: JournalState }> = [];
  let undone = find(undo.undoes);
  while (undone) {
    for (const { id, state } of [undone, ...rest(undone)]) {
      if (JOURNAL_MOVES[state].includes('undone')) moves.push({ id, to: 'undone' });
    }
    const back = find(undone.undoes);
    if (back?.state !== 'undone') break;
    moves.push({ id: back.id, to: back.history.at(-2)?.state ?? 'verified' });
    undone = find(back.undoes);
  }
  return moves;
}
