import type { MarksRecord } from './marks-record.ts';

/** States of a record whose marks are there, as far as they show. */
const STANDING: readonly MarksRecord['state'][] = ['verified', 'mismatch'];

/**
 * The values of a record that no newer one has changed in the same way: where a mark was missing, or was
 * taken away by hand, and another list has set it, it is that list's.
 */
export function ownValues(record: MarksRecord, all: readonly MarksRecord[]): string[] {
  const others = all.filter(
    (other) =>
      other.connection === record.connection &&
      other.campaignId === record.campaignId &&
      other.slot === record.slot &&
      other.on === record.on &&
      other.createdAt > record.createdAt &&
      STANDING.includes(other.state) &&
      !restores(other, record, all),
  );
  const theirs = new Set(others.flatMap(({ values }) => values));
  return record.values.filter((value) => !theirs.has(value));
}

/**
 * The values of a record that were not as ordered when it settled as a mismatch. If they are now, that may
 * be its own change, which came late, or somebody else's.
 */
export const unsureValues = ({ history, missing = [] }: MarksRecord): string[] =>
  history.some(({ state }) => state === 'mismatch') ? missing : [];

/** Is a record the undo of an undo of another, and so on? */
function restores(of: MarksRecord, first: MarksRecord, all: readonly MarksRecord[]): boolean {
  let undone: MarksRecord | undefined = of;
  while (undone && undone.id !== first.id) {
    const { undoes }: MarksRecord = undone;
    undone = all.find(({ id }) => id === undoes);
  }
  return undone !== undefined;
}
